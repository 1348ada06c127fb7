/** A runner of contenders in turns, so that whatever else the machine does hits all of them alike. */
import { Samples } from "./row.ts";

/** One repetition: does its work and returns the measured number, such as microseconds per call. */
export type Contender = () => number | Promise<number>;

/** Microseconds per call of `work`, over `calls` calls. */
export const microsOf =
  (calls: number, work: () => void): (() => number) =>
  () => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) work();
    return ((performance.now() - start) * 1000) / calls;
  };

/** Two repetitions of each to warm up, then `repetitions` of each in turns. */
export async function inTurns<Name extends string>(
  repetitions: number,
  contenders: Readonly<Record<Name, Contender>>,
): Promise<Samples<Name>> {
  const entries = Object.entries(contenders) as [Name, Contender][];
  const samples = new Samples<Name>();
  for (let i = -2; i < repetitions; i++)
    for (const [name, contend] of entries) {
      const value = await contend();
      if (i >= 0) samples.add(name, value);
    }
  return samples;
}
