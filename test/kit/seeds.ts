/** How many seeds a randomised test plays: a few on a laptop, all in CI, one when a failure is run again. */

/** A failing test prints `SEED=<n> npx vitest run ...`; that run plays only this seed. */
export function seeds(inCi: number, onLaptop: number): number[] {
  const only = process.env.SEED;
  if (only !== undefined) return [Number(only)];
  const count = process.env.CI ? inCi : onLaptop;
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** The command that plays one seed of a test file again. */
export const rerun = (file: string, seed: number): string =>
  `SEED=${seed} npx vitest run --config test/vitest.config.ts ${file}`;
