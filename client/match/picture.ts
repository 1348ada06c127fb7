/** The picture that a view draws, the same for both planes. */
import type { Frozen, Plain } from "../../shared/engine/layout/plain.ts";
import type { LockstepClient } from "../../shared/engine/lockstep/lockstep-client.ts";

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

/** The picture of a lockstep client, now; undefined while there is no world yet. */
export function lockstepPicture<I, S>(client: LockstepClient<I, S>): Picture<S> | undefined {
  if (client.stats.snapshots === 0 || client.predictedTick === 0) return undefined;
  const { state, previousState: previous, alpha, predictedTick: tick, confirmed, confirmedTick } = client;
  return { state, previous, alpha, tick, confirmed: confirmed.state as Frozen<Plain<S>>, confirmedTick };
}
