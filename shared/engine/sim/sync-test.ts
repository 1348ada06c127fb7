/** The sync test: step, roll back, resimulate, compare. It finds state the rules keep where a rollback cannot reach. */
import type { Difference } from "../codec/codec.ts";
import type { Game } from "../game/game.ts";
import { RulesError } from "../game/rules-error.ts";
import type { Plain } from "../layout/plain.ts";
import type { Frame } from "./frame.ts";
import { Simulation } from "./simulation.ts";
import { diffWorlds } from "./state-diff.ts";

/** The first tick at which a world stepped again was not the same world. */
export interface SyncFault {
  readonly tick: number;
  /** Which second world differed: one rolled back in place, or one restored from a snapshot's bytes. */
  readonly from: "rollback" | "snapshot";
  /** `a` is the world stepped first, `b` the one stepped again. */
  readonly differences: readonly Difference[];
}

/**
 * Steps a world through frames and, at every tick, makes the same step again from a copy and from snapshot bytes.
 *
 * Source: the synctest session of GGPO (Tony Cannon, 2009); the second path, through the real codec, is ours.
 */
export class SyncTest<I, S> {
  readonly #world: Simulation<I, S>;
  readonly #saved: Simulation<I, S>;
  readonly #first: Simulation<I, S>;
  readonly #restored: Simulation<I, S>;

  /** @param world the one to step; a new one when left out. */
  constructor(game: Game<I, S>, seed: number, world = new Simulation(game, seed)) {
    this.#world = world;
    this.#saved = Simulation.empty(game);
    this.#first = Simulation.empty(game);
    this.#restored = Simulation.empty(game);
  }

  /** The world as stepped last. */
  get world(): Simulation<I, S> {
    return this.#world;
  }

  /**
   * Makes one step, three times over; undefined when all three worlds are equal. The world goes on as stepped first.
   * Every other tick it is four times: rules that do something else on every third call would else go unseen.
   *
   * @throws RulesError when the rules throw the first time, and with a `ValueError` as its cause when the world is no tree
   *   of plain data any more, such as one object in two places.
   */
  step(frame: Frame<Plain<I>>): SyncFault | undefined {
    const world = this.#world;
    const snapshot = world.snapshot();
    this.#saved.copyFrom(world);
    world.step(frame);
    this.#lookAt(world);
    this.#first.copyFrom(world);

    const isTwice = frame.tick % 2 === 1;
    const fault =
      this.#rollBack(frame) ?? (isTwice ? this.#rollBack(frame) : undefined) ?? this.#restore(snapshot, frame);
    if (fault !== undefined) world.restore(this.#first.snapshot());
    return fault;
  }

  /** Rules have written what is there, so it is theirs to answer for. */
  #lookAt({ codec, state, game }: Simulation<I, S>): void {
    try {
      codec.settleStrict(state);
    } catch (cause) {
      throw new RulesError(game.name, "step", cause);
    }
  }

  #rollBack(frame: Frame<Plain<I>>): SyncFault | undefined {
    this.#world.copyFrom(this.#saved);
    return this.#again("rollback", this.#world, frame);
  }

  #restore(snapshot: Uint8Array, frame: Frame<Plain<I>>): SyncFault | undefined {
    this.#restored.restore(snapshot);
    return this.#again("snapshot", this.#restored, frame);
  }

  /** Makes the step once more and compares. */
  #again(from: SyncFault["from"], world: Simulation<I, S>, frame: Frame<Plain<I>>): SyncFault | undefined {
    try {
      world.step(frame);
    } catch (error) {
      if (!(error instanceof RulesError)) throw error;
      return { tick: frame.tick, from, differences: [{ path: error.rule, a: "ends", b: `throws ${error.cause}` }] };
    }
    if (world.hash() === this.#first.hash()) return undefined;
    return { tick: frame.tick, from, differences: diffWorlds(this.#first, world) };
  }
}
