/** A hook right after each tick that a real match closes. */
import type { Match } from "../../shared/referee/match.ts";

/** Calls `look` after every closed tick from now on. */
export function afterTick<I, S>(match: Match<I, S>, look: (tick: number) => void): void {
  const closeTick = match.closeTick.bind(match);
  match.closeTick = (now) => {
    const closed = closeTick(now);
    if (closed === "closed") look(match.world.tick);
    return closed;
  };
}

/** The referee's hash by tick, from now on. */
export function hashesOf<I, S>(match: Match<I, S>): Map<number, number> {
  const hashes = new Map<number, number>();
  afterTick(match, (tick) => hashes.set(tick, match.hashes.latest!.hash));
  return hashes;
}
