/** What the referee keeps about one connection: how much it may say, what it has acknowledged, what it is owed. */
import { MessageBudget } from "./message-budget.ts";

/** How a client takes part: frames to step itself, or the world as schema patches. */
export type Plane = "lockstep" | "stream";

export interface Member {
  readonly plane: Plane;
  readonly budget: MessageBudget;
  /** Ticks the client has stepped with confirmed frames, as it says itself. */
  confirmedTick: number;
  /** Messages that could not be read. */
  malformed: number;
  /** The tick at which it was last brought to the present, and whether it waits for a snapshot. */
  broughtTick: number | undefined;
  isOwedSnapshot: boolean;
  /** When it was let in, and when it was last heard, in ticks. */
  readonly admittedTick: number;
  heardTick: number;
  /** It fell too far behind: nothing is sent to it until it is heard again. */
  isParked: boolean;
  /** When a refusal was last explained to it, in milliseconds. */
  explainedAt: number;
}

export const createMember = (plane: Plane, tick: number): Member => ({
  plane,
  admittedTick: tick,
  heardTick: tick,
  isParked: false,
  budget: new MessageBudget(),
  confirmedTick: 0,
  malformed: 0,
  broughtTick: undefined,
  isOwedSnapshot: false,
  explainedAt: Number.NEGATIVE_INFINITY,
});
