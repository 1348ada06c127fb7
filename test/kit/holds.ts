/** The runner of a property: when it fails, it prints the seed and the command that reruns it. */
import fc from "fast-check";
import { expect, vi } from "vitest";

const RUNS = 200;
/** On a laptop a part of them, with other values each time. */
const SHARE = process.env.CI ? 1 : 1 / 10;

// properties take seconds on a busy machine, and longer with RUNS
vi.setConfig({ testTimeout: 600_000 });

/** SEED=n reruns one seed, with all its runs; RUNS=n runs longer. @param runs in CI. */
export function holds<T>(property: fc.IRawProperty<T>, runs = RUNS): void {
  const share = process.env.SEED === undefined ? SHARE : 1;
  const seed = Number(process.env.SEED ?? Math.trunc(Math.random() * 0x7fffffff));
  try {
    fc.assert(property, { seed, numRuns: Number(process.env.RUNS ?? Math.ceil(runs * share)) });
  } catch (cause) {
    const { testPath, currentTestName } = expect.getState();
    throw new Error(
      `seed ${seed}; rerun with: SEED=${seed} npx vitest run ${testPath} -t ${JSON.stringify(currentTestName)}\n${cause}`,
      { cause },
    );
  }
}
