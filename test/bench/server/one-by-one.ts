/** Searches that go on side by side and take turns at the machine: a bad minute of it hits all of them alike. */

/** `work`, but never twice at once: whoever asks waits until those who asked before are done. */
export function oneByOne<Values extends unknown[], Result>(
  work: (...values: Values) => Promise<Result>,
): (...values: Values) => Promise<Result> {
  let before: Promise<unknown> = Promise.resolve();
  return (...values) => {
    const done = before.then(() => work(...values));
    before = done.catch(() => {});
    return done;
  };
}
