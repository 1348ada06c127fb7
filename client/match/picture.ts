/** The picture that a view draws, the same for both planes. */
import type { Frozen, Plain } from "../../shared/engine/codec/plain.ts";

/** The world as it is to be drawn at a moment, from whichever plane it comes. Read-only (R11). */
export interface Picture<S> {
  readonly state: Frozen<Plain<S>>;
  /** One tick before `state`; draw in between, at `alpha` (0 .. 1). */
  readonly previous: Frozen<Plain<S>>;
  readonly alpha: number;
  readonly tick: number;
  /** The world the server has confirmed; on the stream plane the same as `state`. */
  readonly confirmed: Frozen<Plain<S>>;
  readonly confirmedTick: number;
}
