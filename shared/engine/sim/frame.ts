/** The record of one tick: who left, who joined, and what every held seat wanted (R3, R4). */
import { inputCodecOf } from "../codec/input-codec.ts";
import type { Plain } from "../codec/plain.ts";
import type { Game, Seat } from "../game/game.ts";

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
}

/** An empty frame for tick 0 of this game, with one input object per seat. */
export function createFrame<I, S>(game: Game<I, S>): Frame<Plain<I>> {
  const codec = inputCodecOf(game.input);
  return { tick: 0, leaves: [], joins: [], inputs: Array.from({ length: game.seats.max }, () => codec.create()) };
}
