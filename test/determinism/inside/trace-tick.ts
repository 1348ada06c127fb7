/** One tick looked at closely: what it writes, the world it leaves, and where two such worlds differ. */
import { shownValue } from "../../../shared/engine/codec/diff.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { diffWorlds } from "../../../shared/engine/sim/state-diff.ts";
import { fromHex, toHex } from "./hex.ts";
import type { Jobs } from "./jobs.ts";
import { steps, type World } from "./recording.ts";
import { WriteTrace } from "./write-trace.ts";

/** Enough for any game's own functions between a rule and the write. */
const STACK_DEPTH = 40;

/** Replays a match through `tick`, whose writes are noted. */
export function traceTick(game: AnyGame, { match, tick }: Jobs["trace"]["question"]): Jobs["trace"]["answer"] {
  (Error as { stackTraceLimit?: number }).stackTraceLimit = STACK_DEPTH;
  const trace = new WriteTrace();
  const seen = <State>(state: State, at: number): State => (at === tick ? trace.watch(state) : state);
  const watched: AnyGame = {
    ...game,
    join: (state, seat, context) => game.join?.(seen(state, context.tick), seat, context),
    leave: (state, seat, context) => game.leave?.(seen(state, context.tick), seat, context),
    step: (state, context) => game.step(seen(state, context.tick), context),
  };
  for (const world of steps(watched, match))
    if (tick === undefined || world.tick > tick) return { snapshot: toHex(world.snapshot()), writes: trace.writes };
  throw new Error(`the match ends before tick ${tick}`);
}

/** Where two snapshots differ. */
export function diffSnapshots(game: AnyGame, { a, b }: Jobs["diff"]["question"]): Jobs["diff"]["answer"] {
  const [left, right] = [a, b].map((snapshot) => {
    const world: World = new Simulation(game, 0);
    if (!world.restore(fromHex(snapshot))) throw new Error("a snapshot cannot be read back on another engine");
    return world;
  });
  return diffWorlds(left!, right!).map(({ path, a, b }) => ({ path, a: shownValue(a), b: shownValue(b) }));
}
