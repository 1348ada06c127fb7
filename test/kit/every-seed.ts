/** A random test played once a seed; its failure names the seed and the command that plays only that one again. */
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { rerun, seeds } from "./seeds.ts";

/** More cases in CI than on a laptop; the same ones each time, so that a failure is never a surprise of the day. */
const CASES = { inCi: 250, onLaptop: 15 } as const;

/** False when a failure is run again: what a test demands of all its seeds together then means nothing. */
export const playsAllSeeds = process.env.SEED === undefined;

/**
 * Plays `body` with a random stream of its own for each seed.
 *
 * @throws Error whose message opens with the seed and how to run it again, then says what failed.
 */
export function everySeed(
  file: string,
  body: (random: WorldRandom, seed: number) => void,
  { inCi, onLaptop }: { readonly inCi: number; readonly onLaptop: number } = CASES,
): void {
  for (const seed of seeds(inCi, onLaptop)) {
    try {
      body(new WorldRandom(seed), seed);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`seed ${seed}; run again: ${rerun(file, seed)}\n${message}`, { cause });
    }
  }
}
