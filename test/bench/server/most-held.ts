/** The search for the most that is held: a quarter more each time until it fails, and then finer steps. */

const GROWTH = 1.25;
/** Then finer, on from the last load that was held. */
const FINER = 1.1;
/** A shared machine stands still now and then: a load that was not held is tried again. */
const ATTEMPTS = 3;

/** What came of trying a load; `failure` says why it was not held, undefined when it was. */
export interface Tried<Measurement> {
  readonly measured: Measurement;
  readonly failure: string | undefined;
}

export interface MostHeld<Measurement> {
  /** The most that was held, and what was measured then; 0 and undefined when not even the first was. */
  readonly size: number;
  readonly last: Measurement | undefined;
  /** Why no more than that. */
  readonly limit: string;
}

const grown = (size: number, growth: number): number => Math.max(size + 1, Math.round(size * growth));

/** @param first the size to begin with, a whole number above 0. */
export async function mostHeld<Measurement>(
  first: number,
  attempt: (size: number) => Promise<Tried<Measurement>>,
): Promise<MostHeld<Measurement>> {
  let most: MostHeld<Measurement> = { size: 0, last: undefined, limit: "" };
  const climb = async (from: number, growth: number): Promise<void> => {
    for (let size = from; ; size = grown(size, growth)) {
      let { measured, failure } = await attempt(size);
      for (let i = 1; i < ATTEMPTS && failure !== undefined; i++) ({ measured, failure } = await attempt(size));
      if (failure === undefined) most = { size, last: measured, limit: "" };
      else {
        most = { ...most, limit: failure };
        return;
      }
    }
  };
  await climb(first, GROWTH);
  if (most.size > 0) await climb(grown(most.size, FINER), FINER);
  return most;
}
