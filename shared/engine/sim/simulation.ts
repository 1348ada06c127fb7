/** One world of one game: what the referee, every lockstep client, the sync test and a replay all step. */
import { ByteReader, ByteWriter } from "../bytes/bytes.ts";
import { hashBytes } from "../bytes/hash.ts";
import { clonePlain } from "../codec/clone-plain.ts";
import { type Codec, codecOf } from "../codec/codec.ts";
import { assert } from "../game/assert.ts";
import { commandWords } from "../game/command-words.ts";
import type { Game, Seat, StepContext } from "../game/game.ts";
import { WorldRandom } from "../game/random.ts";
import { RulesError } from "../game/rules-error.ts";
import type { Frozen, Plain } from "../layout/plain.ts";
import type { Command, Frame } from "./frame.ts";
import { SeatInputs } from "./seat-inputs.ts";

/** What its sender is told where the rules give no words of their own. */
const NOT_ACCEPTED = "the rules do not accept it now";

/** Where worlds are encoded to be hashed or copied: one for all of them, so that it stays in the processor's cache. */
const scratch = new ByteWriter();

export class Simulation<I, S> {
  readonly game: Game<I, S>;
  readonly codec: Codec<Plain<S>>;
  readonly seats: SeatInputs<I>;
  readonly #random: WorldRandom;
  readonly #context: { tick: number; random: WorldRandom; input(seat: Seat): Frozen<Plain<I>> };
  #state: Plain<S>;
  #tick = 0;

  /**
   * A world at tick 0, as the game's `setup` makes it.
   *
   * @param seed any unsigned 32-bit number; the same seed gives the same world everywhere. Undefined: as `Simulation.empty`.
   * @throws RulesError when the game's `setup` throws, or gives what does not fit.
   */
  constructor(game: Game<I, S>, seed: number | undefined) {
    this.game = game;
    this.codec = codecOf(game.state, game.name);
    this.seats = new SeatInputs(game);
    this.#random = new WorldRandom(seed ?? 0);
    const { seats } = this;
    this.#context = {
      tick: 0,
      random: this.#random,
      input: (seat) => seats.input(seat) as Frozen<Plain<I>>,
    };
    this.#state = this.codec.create();
    if (seed === undefined) return;
    const made = this.#setUp();
    // A copy: what setup returned may hold objects of the game's own, and this world changes in place.
    this.codec.copy(made, this.#state);
  }

  /** Room for a world: no rule has run in it, and it means nothing before it took over a snapshot or another world. */
  static empty<I, S>(game: Game<I, S>): Simulation<I, S> {
    return new Simulation(game, undefined);
  }

  /** The world in a snapshot, made without running a rule; undefined when the bytes are none of this game's worlds. */
  static from<I, S>(game: Game<I, S>, snapshot: Uint8Array): Simulation<I, S> | undefined {
    const world = Simulation.empty(game);
    return world.restore(snapshot) ? world : undefined;
  }

  /** Index of the next step: how many ticks this world has lived. */
  get tick(): number {
    return this.#tick;
  }

  /** The four numbers that all random numbers to come follow from. */
  get randomState(): readonly number[] {
    const out = new ByteWriter();
    this.#random.encode(out);
    return [0, 4, 8, 12].map((at) => out.data.getInt32(at, true));
  }

  /** The world itself. Views and bots must take it as read-only (R11). */
  get state(): Plain<S> {
    return this.#state;
  }

  /**
   * Makes one step: leaves, joins, commands, then the rules (R4, R15). Notes in each command what became of it.
   *
   * @throws RulesError when the rules throw, or a value no longer fits its declaration: its cause is then a `ValueError`
   *   with the path. Whatever else is thrown is a fault of ours.
   */
  step(frame: Frame<Plain<I>>): void {
    assert(frame.tick === this.#tick, `a world at tick ${this.#tick} was given the frame of tick ${frame.tick}`);
    const { seats } = this;
    this.#context.tick = frame.tick;
    this.#random.beginTick(frame.tick);
    for (const seat of frame.leaves) {
      seats.leave(seat);
      this.#leave(seat);
    }
    for (const seat of frame.joins) {
      seats.join(seat);
      this.#join(seat);
    }
    seats.take(frame);
    for (const command of frame.commands) {
      command.refusal = this.#refusalOf(command);
      if (command.refusal === undefined) this.#apply(command);
    }
    this.#play();
    this.#tick++;
  }

  // Each call into the rules, and nothing else, stands in a `try` of its own.

  #setUp(): Plain<S> {
    try {
      const made = this.game.setup(this.#context);
      this.codec.settleStrict(made);
      return made;
    } catch (cause) {
      throw new RulesError(this.game.name, "setup", cause);
    }
  }

  #leave(seat: Seat): void {
    try {
      this.game.leave?.(this.#state, seat, this.#context);
    } catch (cause) {
      throw new RulesError(this.game.name, "leave", cause);
    }
  }

  #join(seat: Seat): void {
    try {
      this.game.join?.(this.#state, seat, this.#context);
    } catch (cause) {
      throw new RulesError(this.game.name, "join", cause);
    }
  }

  /** Why the rules do not accept it, in words; undefined when they do. An `accepts` that throws refuses: hostile fields must not end a match. */
  #refusalOf(command: Command): string | undefined {
    const { accepts } = this.seats.commands[command.kind]!.rules;
    if (accepts === undefined) return undefined;
    try {
      const answer = accepts(this.#state as never, command.seat, clonePlain(command.fields) as never, this.#context);
      if (answer === true) return undefined;
      return typeof answer === "string" && answer !== "" ? answer : NOT_ACCEPTED;
    } catch (fault) {
      command.fault = fault;
      return NOT_ACCEPTED;
    }
  }

  #apply({ kind, seat, fields }: Command): void {
    const { name, rules } = this.seats.commands[kind]!;
    try {
      // A copy: rules that keep a part of it must not have it from two worlds.
      rules.apply(this.#state as never, seat, clonePlain(fields) as never, this.#context);
    } catch (cause) {
      throw new RulesError(this.game.name, "apply", cause, commandWords(name, seat, fields));
    }
  }

  /** The step, and a look at what the rules have written. */
  #play(): void {
    try {
      this.game.step(this.#state, this.#context as StepContext<Plain<I>>);
      this.codec.settle(this.#state);
    } catch (cause) {
      throw new RulesError(this.game.name, "step", cause);
    }
  }

  /** Makes this world equal to another of the same game, reusing what it has (rollback: "saved state"). */
  copyFrom(other: Simulation<I, S>): void {
    this.codec.copy(other.#state, this.#state);
    this.seats.copyFrom(other.seats);
    this.#random.copyFrom(other.#random);
    this.#tick = other.#tick;
  }

  /** Snapshot bytes: everything the future depends on (R6). Order and format: PROTOCOL.md, snapshot. */
  encode(out: ByteWriter): void {
    out.uvarint(this.#tick);
    this.#random.encode(out);
    this.seats.encode(out);
    this.codec.encode(this.#state, out);
  }

  /** Fingerprint of the snapshot bytes: two worlds are equal if, but for one chance in 2^32, their hashes are (R7). */
  hash(): number {
    this.encode(scratch.reset());
    return hashBytes(scratch.view());
  }

  /** A copy of the snapshot bytes. */
  snapshot(): Uint8Array {
    this.encode(scratch.reset());
    return scratch.view().slice();
  }

  /** Takes over a snapshot. On false the bytes were malformed and this world must not be stepped any more. */
  restore(snapshot: Uint8Array): boolean {
    const input = new ByteReader(snapshot);
    const tick = input.uvarint();
    this.#random.decode(input);
    this.seats.decode(input);
    const state = this.codec.decode(input);
    if (state === undefined || input.failed || input.remaining > 0) return false;
    this.#state = state;
    this.#tick = tick;
    return true;
  }
}
