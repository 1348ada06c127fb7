/** Work aside: done a few milliseconds of every draw, while the page goes on being drawn. */

/** Of each draw, in milliseconds. */
const SHARE_MS = 8;

/** What is told of it. */
export interface AsideListener<Step, Outcome> {
  /** Once a draw: the last thing it came by. */
  onStep?(step: Step): void;
  onDone?(outcome: Outcome): void;
}

/** Goes through it to its end. Returns what ends it before. */
export function doAside<Step, Outcome>(
  work: Generator<Step, Outcome>,
  { onStep, onDone }: AsideListener<Step, Outcome> = {},
): () => void {
  let request = 0;
  const go = (): void => {
    const until = performance.now() + SHARE_MS;
    let step = work.next();
    while (step.done !== true && performance.now() < until) step = work.next();
    if (step.done === true) {
      onDone?.(step.value);
      return;
    }
    onStep?.(step.value);
    request = requestAnimationFrame(go);
  };
  request = requestAnimationFrame(go);
  return () => cancelAnimationFrame(request);
}
