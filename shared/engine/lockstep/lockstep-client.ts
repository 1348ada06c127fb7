/** The client runtime without IO: bytes and the time go in, bytes to send and a world to draw come out (R12). */

import { mostInputDelay } from "../game/define-game.ts";
import type { Game, Seat } from "../game/game.ts";
import type { Frozen, Plain } from "../layout/plain.ts";
import { type DownMessage, decodeDown } from "../protocol/down.ts";
import type { Simulation } from "../sim/simulation.ts";
import { createStats, type LockstepStats } from "./lockstep-stats.ts";
import { Outbox, type Outgoing } from "./outbox.ts";
import type { OwnCommands } from "./own-commands.ts";
import { SnapshotDownload } from "./snapshot-download.ts";
import { Worlds, type WorldsOptions } from "./worlds.ts";

/** Rules that throw again within this time, in milliseconds, have a fault of their own. */
const FAULT_PATIENCE_MS = 10_000;

export type LockstepClientOptions<I> = WorldsOptions<I>;

export class LockstepClient<I, S> {
  readonly game: Game<I, S>;
  readonly stats: LockstepStats = createStats();
  /** What the client has to say; `takeOutbox` empties it. */
  readonly line: Outbox<I>;
  /** The local player's commands that are under way. */
  readonly commands: OwnCommands;
  readonly #worlds: Worlds<I, S>;
  readonly #download = new SnapshotDownload();
  #isSynced = false;
  #isHalted = false;
  #lastAdvance: number | undefined;
  #faultAt = Number.NEGATIVE_INFINITY;

  constructor(game: Game<I, S>, options: LockstepClientOptions<I>) {
    this.game = game;
    this.line = new Outbox(game);
    this.#worlds = new Worlds(game, options, this.line, this.stats);
    this.commands = this.#worlds.commands;
    this.line.ready(0);
  }

  /** True once a snapshot has arrived and the worlds mean something. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** How much of the snapshot that is under way has arrived, 0 .. 1; 1 once the client is in step. */
  get joinProgress(): number {
    return this.#isSynced ? 1 : this.#download.progress;
  }

  /**
   * Milliseconds that the line takes for a snapshot of this size that is not deflated, by what the last one took; 0 when one came
   * in a single part.
   */
  get snapshotMs(): number {
    return this.#download.ms;
  }

  /** The local seat; undefined before the first snapshot and for a client without one. */
  get seat(): Seat | undefined {
    return this.#worlds.seat;
  }

  /** Ticks stepped with confirmed frames. */
  get confirmedTick(): number {
    return this.confirmed.tick;
  }

  /** Ticks stepped with confirmed or guessed frames. */
  get predictedTick(): number {
    return this.#worlds.predicted.world.tick;
  }

  /** Frames that have arrived and are not stepped yet. More than a few: the client is catching up, or too slow. */
  get waitingFrames(): number {
    return this.#isSynced ? this.#worlds.confirmed.waiting : 0;
  }

  /** Milliseconds of the shortest recent round trip. */
  get roundTripMs(): number {
    return this.#worlds.clock.roundTripMs;
  }

  /** The round trip to be shown at `now` and how far the last ones lie apart, in milliseconds; undefined before it is known. */
  roundTripAt(now: number): { readonly ms: number; readonly spreadMs: number } | undefined {
    return this.#worlds.clock.roundTrip.shown(now);
  }

  /** Ticks between sampling an input and the tick it is for. */
  get inputDelay(): number {
    return this.#worlds.clock.delay.ticks;
  }

  /** The player's choice, in place of what game and line ask for; undefined: none. */
  get inputDelayWish(): number | undefined {
    return this.#worlds.clock.delay.chosen;
  }

  /** @throws RangeError beyond half a second, or for what is no whole number of ticks. */
  set inputDelayWish(ticks: number | undefined) {
    this.#worlds.clock.delay.choose(ticks, mostInputDelay(this.game.tickRate));
  }

  /** How long the prediction window has been used up, and the world has stood still (R8), in milliseconds; else 0. */
  get stalledMs(): number {
    return this.#worlds.stall.runMs;
  }

  /** True while the server closes no ticks: a pause, or a strict room that waits for a player. */
  get isHalted(): boolean {
    return this.#isHalted;
  }

  /** Predicted steps in which the rules threw; the guess is thrown away then, and what is confirmed goes on. */
  get predictionFaults(): { readonly count: number; readonly last: string | undefined } {
    return this.#worlds.predicted.faults;
  }

  /** The confirmed world: the one whose hash the server has too. */
  get confirmed(): Simulation<I, S> {
    return this.#worlds.confirmed.world;
  }

  /** The world to draw, now. Read-only (R11). */
  get state(): Frozen<Plain<S>> {
    return this.#worlds.predicted.world.state as Frozen<Plain<S>>;
  }

  /** The world one tick before `state`; a view draws in between, at `alpha`. */
  get previousState(): Frozen<Plain<S>> {
    return this.#worlds.predicted.previous as Frozen<Plain<S>>;
  }

  /** How far from `previousState` (0) to `state` (1) the local clock stands. */
  get alpha(): number {
    const ahead = this.#worlds.clock.position - (this.predictedTick - 1);
    return Math.max(0, Math.min(1, ahead));
  }

  /** What is to be sent since the last call; empties the outbox. */
  takeOutbox(): readonly Outgoing[] {
    return this.line.take();
  }

  /** Gives a command for the next picture; see `OwnCommands.give`. What becomes of it is in `commands.takeSettled`. */
  give(name: string, fields: unknown = {}): number {
    return this.#worlds.give(name, fields);
  }

  /** The connection is there again: asks for what was missed. Inputs made in between are forgotten. */
  resume(): void {
    this.#worlds.forgetInputs();
    this.#isHalted = false;
    this.line.take();
    this.commands.hold();
    this.line.ready(this.#isSynced ? this.#worlds.confirmed.nextTick : 0);
  }

  /** Another plane shows the world: nothing is advanced until `restart`. Pings go on. */
  suspend(): void {
    this.#isSynced = false;
    this.#isHalted = false;
    this.commands.ask();
  }

  /** Throws the world away and asks for a snapshot; until it comes, the last picture stays. */
  restart(): void {
    this.#isSynced = false;
    this.commands.hold();
    this.line.ready(0);
  }

  /** Takes a message of the server. Never throws on bad bytes: they are counted, and a snapshot is asked for. */
  receive(type: number, bytes: Uint8Array, now: number): void {
    const message = decodeDown(type, bytes);
    switch (message.kind) {
      case "snapshot":
        this.#takeSnapshotPart(message, now);
        break;
      case "frames":
        if (this.#isSynced && this.#worlds.confirmed.push(message.firstTick, message.count, message.bodies) === "gap")
          this.restart();
        break;
      case "pong":
        this.#worlds.clock.pong(message.echo, now, message.serverTicks);
        break;
      case "ask":
        this.#worlds.check.ask(message.tick);
        break;
      case "heal":
        if (this.#isSynced && !this.#worlds.heal(message.tick, message.hash, message.delta)) this.restart();
        break;
      case "halt":
        this.#isHalted = message.isHalted;
        if (!message.isHalted) this.#worlds.clock.resume(now, message.serverTicks);
        break;
      case "given":
        this.commands.resume(message.next);
        break;
      case "answer":
        this.commands.settle(message.number, message.outcome);
        break;
      case "plane":
        // The owner of the session looks after planes.
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
   * @throws RulesError when the game's rules throw on confirmed frames, if they do so again after the world was fetched
   * anew, and a `SampleError` when `sample` threw or gave what does not fit. Whatever else is thrown is a fault of ours.
   */
  advance(now: number): void {
    const elapsed = this.#lastAdvance === undefined ? 0 : now - this.#lastAdvance;
    this.#lastAdvance = now;
    const echo = this.#worlds.clock.takeLonePing(now);
    if (echo !== undefined) this.line.ping(echo);
    if (!this.#isSynced) return;
    const { outcome, fault } = this.#worlds.advance(now, elapsed, this.#isHalted);
    if (outcome === "in-step") return;
    if (outcome === "malformed") this.stats.malformed++;
    else {
      // A world that was changed from outside may be more than the rules can bear: once, it is fetched again.
      if (now - this.#faultAt < FAULT_PATIENCE_MS) throw fault;
      this.#faultAt = now;
    }
    this.restart();
  }

  #takeSnapshotPart(message: DownMessage & { kind: "snapshot" }, now: number): void {
    const snapshot = this.#download.take(message.part, now);
    if (snapshot === "more") return;
    if (snapshot !== "malformed" && this.#worlds.restore(snapshot, message.seat, message.isStrict)) {
      this.stats.snapshots++;
      this.#isSynced = true;
      return;
    }
    this.stats.malformed++;
    this.stats.unreadableSnapshots++;
    this.restart();
  }
}
