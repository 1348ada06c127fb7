/** An answer in time: whoever asks all workers does not wait for one that hangs. */

const MOST_MS = 1000;

/** Undefined when it throws or takes too long. */
export function inTime<T>(asked: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, MOST_MS, undefined);
    asked
      .catch(() => undefined)
      .then((answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
  });
}
