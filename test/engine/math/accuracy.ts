/** An assertion of an error bound in ulps over many inputs; it names the worst input when it is broken. */
import { expect } from "vitest";
import { type Big, ulpsOff } from "./reference.ts";

interface Bound<Args extends number[]> {
  readonly name: string;
  readonly ours: (...args: Args) => number;
  readonly truth: (...args: Args) => Big;
  /** The bound documented in the docstring of `ours`. */
  readonly ulps: number;
  readonly count: number;
  /** Input number `index`; seeded, so that a failure repeats by itself. */
  readonly input: (index: number) => Args;
}

export function expectWithin<Args extends number[]>({ name, ours, truth, ulps, count, input }: Bound<Args>): void {
  let worst = 0;
  let worstArgs: Args | undefined;
  for (let index = 0; index < count; index++) {
    const args = input(index);
    const off = ulpsOff(ours(...args), truth(...args));
    if (off <= worst) continue;
    worst = off;
    worstArgs = args;
    if (Number.isNaN(off)) break;
  }
  expect(worst, `${name}(${worstArgs?.join(", ")}), the worst of ${count} seeded inputs, in ulps`).toBeLessThan(ulps);
}

/** Takes the given makers in turn: input 0 from the first, input 1 from the second, and so on. */
export const inTurn =
  <T>(...makers: (() => T)[]): ((index: number) => T) =>
  (index) =>
    (makers[index % makers.length] as () => T)();
