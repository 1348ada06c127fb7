/** A guard that may watch a match: development rooms have one, production has none. */

import type { Game } from "../engine/game/game.ts";
import type { Plain } from "../engine/layout/plain.ts";
import type { Frame } from "../engine/sim/frame.ts";
import type { Simulation } from "../engine/sim/simulation.ts";

export interface MatchGuard<I, S> {
  /** The same game, watched: the one that the match plays. */
  readonly game: Game<I, S>;
  /** Steps the match's world. @throws RulesError when the game's rules throw. */
  step(world: Simulation<I, S>, frame: Frame<Plain<I>>): void;
}

/** A guard for one match of a game. */
export type MakeGuard = <I, S>(game: Game<I, S>) => MatchGuard<I, S>;
