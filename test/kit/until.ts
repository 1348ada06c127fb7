/** A wait for something to become true over real sockets; fails with its name instead of hanging. */

const POLL_MS = 5;

/** @throws Error naming `what` when it did not become true within `timeoutMs`. */
export async function until(what: string, isTrue: () => boolean, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`did not happen within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
