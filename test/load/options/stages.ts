/** The stages of a run: how many bots there should be at a moment. */
import type { Stage } from "./values.ts";

export const totalSeconds = (stages: readonly Stage[]): number => stages.reduce((sum, { seconds }) => sum + seconds, 0);

export const mostBots = (stages: readonly Stage[]): number => Math.max(...stages.map(({ bots }) => bots));

/** Each stage begins with a ramp from the number before; bots below the returned number are there. */
export function botsAt(stages: readonly Stage[], rampSeconds: number, second: number): number {
  let before = 0;
  let start = 0;
  for (const { bots, seconds } of stages) {
    if (second < start + seconds) {
      const share = rampSeconds === 0 ? 1 : Math.min(1, (second - start) / rampSeconds);
      const now = Math.round(before + (bots - before) * share);
      // Somebody has to be the first, at once; and the last of a stage without bots leaves at the ramp's end.
      return bots > 0 || (before > 0 && share < 1) ? Math.max(1, now) : 0;
    }
    before = bots;
    start += seconds;
  }
  return before;
}
