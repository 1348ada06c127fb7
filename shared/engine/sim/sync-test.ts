/** The sync test: step, roll back, resimulate, compare. It finds state the rules keep where a rollback cannot reach. */
import type { Difference } from "../codec/codec.ts";
import type { Plain } from "../codec/plain.ts";
import type { Game } from "../game/game.ts";
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

  constructor(game: Game<I, S>, seed: number) {
    this.#world = new Simulation(game, seed);
    this.#saved = new Simulation(game, seed);
    this.#first = new Simulation(game, seed);
    this.#restored = new Simulation(game, seed);
  }

  /** The world as stepped last. */
  get world(): Simulation<I, S> {
    return this.#world;
  }

  /**
   * Makes one step, three times over; undefined when all three worlds are equal.
   *
   * @throws ValueError when the world is no tree of plain data any more, such as one object in two places.
   */
  step(frame: Frame<Plain<I>>): SyncFault | undefined {
    const world = this.#world;
    const snapshot = world.snapshot();
    this.#saved.copyFrom(world);
    world.step(frame);
    world.codec.settleStrict(world.state);
    const hash = world.hash();
    this.#first.copyFrom(world);

    world.copyFrom(this.#saved);
    world.step(frame);
    if (world.hash() !== hash)
      return { tick: frame.tick, from: "rollback", differences: diffWorlds(this.#first, world) };

    this.#restored.restore(snapshot);
    this.#restored.step(frame);
    if (this.#restored.hash() !== hash)
      return { tick: frame.tick, from: "snapshot", differences: diffWorlds(this.#first, this.#restored) };
    return undefined;
  }
}
