/** The comparison of two recordings of one game: the first tick at which their worlds differ, and in what. */
import type { Difference } from "../engine/codec/diff.ts";
import type { AnyGame } from "../engine/game/game.ts";
import { diffWorlds } from "../engine/sim/state-diff.ts";
import type { Recording } from "./recording.ts";
import { Replayer } from "./replayer.ts";

export interface Comparison {
  /** The ticks that both have: the first, and the one after the last. */
  readonly firstTick: number;
  readonly endTick: number;
  /** The first at which the worlds differ; undefined when none does. */
  readonly tick: number | undefined;
  /** What differs there. */
  readonly fields: readonly Difference[];
}

/** A sentence when they cannot be compared. */
export function compare(game: AnyGame, a: Recording, b: Recording): Comparison | string {
  const [one, other] = [Replayer.open(game, a), Replayer.open(game, b)];
  if (typeof one === "string") return one;
  if (typeof other === "string") return other;
  const firstTick = Math.max(a.firstTick, b.firstTick);
  const endTick = Math.min(a.endTick, b.endTick);
  if (endTick < firstTick) return "The recordings have no tick in common.";
  for (let tick = firstTick; tick <= endTick; tick++) {
    const fault = one.seek(tick) ?? other.seek(tick);
    if (fault !== undefined) return fault;
    if (one.hash !== other.hash) return { firstTick, endTick, tick, fields: diffWorlds(one.world, other.world) };
  }
  return { firstTick, endTick, tick: undefined, fields: [] };
}
