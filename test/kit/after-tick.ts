/** A hook right after each tick that a real match closes. */
import type { Match } from "../../shared/referee/match.ts";

/** Calls `look` after every closed tick from now on. */
export function afterTick<I, S>(match: Match<I, S>, look: (tick: number) => void): void {
  const finishTick = match.finishTick.bind(match);
  match.finishTick = (now) => {
    const { tick } = match.world;
    finishTick(now);
    if (match.world.tick > tick) look(match.world.tick);
  };
}

/** The referee's hash by tick, from now on. */
export function hashesOf<I, S>(match: Match<I, S>): Map<number, number> {
  const hashes = new Map<number, number>();
  afterTick(match, (tick) => hashes.set(tick, match.hashes.latest!.hash));
  return hashes;
}
