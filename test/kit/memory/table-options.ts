/** The options of a table in memory: who sits there, behind which network, and what they want. */

import type { Game, Seat } from "../../../shared/engine/game/game.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { Frozen, Plain } from "../../../shared/engine/layout/plain.ts";
import type { MatchOptions } from "../../../shared/referee/match-options.ts";
import type { LinkOptions } from "./link.ts";

/** What somebody at the table wants, given what they see. */
export type Script<I, S> = (
  state: Frozen<Plain<S>>,
  seat: Seat,
  tick: number,
  random: WorldRandom,
  give: (name: string, fields: unknown) => void,
) => Plain<I>;

export interface TableOptions<I, S> {
  readonly game: Game<I, S>;
  readonly seed: number;
  readonly bots?: number;
  readonly away?: MatchOptions["away"];
  readonly pause?: MatchOptions["pause"];
  readonly strictSeconds?: number;
  readonly journal?: MatchOptions["journal"];
  /** Is given every desync report. */
  readonly onReport?: MatchOptions["onReport"];
  /** Network of the next client to sit down; called with the table's own random stream. */
  readonly network: (random: WorldRandom) => LinkOptions;
  readonly script: Script<I, S>;
  /** Milliseconds between two draws of a client. */
  readonly drawMs?: number;
  /** Ticks between sampling an input and its tick; left out: fitted to the line. */
  readonly inputDelay?: number;
  /** Of every client, in milliseconds: what it spends is measured by it. Left out: there is none. */
  readonly clock?: () => number;
}
