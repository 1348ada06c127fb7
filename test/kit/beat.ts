/** The evenness of a room's frames: the time between two of them, over a stretch of time. */
import type { FrameEar } from "./players/frame-ear.ts";

export interface Beat {
  readonly frames: number;
  /** Milliseconds between two frames: the middle, one in a hundred, and the longest. Medians over the listeners. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

/** @throws RangeError when a listener heard nothing: then there is nothing to compare. */
export function beatOf(ears: readonly FrameEar[], from: number, to: number): Beat {
  const each = ears.map(({ arrivals }) => {
    const own = arrivals.filter((at) => at >= from && at <= to);
    const gaps = own.slice(1).map((at, i) => at - own[i]!);
    if (gaps.length === 0) throw new RangeError("no frames came");
    return gaps.sort((a, b) => a - b);
  });
  const at = (part: number): number =>
    median(each.map((gaps) => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * part))]!));
  return { frames: median(each.map(({ length }) => length)), p50: at(0.5), p99: at(0.99), longest: at(1) };
}

/** One line of a table. */
export function showBeat(name: string, { frames, p50, p99, longest }: Beat): string {
  const ms = (value: number): string => value.toFixed(1).padStart(6);
  return `  ${name.padEnd(34)} ${String(frames).padStart(5)} frames   p50${ms(p50)}   p99${ms(p99)}   longest${ms(longest)} ms\n`;
}

/** A machine that is busy with something else hits one room more than another, but not every time. */
const MOST_TRIES = 3;
/** A slice of time that the machine gives to somebody else. */
const SLICE_MS = 10;

/**
 * Measures until the p99 of the first room is below `mostRatio` times that of every other and `allowanceMs`, three times
 * at most: what disturbs a room does so each time, what disturbs the machine does not.
 *
 * @returns how often it was measured.
 * @throws Error with the ratios of each try.
 */
export async function untilEven(
  measure: () => Promise<readonly Beat[]>,
  mostRatio: number,
  allowanceMs = SLICE_MS,
): Promise<number> {
  const tried: string[] = [];
  while (tried.length < MOST_TRIES) {
    const [own, ...others] = await measure();
    const ratios = others.map(({ p99 }) => Math.max(0, own!.p99 - allowanceMs) / p99);
    tried.push(ratios.map((ratio) => ratio.toFixed(2)).join(" and "));
    if (Math.max(...ratios) < mostRatio) return tried.length;
  }
  throw new Error(
    `p99 beside that of undisturbed rooms, less ${allowanceMs} ms: ${tried.join("; ")} x; at most ${mostRatio} x is allowed`,
  );
}
