/** The client runtime without IO: bytes and the time go in, bytes to send and a world to draw come out (R12). */
import { inputCodecOf } from "../codec/input-codec.ts";
import type { Frozen, Plain } from "../codec/plain.ts";
import type { Game, Seat } from "../game/game.ts";
import { decodeDown } from "../protocol/down.ts";
import { decodeFrame } from "../protocol/frame-codec.ts";
import { Up, UpEncoder } from "../protocol/up.ts";
import { createFrame, type Frame } from "../sim/frame.ts";
import { Simulation } from "../sim/simulation.ts";
import { FrameInbox } from "./frame-inbox.ts";
import { InputQueue } from "./input-queue.ts";
import { InputSender } from "./input-sender.ts";
import { createStats, type LockstepStats } from "./lockstep-stats.ts";
import { Pacer } from "./pacer.ts";
import { PredictedWorld } from "./predicted-world.ts";
import { TimeSync } from "./time-sync.ts";

/** How far a client may run ahead of the confirmed tick, in seconds (R8). */
const PREDICTION_WINDOW_SECONDS = 1;
/** How long before its tick is closed an input should arrive, in ticks: half a tick absorbs timer irregularity. */
const ARRIVAL_MARGIN_TICKS = 0.5;
const PING_INTERVAL_MS = 500;
/** Confirmed frames stepped in one `advance`: a long catch-up is spread over several draws. */
const MOST_STEPS_PER_ADVANCE = 400;

/** One message to send: a type of `Up` and its bytes. */
export interface Outgoing {
  readonly type: number;
  readonly bytes: Uint8Array;
}

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
  readonly #confirmed: Simulation<I, S>;
  readonly #predicted: PredictedWorld<I, S>;
  readonly #frame: Frame<Plain<I>>;
  readonly #inbox = new FrameInbox();
  readonly #inputs: InputQueue<Plain<I>>;
  readonly #sender: InputSender<Plain<I>>;
  readonly #encoder: UpEncoder<Plain<I>>;
  readonly #time: TimeSync;
  readonly #pacer: Pacer;
  #outbox: Outgoing[] = [];
  #seat: Seat | undefined;
  #isSynced = false;
  #nextPingAt = 0;
  #isMispredicted = false;
  #lastAdvance: number | undefined;
  #stallMs = 0;

  constructor(game: Game<I, S>, options: LockstepClientOptions<I>) {
    this.game = game;
    this.#sample = options.sample;
    this.#inputDelay = options.inputDelay ?? 0;
    this.#window = Math.ceil(PREDICTION_WINDOW_SECONDS * game.tickRate);
    const codec = inputCodecOf(game.input);
    this.#confirmed = new Simulation(game, 0);
    this.#predicted = new PredictedWorld(game, this.#window);
    this.#frame = createFrame(game);
    this.#inputs = new InputQueue(codec, 2 * (this.#window + this.#inputDelay + 1));
    this.#sender = new InputSender(codec, game.tickRate);
    this.#encoder = new UpEncoder(codec);
    this.#time = new TimeSync(game.tickRate);
    this.#pacer = new Pacer(game.tickRate);
    this.#requestSnapshot();
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
    return this.#confirmed.tick;
  }

  /** Ticks stepped with confirmed or guessed frames. */
  get predictedTick(): number {
    return this.#predicted.world.tick;
  }

  /** Milliseconds of the shortest recent round trip, and its jitter. */
  get roundTripMs(): number {
    return this.#time.roundTripMs;
  }

  get jitterMs(): number {
    return this.#time.jitterMs;
  }

  /** True while the prediction window is used up and the world stands still (R8). */
  get isStalled(): boolean {
    return this.#stallMs > 0;
  }

  /** The confirmed world: the one whose hash the server has too. */
  get confirmed(): Simulation<I, S> {
    return this.#confirmed;
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
    const ahead = this.#pacer.position - (this.predictedTick - 1);
    return Math.max(0, Math.min(1, ahead));
  }

  /** What is to be sent since the last call; empties the outbox. */
  takeOutbox(): readonly Outgoing[] {
    if (this.#outbox.length === 0) return this.#outbox;
    const taken = this.#outbox;
    this.#outbox = [];
    return taken;
  }

  /** Takes a message of the server. Never throws on bad bytes: they are counted, and a snapshot is asked for. */
  receive(type: number, bytes: Uint8Array, now: number): void {
    const message = decodeDown(type, bytes);
    switch (message.kind) {
      case "snapshot":
        this.#takeSnapshot(message.seat, message.snapshot);
        break;
      case "frames":
        if (this.#isSynced && this.#inbox.push(message.firstTick, message.count, message.bodies) === "gap")
          this.#loseSync();
        break;
      case "pong":
        this.#time.add(message.echo, now, message.serverTicks);
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
   * @throws whatever the game's rules throw.
   */
  advance(now: number): void {
    const elapsed = this.#lastAdvance === undefined ? 0 : now - this.#lastAdvance;
    this.#lastAdvance = now;
    if (now >= this.#nextPingAt) {
      this.#nextPingAt = now + PING_INTERVAL_MS;
      this.#send(Up.ping, this.#encoder.ping(Math.floor(now) >>> 0));
    }
    if (!this.#isSynced) return;
    this.#stepConfirmed();
    this.#correct();
    this.#predict(now, elapsed);
  }

  #stepConfirmed(): void {
    const world = this.#confirmed;
    for (let steps = 0; steps < MOST_STEPS_PER_ADVANCE; steps++) {
      const reader = this.#inbox.next();
      if (reader === undefined) return;
      const { ok, hash } = decodeFrame(world.tick, reader, world.seats, this.#frame);
      if (!ok) {
        this.stats.malformed++;
        this.#loseSync();
        return;
      }
      if (hash !== undefined) this.#compare(hash);
      if (!this.#predicted.guessed(this.#frame, world)) {
        this.#isMispredicted = true;
        if (world.tick < this.predictedTick) this.stats.mispredictions++;
      }
      world.step(this.#frame);
      this.stats.confirmedFrames++;
    }
  }

  #compare(serverHash: number): void {
    const hash = this.#confirmed.hash();
    this.stats.hashChecks++;
    if (hash !== serverHash) this.stats.hashMismatches++;
    this.#send(Up.hash, this.#encoder.hash(this.#confirmed.tick, hash));
  }

  #correct(): void {
    if (!this.#isMispredicted) return;
    this.#isMispredicted = false;
    const depth = this.#predicted.rollback(this.#confirmed, this.#seat, this.#inputs);
    if (depth === 0) return;
    this.stats.rollbacks++;
    this.stats.rollbackDepth = depth;
    this.stats.resimulatedTicks += depth;
  }

  #predict(now: number, elapsed: number): void {
    if (!this.#time.isReady) return;
    const position = this.#pacer.advance(now, this.#target(now));
    const { world } = this.#predicted;
    const limit = this.#confirmed.tick + this.#window;
    while (world.tick <= position && world.tick < limit) {
      if (this.#seat !== undefined) this.#sampleInput(world.tick + this.#inputDelay);
      this.#predicted.step(this.#seat, this.#inputs);
    }
    this.#countStall(world.tick <= position, elapsed);
  }

  /** Where the local clock should stand, so that an input for the tick begun there arrives before it is closed. */
  #target(now: number): number {
    const time = this.#time;
    const oneWayMs = time.roundTripMs / 2 + time.jitterMs;
    const lead = (oneWayMs * this.game.tickRate) / 1000 - 1 + ARRIVAL_MARGIN_TICKS - this.#inputDelay;
    return Math.max(this.#confirmed.tick, time.serverTicksAt(now) + lead);
  }

  #sampleInput(tick: number): void {
    const input = this.#sample();
    this.#inputs.set(tick, input);
    const wanted = this.#inputs.get(tick)!;
    if (this.#sender.shouldSend(tick, wanted))
      this.#send(Up.input, this.#encoder.input(tick, this.#confirmed.tick, wanted));
  }

  #countStall(isStalled: boolean, elapsed: number): void {
    this.#stallMs = isStalled ? this.#stallMs + elapsed : 0;
    if (isStalled) this.stats.stalledMs += elapsed;
    this.stats.longestStallMs = Math.max(this.stats.longestStallMs, this.#stallMs);
  }

  #takeSnapshot(seat: Seat | undefined, snapshot: Uint8Array): void {
    if (!this.#confirmed.restore(snapshot)) {
      this.stats.malformed++;
      this.#loseSync();
      return;
    }
    this.stats.snapshots++;
    this.#seat = seat;
    this.#isSynced = true;
    this.#isMispredicted = false;
    this.#inbox.reset(this.#confirmed.tick);
    this.#predicted.reset(this.#confirmed);
    this.#sender.reset();
    this.#pacer.reset();
  }

  #loseSync(): void {
    if (!this.#isSynced) return;
    this.#isSynced = false;
    this.#requestSnapshot();
  }

  #requestSnapshot(): void {
    this.#send(Up.ready, this.#encoder.ready(0));
  }

  #send(type: number, bytes: Uint8Array): void {
    this.#outbox.push({ type, bytes });
  }
}
