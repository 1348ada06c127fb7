/** The listener: whether rules are running now, and who is told when they call what they must not. */

/** Told in words what was called: `Math.sin is not ...`. */
export type Listener = (what: string) => void;

let listener: Listener | undefined;

/** Runs rules; whatever they call that is trapped is told. Nests: who runs inside tells the inner one. */
export function whileRules<Result>(inner: Listener, act: () => Result): Result {
  const outer = listener;
  listener = inner;
  try {
    return act();
  } finally {
    listener = outer;
  }
}

export const areRulesRunning = (): boolean => listener !== undefined;

/** Tells the listener, if rules are running. */
export function tell(what: string): void {
  const told = listener;
  if (told !== undefined) outsideRules(() => told(what));
}

/** Does what is no rule's doing while rules run, such as telling: its logs and clocks are not told. */
export function outsideRules<Result>(act: () => Result): Result {
  const told = listener;
  listener = undefined;
  try {
    return act();
  } finally {
    listener = told;
  }
}
