/** The confirmed and the predicted world, and how they move through time together: the heart of the client runtime. */

import { mostInputDelay } from "../game/define-game.ts";
import type { Game, Seat } from "../game/game.ts";
import type { Plain } from "../layout/plain.ts";
import type { Frame } from "../sim/frame.ts";
import { ConfirmedWorld, type FrameListener } from "./confirmed-world.ts";
import { LocalClock } from "./local-clock.ts";
import type { LockstepStats } from "./lockstep-stats.ts";
import type { Outbox } from "./outbox.ts";
import { OwnCommands } from "./own-commands.ts";
import { OwnInputs } from "./own-inputs.ts";
import { PredictedWorld } from "./predicted-world.ts";
import { PredictionBudget } from "./prediction-budget.ts";
import { sampleFault } from "./sample-error.ts";
import { SelfCheck } from "./self-check.ts";
import { StallMeter } from "./stall-meter.ts";

/** Time that one `advance` may take for catching up, in milliseconds: half of a picture at 60 Hz. */
const CATCH_UP_MS = 8;
/** Without a clock: frames stepped in one `advance`. */
const MOST_STEPS_PER_ADVANCE = 400;

export interface WorldsOptions<I> {
  /** What the local player wants now; asked once for each tick that is predicted. */
  readonly sample: () => Plain<I>;
  /** Ticks between sampling an input and the tick it is for; left out: fitted to the line. */
  readonly inputDelay?: number;
  /** A clock in milliseconds: by what steps really cost, a long catch-up is spread over several draws, and less is predicted. */
  readonly clock?: () => number;
}

/** "fault": the rules threw `fault` on a confirmed frame; the worlds are then not to be trusted. */
export interface Advanced {
  readonly outcome: "in-step" | "malformed" | "fault";
  readonly fault?: unknown;
}

const IN_STEP: Advanced = { outcome: "in-step" };
const MALFORMED: Advanced = { outcome: "malformed" };

export class Worlds<I, S> {
  readonly confirmed: ConfirmedWorld<I, S>;
  readonly predicted: PredictedWorld<I, S>;
  readonly clock: LocalClock;
  readonly check: SelfCheck<I, S>;
  readonly stall: StallMeter;
  readonly commands: OwnCommands;
  readonly #options: WorldsOptions<I>;
  readonly #line: Outbox<I>;
  readonly #stats: LockstepStats;
  readonly #inputs: OwnInputs<Plain<I>>;
  readonly #budget: PredictionBudget;
  readonly #onFrame: FrameListener<I>;
  #seat: Seat | undefined;
  #isMispredicted = false;
  #now = 0;

  constructor(game: Game<I, S>, options: WorldsOptions<I>, line: Outbox<I>, stats: LockstepStats) {
    const { tickRate } = game;
    this.#options = options;
    this.#line = line;
    this.#stats = stats;
    this.#budget = new PredictionBudget(tickRate, stats);
    const { most } = this.#budget;
    this.confirmed = new ConfirmedWorld(game);
    this.commands = new OwnCommands(game as never, line as never);
    this.predicted = new PredictedWorld(game, most, this.commands);
    this.#inputs = new OwnInputs(line.codec, tickRate, 2 * (most + mostInputDelay(tickRate) + 1));
    const { inputDelay: leastDelay, lateInputs } = game;
    this.clock = new LocalClock({ tickRate, leastDelay, inputDelay: options.inputDelay, lateInputs });
    this.check = new SelfCheck(this.confirmed, line, stats);
    this.stall = new StallMeter(stats);
    this.#onFrame = (frame, digest) => {
      const { world } = this.confirmed;
      if (digest !== undefined) this.check.compare(digest);
      this.#noteLateness(frame);
      if (this.predicted.guessed(frame, world)) return;
      this.#isMispredicted = true;
      if (world.tick < this.predicted.world.tick) stats.mispredictions++;
    };
  }

  get seat(): Seat | undefined {
    return this.#seat;
  }

  /** Takes over a snapshot of the server; false when it is malformed. `isStrict`: every tick waits for every seat (R2). */
  restore(snapshot: Uint8Array, seat: Seat | undefined, isStrict: boolean): boolean {
    if (!this.confirmed.restore(snapshot)) return false;
    this.#seat = seat;
    this.#isMispredicted = false;
    this.predicted.reset(this.confirmed.world);
    this.commands.restore(this.confirmed.world.tick);
    this.#inputs.reset();
    this.#inputs.isEager = isStrict;
    this.check.reset();
    this.clock.reset();
    return true;
  }

  /** Takes the server's cure for a desync; false when it does not help. */
  heal(tick: number, hash: number, delta: Uint8Array): boolean {
    this.#isMispredicted = true;
    return this.check.heal(tick, hash, delta);
  }

  /** Forgets what the player wanted: the connection was gone meanwhile. */
  forgetInputs(): void {
    this.#inputs.reset();
  }

  /** Gives a command for the next tick that an input is asked for: it is in the next picture. See `OwnCommands.give`. */
  give(name: string, fields: unknown): number {
    const { predicted, confirmed, clock } = this;
    // Beyond the window the server takes none, and it may be the server that stands still.
    const latest = confirmed.world.tick + this.#budget.most;
    return this.commands.give(name, fields, Math.min(predicted.world.tick + clock.delay.ticks, latest));
  }

  /**
   * Brings the worlds to `now`; `elapsed` since the last time, in milliseconds.
   *
   * @throws SampleError when `sample` threw, or gave what does not fit.
   */
  advance(now: number, elapsed: number, isHalted: boolean): Advanced {
    this.#now = now;
    const advanced = this.#seat === undefined ? this.#watch(now) : this.#play(now, elapsed, isHalted);
    this.check.answer();
    return advanced;
  }

  #play(now: number, elapsed: number, isHalted: boolean): Advanced {
    const advanced = this.#stepConfirmed(Number.POSITIVE_INFINITY);
    if (advanced.outcome !== "in-step") return advanced;
    this.#correct();
    this.#predict(now, elapsed, isHalted);
    return advanced;
  }

  /** A spectator guesses nothing: confirmed worlds are shown evenly, a little later. */
  #watch(now: number): Advanced {
    const { confirmed, predicted, clock } = this;
    const position = clock.isReady ? clock.watch(now) : Number.POSITIVE_INFINITY;
    const target = Math.min(Math.floor(position) + 1, confirmed.nextTick);
    if (confirmed.world.tick >= target) return IN_STEP;
    const before = this.#stepConfirmed(target - 1);
    if (before.outcome !== "in-step") return before;
    predicted.follow(confirmed.world);
    const last = this.#stepConfirmed(target);
    if (last.outcome === "in-step") predicted.follow(confirmed.world);
    return last;
  }

  /** Steps what has arrived, up to a tick (exclusive), as long as the time for it lasts. */
  #stepConfirmed(toTick: number): Advanced {
    const { clock } = this.#options;
    const until = clock === undefined ? Number.POSITIVE_INFINITY : clock() + CATCH_UP_MS;
    for (let steps = 0; this.confirmed.world.tick < toTick; steps++) {
      if (clock === undefined ? steps >= MOST_STEPS_PER_ADVANCE : clock() > until) return IN_STEP;
      try {
        const stepped = this.confirmed.step(this.#onFrame);
        if (stepped === "empty") return IN_STEP;
        if (stepped === "malformed") return MALFORMED;
      } catch (fault) {
        return { outcome: "fault", fault };
      }
      this.#stats.confirmedFrames++;
      this.commands.confirm(this.confirmed.frame, this.#seat);
    }
    return IN_STEP;
  }

  #correct(): void {
    if (!this.#isMispredicted) return;
    this.#isMispredicted = false;
    const { clock } = this.#options;
    const began = clock?.() ?? 0;
    const depth = this.predicted.rollback(this.confirmed.world, this.#seat, this.#inputs);
    if (depth === 0) return;
    if (clock !== undefined) this.#budget.spent(clock() - began, depth);
    this.#stats.rollbacks++;
    this.#stats.rollbackDepth = depth;
    this.#stats.deepestRollback = Math.max(this.#stats.deepestRollback, depth);
    this.#stats.resimulatedTicks += depth;
  }

  #predict(now: number, elapsed: number, isHalted: boolean): void {
    const { confirmed, predicted, clock } = this;
    // While it catches up there is nothing to guess from.
    if (!clock.isReady || confirmed.waiting > 0) return;
    this.#budget.update(now, predicted.world.tick - confirmed.world.tick);
    const position = isHalted ? clock.position : clock.advance(now, confirmed.world.tick, this.#budget);
    // Where ticks stand still, the input of the open one is all that anybody waits for.
    const limit = confirmed.world.tick + (isHalted ? 1 : this.#budget.ticks);
    const target = isHalted ? limit - 1 : position;
    // After a return the guesses are ahead of what was said: a strict room waits for it all (R2).
    if (predicted.world.tick > target) this.#sampleTo(Math.floor(target) + clock.delay.ticks, now);
    while (predicted.world.tick <= target && predicted.world.tick < limit) {
      this.#sampleTo(predicted.world.tick + clock.delay.ticks, now);
      if (this.#guess()) continue;
      // The guess is thrown away; what is confirmed goes on, and the next draw guesses again.
      predicted.reset(confirmed.world);
      break;
    }
    this.stall.count(!isHalted && predicted.world.tick <= position, elapsed);
  }

  /** One step more, and what it cost; false when the rules threw. */
  #guess(): boolean {
    const { clock } = this.#options;
    if (clock === undefined) return this.predicted.step(this.#seat, this.#inputs);
    const began = clock();
    const isFit = this.predicted.step(this.#seat, this.#inputs);
    this.#budget.spent(clock() - began, 1);
    return isFit;
  }

  /** An own input that its frame was closed without tells that this clock does not stand far enough ahead. */
  #noteLateness({ tick, inputs }: Frame<Plain<I>>): void {
    if (this.#seat === undefined) return;
    const missing = this.#inputs.firstMissing(tick, inputs[this.#seat]!);
    if (missing === undefined) return;
    this.#stats.lateInputs++;
    this.clock.trips.late(tick, missing, this.#now);
  }

  /** Asks what the player wants for every tick up to this one that nothing is known for yet. */
  #sampleTo(tick: number, now: number): void {
    const { confirmed, check, clock } = this;
    for (let at = Math.max(this.#inputs.latestTick + 1, confirmed.world.tick); at <= tick; at++) {
      clock.sampled(at, now);
      const input = this.#sample(at);
      if (input === undefined) continue;
      const confirmedTick = confirmed.world.tick;
      const riders = { digest: check.takeReport(confirmedTick), echo: clock.takePing(now) };
      this.#line.input(at, confirmedTick, input, riders);
    }
  }

  /** What is wanted for a tick, when it has to be sent. */
  #sample(tick: number): Plain<I> | undefined {
    try {
      const input = this.#options.sample();
      return this.#inputs.set(tick, input) ? input : undefined;
    } catch (cause) {
      throw sampleFault(this.confirmed.world.game.name, cause);
    }
  }
}
