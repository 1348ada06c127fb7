/** The ageing of a real match: ticks are closed as fast as they can be made, and everything else runs in between. */
import type { Match } from "../../shared/referee/match.ts";

/** Sockets and timers wait no longer than this. */
const SLICE_MS = 25;

/** Closes ticks, which nobody is sent, until the match has reached one. @throws Error when a tick stays open: the match is paused or waits. */
export async function growTo<I, S>(match: Match<I, S>, tick: number): Promise<void> {
  while (match.world.tick < tick) {
    const until = performance.now() + SLICE_MS;
    while (match.world.tick < tick && performance.now() < until) {
      const now = performance.now();
      if (match.closeTick(now) !== "closed") throw new Error(`tick ${match.world.tick} stays open`);
      // Somebody may still be here whose connection is about to end.
      match.outbox.clear();
      match.finishTick(now);
      match.outbox.clear();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
