/** The saved commands of one seat: what of them is not in a frame yet, and what became of the last ones. */
import type { Seat } from "../../engine/game/game.ts";
import type { CommandOutcome } from "../../engine/protocol/command-outcome.ts";

export interface SavedBox {
  /** The number that the holder gives next. */
  readonly next: number;
  readonly waiting: readonly SavedCommand[];
  /** By number, the oldest first. */
  readonly outcomes: readonly (readonly [number, CommandOutcome])[];
}

export interface SavedCommand {
  readonly number: number;
  readonly tick: number;
  /** Kind and fields. */
  readonly bytes: Uint8Array;
  /** Of a stock client's: the message that it came by. */
  readonly name?: string;
}

export interface SavedCommands extends SavedBox {
  readonly seat: Seat;
}
