/**
 * A replay match: a recording as a match source, so that the views that draw matches draw it. Whoever draws it advances it, and
 * says how fast, whereto and whose seat is looked over. It has no timer, and nobody plays in it.
 */
import type { Game, Seat } from "../../shared/engine/game/game.ts";
import type { Frozen, Plain } from "../../shared/engine/layout/plain.ts";
import { createStats } from "../../shared/engine/lockstep/lockstep-stats.ts";
import { type CommandOutcome, refusedAs } from "../../shared/engine/protocol/command-outcome.ts";
import type { Plane } from "../../shared/engine/protocol/plane.ts";
import type { Recording } from "../../shared/recording/recording.ts";
import { Replayer } from "../../shared/recording/replayer.ts";
import type { Beginning } from "../../shared/referee/begun-match.ts";
import { Emitter } from "../events/emitter.ts";
import type { ConfirmedState, MatchEvents, MatchFigures, MatchSource } from "../match/match-source.ts";
import type { Picture } from "../match/picture.ts";
import type { Roster } from "../match/roster.ts";
import { endOfFault } from "../match/session-end.ts";
import { shownRoster } from "./shown-roster.ts";

/** Nobody sees what would have been in a longer gap between two draws, in milliseconds: it goes on from there. */
const LONGEST_GAP_MS = 250;
/** Ticks a draw: a game whose steps are dear is played slower than was asked for, and the page stays alive. */
const MOST_STEPS = 64;

export class ReplayMatch<I, S> extends Emitter<MatchEvents> implements MatchSource<S> {
  readonly kind = "replay";
  readonly phase = "playing";
  readonly plane: Plane = "lockstep";
  readonly isOnline = true;
  readonly spectators = 0;
  readonly chat = undefined;
  readonly recording: Recording;
  readonly game: Game<I, S>;
  isHidden = false;
  inputDelayWish: number | undefined;
  /** Ticks played for each tick of time, above 0. */
  speed = 1;
  isPlaying = true;
  /** Whose seat is looked over, while somebody holds it; undefined: nobody's. */
  followed: Seat | undefined;
  readonly #stats = createStats();
  readonly figures: MatchFigures = {
    ...{ isSynced: true, joinProgress: 1, ticksAhead: 0, inputDelay: 0, stalledMs: 0, stats: this.#stats },
    roundTripAt: () => undefined,
    ratesAt: () => undefined,
  };
  readonly #replayer: Replayer<I, S>;
  /** The world a tick before. */
  readonly #previous: Plain<S>;
  /** What is shown, in ticks: between the world before and the world there is. */
  #at: number;
  #drawnAt: number | undefined;
  #fault: string | undefined;

  private constructor(replayer: Replayer<I, S>) {
    super();
    this.#replayer = replayer;
    this.recording = replayer.recording;
    this.game = replayer.game;
    this.#previous = replayer.world.codec.create();
    this.#at = replayer.tick;
    this.#keepPrevious();
  }

  /**
   * At its first tick, playing; a sentence when the recording cannot be played with this declaration of the game.
   *
   * @param clock milliseconds of a monotonic clock: what steps cost here decides which worlds are kept to come back to.
   */
  static open<I, S>(game: Game<I, S>, recording: Recording, clock?: () => number): ReplayMatch<I, S> | string {
    const replayer = Replayer.open(game, recording, clock);
    return typeof replayer === "string" ? replayer : new ReplayMatch(replayer);
  }

  /** The tick of the world that is shown. */
  get tick(): number {
    return this.#replayer.tick;
  }

  /** Whether the world is that of the recording, as far as is known. */
  get isTrue(): boolean {
    return this.#replayer.isTrue;
  }

  /** Why it goes no further from here, in a sentence; undefined while it does. */
  get fault(): string | undefined {
    return this.#fault;
  }

  get seat(): Seat | undefined {
    return this.#replayer.roster.some(({ seat }) => seat === this.followed) ? this.followed : undefined;
  }

  get confirmed(): ConfirmedState {
    const { tick, hash } = this.#replayer;
    return { tick, hash: () => hash };
  }

  roster(): Roster {
    return shownRoster(this.#replayer.roster);
  }

  picture(): Picture<S> {
    const { tick } = this;
    const state = this.#replayer.world.state as Frozen<Plain<S>>;
    const previous = this.#previous as Frozen<Plain<S>>;
    const alpha = Math.max(0, Math.min(1, this.#at - (tick - 1)));
    return { state, previous, alpha, tick, confirmed: state, confirmedTick: tick };
  }

  /** What is needed to go on from here with another match: the world, the seat that is looked over or the first, and who is called what. */
  beginning(): Beginning {
    const { roster, world } = this.#replayer;
    const names = roster.map(({ seat, name }) => [seat, name] as const);
    return { snapshot: world.snapshot(), seat: this.seat ?? roster[0]?.seat, names };
  }

  /** Goes on from here; from the first tick where it has come to its end. */
  play(): void {
    if (this.tick >= this.recording.endTick) this.seek(this.recording.firstTick);
    this.isPlaying = true;
  }

  pause(): void {
    this.isPlaying = false;
    this.#at = this.tick;
  }

  /** Goes to a tick, or to the nearest one that is in the recording. */
  seek(tick: number): void {
    const { firstTick, endTick } = this.recording;
    this.#goTo(this.#recorded(Math.max(firstTick, Math.min(endTick, Math.round(tick))), "next"));
  }

  /** Goes so many ticks on, or back where it is negative, and stands still there. */
  stepBy(ticks: number): void {
    this.isPlaying = false;
    const { firstTick, endTick } = this.recording;
    const tick = Math.max(firstTick, Math.min(endTick, this.tick + ticks));
    this.#goTo(this.#recorded(tick, ticks < 0 ? "last" : "next"));
  }

  advance(now: number): void {
    const gap = this.#drawnAt === undefined ? 0 : Math.max(0, now - this.#drawnAt);
    this.#drawnAt = now;
    if (!this.isPlaying || this.isHidden) return;
    const wanted = this.#at + (Math.min(gap, LONGEST_GAP_MS) * this.speed * this.game.tickRate) / 1000;
    this.#at = Math.min(wanted, this.recording.endTick);
    this.#guard(() => this.#stepTo(Math.ceil(this.#at)));
  }

  /** Nobody plays here. */
  give(): Promise<CommandOutcome> {
    return Promise.resolve(refusedAs("command/no-seat"));
  }

  // There is no one to ask, and no connection.
  wishPause(): void {}
  hurry(): void {}
  sleep(): void {}
  wake(): void {}

  async leave(): Promise<void> {
    this.isPlaying = false;
  }

  #stepTo(tick: number): void {
    for (let steps = 0; this.tick < tick; steps++) {
      if (steps === MOST_STEPS) {
        this.#at = this.tick;
        return;
      }
      this.#keepPrevious();
      const found = this.#replayer.step();
      if (found?.kind === "fault") this.#stop(found.sentence);
      if (found?.kind === "fault" || found?.kind === "end") return;
      // The world a tick before this one is not known after a gap.
      if (found?.kind === "gap") this.#keepPrevious();
      if (found?.kind === "digest" || found?.kind === "keyframe") this.#stats.hashMismatches++;
      // What was not recorded is passed over.
      if (this.tick > tick) this.#at = this.tick;
    }
    if (this.tick >= this.recording.endTick) this.pause();
  }

  #goTo(tick: number): void {
    this.#fault = undefined;
    this.#guard(() => {
      const before = tick - 1;
      const isKnown = before >= this.recording.firstTick && this.recording.blockAt(before) !== undefined;
      const fault = isKnown ? this.#replayer.seek(before) : undefined;
      if (isKnown) this.#keepPrevious();
      const last = fault ?? this.#replayer.seek(tick);
      if (!isKnown) this.#keepPrevious();
      this.#at = this.tick;
      if (last !== undefined) this.#stop(last);
    });
  }

  /** What is thrown is shown, too: a recording is to be trusted as far as whoever gives it. */
  #guard(move: () => void): void {
    try {
      move();
    } catch (error) {
      this.#stop(endOfFault(error, this.game.name, this.tick).reason);
    }
    this.#stats.hashChecks = this.#replayer.compared.digests;
    this.#stats.isDiverged = !this.isTrue;
  }

  #stop(sentence: string): void {
    this.#fault = sentence;
    this.pause();
  }

  /** This tick, or where it was not recorded, the next or the last one before it that was. */
  #recorded(tick: number, way: "next" | "last"): number {
    const { recording } = this;
    if (recording.blockAt(tick) !== undefined) return tick;
    const after = recording.blocks.findIndex((block) => block.tick > tick);
    const before = recording.blocks[after - 1]!;
    return way === "next" ? recording.blocks[after]!.tick : before.tick + before.frames;
  }

  #keepPrevious(): void {
    const { world } = this.#replayer;
    world.codec.copy(world.state, this.#previous);
  }
}
