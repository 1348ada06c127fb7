/**
 * Waiting for something to become true over real sockets, which fails with its name instead of hanging. How long that may take says
 * nothing of what is waited for: it is long enough for a machine that does much else.
 */

const POLL_MS = 5;

/** @throws Error naming `what` when it did not become true within `timeoutMs`. */
export async function until(what: string, isTrue: () => boolean, timeoutMs = 30_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`did not happen within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
