/** The record of one tick: who left, who joined, what every held seat wanted, and what was given in it (R3, R4, R15). */
import { inputCodecOf } from "../codec/input-codec.ts";
import type { Game, Seat } from "../game/game.ts";
import type { Plain } from "../layout/plain.ts";

/** What a seat gave once (R15). */
export interface Command {
  readonly seat: Seat;
  /** Counts what the holder of the seat gave, from 1; 0 for a bot's. */
  readonly number: number;
  /** Its place in the game's table of commands. */
  readonly kind: number;
  /** Plain data that fits its declaration. Nobody writes to it: worlds are given copies. */
  readonly fields: unknown;
  /** Set by the step: why the rules did not accept it, in words for its sender; undefined when it was applied. */
  refusal?: string | undefined;
  /** Set by the step: what `accepts` threw, which counts as a refusal. */
  fault?: unknown;
}

/** One tick's record. The object is reused; what must outlive the tick is encoded. */
export interface Frame<Input> {
  /** The tick it belongs to. */
  tick: number;
  /** Seats given up, ascending; applied before the joins (R4). */
  readonly leaves: Seat[];
  /** Seats taken, ascending. */
  readonly joins: Seat[];
  /** By seat, `seats.max` long. Only the entries of seats held after leaves and joins mean anything. */
  readonly inputs: Input[];
  /** In the order in which they are applied: by seat, then as the seat gave them. Empty in almost every tick. */
  readonly commands: Command[];
}

/** An empty frame for tick 0 of this game, with one input object per seat. */
export function createFrame<I, S>(game: Game<I, S>): Frame<Plain<I>> {
  const codec = inputCodecOf(game.input);
  const inputs = Array.from({ length: game.seats.max }, () => codec.create());
  return { tick: 0, leaves: [], joins: [], inputs, commands: [] };
}
