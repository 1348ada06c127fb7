/** The limit of healing: a client that keeps diverging is moved to the stream plane, and then closed. */

import type { DivergenceRecord } from "../peers/client-session.ts";
import type { Culprit } from "./culprit.ts";

/** The weight of one desync: rules that differ will differ again, a flipped bit need not. */
const WEIGHTS: Record<Culprit, number> = { rules: 50, unsteady: 50, unknown: 10, memory: 1, server: 0 };
/** So much is too much, forgotten within a minute: three desyncs by rules in a row, or three flipped bits a second. */
const MOST = 120;
const FORGET_SECONDS = 60;
/** Too much a second time within so long of a ban's end is the end. */
const GRUDGE_SECONDS = 600;

/** The sanction for a client besides being healed; too much for the second time is the end. */
export function judgeDivergence(
  record: DivergenceRecord,
  culprit: Culprit,
  tick: number,
  tickRate: number,
): "heal" | "move" | "close" {
  const forgotten = ((tick - record.countedTick) / (FORGET_SECONDS * tickRate)) * MOST;
  record.amount = Math.max(0, record.amount - forgotten) + WEIGHTS[culprit];
  record.countedTick = tick;
  if (record.amount < MOST) return "heal";
  record.amount = 0;
  const isAgain = record.bannedUntilTick > 0 && tick - record.bannedUntilTick < GRUDGE_SECONDS * tickRate;
  record.bannedUntilTick = tick + FORGET_SECONDS * tickRate;
  return isAgain ? "close" : "move";
}
