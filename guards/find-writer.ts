/**
 * The search for the line that wrote a value that does not fit: the tick is stepped once more, with a watch on its
 * place.
 */

import type { Game } from "../shared/engine/game/game.ts";
import type { Plain } from "../shared/engine/layout/plain.ts";
import type { Frame } from "../shared/engine/sim/frame.ts";
import { Simulation } from "../shared/engine/sim/simulation.ts";
import { writerOf } from "./traps/watch-path.ts";

/** The line that wrote to a path, such as `coins.players[3].x`, in the tick after a snapshot, if it can be found. */
export function findWriter<I, S>(
  game: Game<I, S>,
  snapshot: Uint8Array,
  frame: Frame<Plain<I>>,
  path: string,
): string | undefined {
  const world = Simulation.from(game, snapshot);
  if (world === undefined) return undefined;
  return writerOf(world.state, path.slice(game.name.length), () => world.step(frame));
}
