/** The search for the most that is held: a quarter more, or less, each time until that is decided, and then finer steps. */

const GROWTH = 1.25;
/** Then finer, on from the last load that was held. */
const FINER = 1.05;
/** Down to this part of the first: what does not hold even that is broken, or no machine for it. */
const LEAST_PART = 1 / 4;
/** A shared machine has slow minutes: a load that was not held is tried again, when the others have had their turn. */
const ATTEMPTS = 3;

/** What came of trying a load; `failure` says why it was not held, undefined when it was. */
export interface Tried<Measurement> {
  readonly measured: Measurement;
  readonly failure: string | undefined;
}

export interface MostHeld<Measurement> {
  /** The most that was held, and what was measured then; 0 and undefined when not even a quarter of the first was. */
  readonly size: number;
  readonly last: Measurement | undefined;
  /** Why no more than that. */
  readonly limit: string;
}

const grown = (size: number, growth: number): number => Math.max(size + 1, Math.round(size * growth));
const shrunk = (size: number): number => Math.min(size - 1, Math.round(size / GROWTH));

/** @param first the size to begin with, a whole number above 0. */
export async function mostHeld<Measurement>(
  first: number,
  attempt: (size: number) => Promise<Tried<Measurement>>,
): Promise<MostHeld<Measurement>> {
  let most: MostHeld<Measurement> = { size: 0, last: undefined, limit: "" };
  const isHeld = async (size: number): Promise<boolean> => {
    let { measured, failure } = await attempt(size);
    for (let i = 1; i < ATTEMPTS && failure !== undefined; i++) ({ measured, failure } = await attempt(size));
    most = failure === undefined ? { size, last: measured, limit: "" } : { ...most, limit: failure };
    return failure === undefined;
  };
  const climb = async (from: number, growth: number): Promise<void> => {
    for (let size = from; await isHeld(size); ) size = grown(size, growth);
  };
  await climb(first, GROWTH);
  for (let size = shrunk(first); most.size === 0 && size >= first * LEAST_PART; size = shrunk(size)) await isHeld(size);
  if (most.size > 0) await climb(grown(most.size, FINER), FINER);
  return most;
}
