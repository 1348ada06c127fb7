/**
 * A saved match: all that a referee must know to go on at the next tick as if it had always been there. Plain data, numbers
 * and bytes: it can be written down in pieces, the snapshot now and then, the frames as they are closed, the rest when it changes.
 *
 * Not in it: connections and what is told to each of them (a client that is here again says which tick it needs, and a desync
 * that was being looked into is found again by the next digest), what was counted, and which game and build it was: whoever
 * keeps it keeps that too.
 */
import type { SavedHistory } from "./history/keyframes.ts";
import type { SavedPause } from "./inputs/pause.ts";
import type { SavedCommands } from "./inputs/saved-commands.ts";
import type { SavedInbox } from "./inputs/saved-inbox.ts";
import type { SavedBots } from "./inputs/seat-bots.ts";
import type { SavedSeat } from "./inputs/seats.ts";
import type { SavedWait } from "./inputs/strict-wait.ts";
import type { PlayOptions } from "./match-options.ts";
import type { SavedGrudge } from "./sessions/presence.ts";

export interface SavedMatch extends SavedStanding {
  /** The world, and its last minute. The snapshot is replaced now and then; a frame is added before it is sent. */
  readonly history: SavedHistory;
}

/** What is saved of a match besides its world and past. */
export interface SavedStanding {
  /** How it is played. Never changes. */
  readonly options: PlayOptions;
  /** Every seat that somebody holds, or that the last closed frame says is held. Changes when somebody comes, drops, returns or leaves. */
  readonly seats: readonly SavedSeat[];
  readonly bots: SavedBots;
  /** What the players of the seats have said and no frame has yet. Changes all the time; lost, it is said again by whoever returns. */
  readonly inputs: readonly SavedInbox[];
  /** Of the commands of seats whose holders have given any, likewise; and what became of the last ones. */
  readonly commands: readonly SavedCommands[];
  readonly pause: SavedPause;
  /** Whether ticks stood still for a pause when it was saved. */
  readonly isPaused: boolean;
  /** Strict mode: who is waited for; left out in deadline mode. */
  readonly wait?: SavedWait;
  /** Whether lockstep clients were told last that ticks stand still. */
  readonly isHalted: boolean;
  /** Who has diverged lately, and is not to get rid of that. */
  readonly grudges: readonly SavedGrudge[];
}
