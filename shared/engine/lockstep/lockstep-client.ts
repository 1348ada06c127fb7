/** The client runtime without IO: bytes and the time go in, bytes to send and a world to draw come out (R12). */
import { inputCodecOf } from "../codec/input-codec.ts";
import type { Frozen, Plain } from "../codec/plain.ts";
import type { Game, Seat } from "../game/game.ts";
import { decodeDown } from "../protocol/down.ts";
import { Up, UpEncoder } from "../protocol/up.ts";
import type { Simulation } from "../sim/simulation.ts";
import { ConfirmedWorld, type FrameListener } from "./confirmed-world.ts";
import { LocalClock } from "./local-clock.ts";
import { createStats, type LockstepStats } from "./lockstep-stats.ts";
import { Outbox, type Outgoing } from "./outbox.ts";
import { OwnInputs } from "./own-inputs.ts";
import { PredictedWorld } from "./predicted-world.ts";
import { StallMeter } from "./stall-meter.ts";

/** How far a client may run ahead of the confirmed tick, in seconds (R8). */
const PREDICTION_WINDOW_SECONDS = 1;
/** Confirmed frames stepped in one `advance`: a long catch-up is spread over several draws. */
const MOST_STEPS_PER_ADVANCE = 400;

export interface LockstepClientOptions<I> {
  /** What the local player wants now; asked once for each tick that is predicted. */
  readonly sample: () => Plain<I>;
  /** Ticks between sampling an input and the tick it is for; 0 (default) shows the own input at once. */
  readonly inputDelay?: number;
}

export class LockstepClient<I, S> {
  readonly game: Game<I, S>;
  readonly stats: LockstepStats = createStats();
  readonly #sample: () => Plain<I>;
  readonly #inputDelay: number;
  readonly #window: number;
  readonly #confirmed: ConfirmedWorld<I, S>;
  readonly #predicted: PredictedWorld<I, S>;
  readonly #inputs: OwnInputs<Plain<I>>;
  readonly #encoder: UpEncoder<Plain<I>>;
  readonly #clock: LocalClock;
  readonly #onFrame: FrameListener<I>;
  readonly #stall = new StallMeter(this.stats);
  readonly #outbox = new Outbox();
  #seat: Seat | undefined;
  #isSynced = false;
  #isMispredicted = false;
  #lastAdvance: number | undefined;

  constructor(game: Game<I, S>, options: LockstepClientOptions<I>) {
    const codec = inputCodecOf(game.input, `${game.name}.input`);
    this.game = game;
    this.#sample = options.sample;
    this.#inputDelay = options.inputDelay ?? 0;
    this.#window = Math.ceil(PREDICTION_WINDOW_SECONDS * game.tickRate);
    this.#confirmed = new ConfirmedWorld(game);
    this.#predicted = new PredictedWorld(game, this.#window);
    this.#inputs = new OwnInputs(codec, game.tickRate, 2 * (this.#window + this.#inputDelay + 1));
    this.#encoder = new UpEncoder(codec);
    this.#clock = new LocalClock(game.tickRate, this.#inputDelay);
    this.#onFrame = (frame, hash) => {
      const { world } = this.#confirmed;
      if (hash !== undefined) this.#compare(hash);
      if (this.#predicted.guessed(frame, world)) return;
      this.#isMispredicted = true;
      if (world.tick < this.predictedTick) this.stats.mispredictions++;
    };
    this.#outbox.put(Up.ready, this.#encoder.ready(0));
  }

  /** True once a snapshot has arrived and the worlds mean something. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** The own seat; undefined before the first snapshot and for a client without one. */
  get seat(): Seat | undefined {
    return this.#seat;
  }

  /** Ticks stepped with confirmed frames. */
  get confirmedTick(): number {
    return this.#confirmed.world.tick;
  }

  /** Ticks stepped with confirmed or guessed frames. */
  get predictedTick(): number {
    return this.#predicted.world.tick;
  }

  /** Milliseconds of the shortest recent round trip, and its jitter. */
  get roundTripMs(): number {
    return this.#clock.roundTripMs;
  }

  get jitterMs(): number {
    return this.#clock.jitterMs;
  }

  /** True while the prediction window is used up and the world stands still (R8). */
  get isStalled(): boolean {
    return this.#stall.isStalled;
  }

  /** Predicted steps in which the rules threw; the guess is thrown away then, and what is confirmed goes on. */
  get predictionFaults(): { readonly count: number; readonly last: string | undefined } {
    return this.#predicted.faults;
  }

  /** The confirmed world: the one whose hash the server has too. */
  get confirmed(): Simulation<I, S> {
    return this.#confirmed.world;
  }

  /** The world to draw, now. Read-only (R11). */
  get state(): Frozen<Plain<S>> {
    return this.#predicted.world.state as Frozen<Plain<S>>;
  }

  /** The world one tick before `state`; a view draws in between, at `alpha`. */
  get previousState(): Frozen<Plain<S>> {
    return this.#predicted.previous as Frozen<Plain<S>>;
  }

  /** How far from `previousState` (0) to `state` (1) the local clock stands. */
  get alpha(): number {
    const ahead = this.#clock.position - (this.predictedTick - 1);
    return Math.max(0, Math.min(1, ahead));
  }

  /** What is to be sent since the last call; empties the outbox. */
  takeOutbox(): readonly Outgoing[] {
    return this.#outbox.take();
  }

  /** The connection is there again: asks for what was missed. Inputs made in between are forgotten. */
  resume(): void {
    this.#inputs.reset();
    this.#outbox.take();
    this.#outbox.put(Up.ready, this.#encoder.ready(this.#isSynced ? this.#confirmed.nextTick : 0));
  }

  /** Takes a message of the server. Never throws on bad bytes: they are counted, and a snapshot is asked for. */
  receive(type: number, bytes: Uint8Array, now: number): void {
    const message = decodeDown(type, bytes);
    switch (message.kind) {
      case "snapshot":
        this.#takeSnapshot(message.seat, message.snapshot);
        break;
      case "frames":
        if (this.#isSynced && this.#confirmed.push(message.firstTick, message.count, message.bodies) === "gap")
          this.#loseSync();
        break;
      case "pong":
        this.#clock.pong(message.echo, now, message.serverTicks);
        break;
      case "malformed":
        this.stats.malformed++;
        break;
    }
  }

  /**
   * Brings the worlds to `now` (milliseconds of a monotonic clock): steps what was confirmed, rolls back what was
   * guessed wrong, predicts up to the local tick.
   *
   * @throws whatever the game's rules throw on confirmed frames, and a `ValueError` when a sampled input does not fit.
   */
  advance(now: number): void {
    const elapsed = this.#lastAdvance === undefined ? 0 : now - this.#lastAdvance;
    this.#lastAdvance = now;
    if (this.#clock.takePing(now)) this.#outbox.put(Up.ping, this.#encoder.ping(Math.floor(now) >>> 0));
    if (!this.#isSynced) return;
    this.#stepConfirmed();
    this.#correct();
    this.#predict(now, elapsed);
  }

  #stepConfirmed(): void {
    for (let steps = 0; steps < MOST_STEPS_PER_ADVANCE; steps++) {
      const stepped = this.#confirmed.step(this.#onFrame);
      if (stepped === "empty") return;
      if (stepped === "malformed") {
        this.stats.malformed++;
        this.#loseSync();
        return;
      }
      this.stats.confirmedFrames++;
    }
  }

  #compare(serverHash: number): void {
    const { world } = this.#confirmed;
    const hash = world.hash();
    this.stats.hashChecks++;
    if (hash !== serverHash) this.stats.hashMismatches++;
    this.#outbox.put(Up.hash, this.#encoder.hash(world.tick, hash));
  }

  #correct(): void {
    if (!this.#isMispredicted) return;
    this.#isMispredicted = false;
    const depth = this.#predicted.rollback(this.#confirmed.world, this.#seat, this.#inputs);
    if (depth === 0) return;
    this.stats.rollbacks++;
    this.stats.rollbackDepth = depth;
    this.stats.resimulatedTicks += depth;
  }

  #predict(now: number, elapsed: number): void {
    if (!this.#clock.isReady) return;
    const position = this.#clock.advance(now, this.confirmedTick);
    const limit = this.confirmedTick + this.#window;
    while (this.predictedTick <= position && this.predictedTick < limit) {
      if (this.#seat !== undefined) this.#sampleInput(this.predictedTick + this.#inputDelay);
      if (this.#predicted.step(this.#seat, this.#inputs)) continue;
      // The guess is thrown away; what is confirmed goes on, and the next draw guesses anew.
      this.#predicted.reset(this.#confirmed.world);
      break;
    }
    this.#stall.count(this.predictedTick <= position, elapsed);
  }

  #sampleInput(tick: number): void {
    const input = this.#sample();
    if (this.#inputs.set(tick, input)) this.#outbox.put(Up.input, this.#encoder.input(tick, this.confirmedTick, input));
  }

  #takeSnapshot(seat: Seat | undefined, snapshot: Uint8Array): void {
    if (!this.#confirmed.restore(snapshot)) {
      this.stats.malformed++;
      this.stats.unreadableSnapshots++;
      this.#isSynced = false;
      this.#outbox.put(Up.ready, this.#encoder.ready(0));
      return;
    }
    this.stats.snapshots++;
    this.#seat = seat;
    this.#isSynced = true;
    this.#isMispredicted = false;
    this.#predicted.reset(this.#confirmed.world);
    this.#inputs.reset();
    this.#clock.reset();
  }

  #loseSync(): void {
    if (!this.#isSynced) return;
    this.#isSynced = false;
    this.#outbox.put(Up.ready, this.#encoder.ready(0));
  }
}
