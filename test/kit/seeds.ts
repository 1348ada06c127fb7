/** The seeds that a randomised test plays: a few on a laptop, more in CI, one when a failure is run again. */

/** A failing test prints `SEED=<n> npx vitest run ...`; that run plays only this seed. `SEEDS=<n>` plays so many. */
export function seeds(inCi: number, onLaptop: number): number[] {
  const { SEED, SEEDS, CI } = process.env;
  if (SEED !== undefined) return [Number(SEED)];
  const count = SEEDS !== undefined ? Number(SEEDS) : CI ? inCi : onLaptop;
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** The command that plays one seed of a test file again. */
export const rerun = (file: string, seed: number): string =>
  `SEED=${seed} npx vitest run --config test/vitest.config.ts ${file}`;

/** Whose ticks cost twenty times those of others: a fifth of the seeds says as much there. */
const HEAVY_GAMES = ["skirmish"];

/** The seeds of a random test of this game. */
export const seedsOf = (game: string, inCi: number, onLaptop: number): number[] =>
  HEAVY_GAMES.includes(game) ? seeds(Math.ceil(inCi / 5), Math.ceil(onLaptop / 5)) : seeds(inCi, onLaptop);
