/** The note on a heavy game: that less is predicted on this device than on others, why, and what that means for the player. */
import type { MatchFigures } from "../../../client/match/match-source.ts";

type Noted = Pick<MatchFigures, "inputDelay"> & {
  readonly stats: Pick<MatchFigures["stats"], "isHeavy" | "predictionWindow" | "stepMs">;
};

/** Empty where there is nothing to say. */
export function heavyNote({ stats, inputDelay }: Noted): string {
  if (!stats.isHeavy) return "";
  const cost = `A tick of this game takes ${stats.stepMs.toFixed(1)} ms on this device`;
  const waits = inputDelay === 0 ? "" : `, and what you do waits for ${ticks(inputDelay)}`;
  return `${cost}, so no more than ${ticks(stats.predictionWindow)} are predicted${waits}.`;
}

const ticks = (count: number): string => `${count} ${count === 1 ? "tick" : "ticks"}`;
