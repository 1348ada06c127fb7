/** The referee: owns the world and closes one frame a tick. No Colyseus, no sockets, no timers: whoever runs it sends what it wants sent. */
import { inputCodecOf } from "../engine/codec/input-codec.ts";
import type { Game, Seat } from "../engine/game/game.ts";
import type { Plain } from "../engine/layout/plain.ts";
import { Simulation } from "../engine/sim/simulation.ts";
import { HashHistory } from "./history/hash-history.ts";
import { Keyframes } from "./history/keyframes.ts";
import { CommandIntake } from "./inputs/command-intake.ts";
import { FrameMaker } from "./inputs/frame-maker.ts";
import { acceptsOf, InputIntake } from "./inputs/input-intake.ts";
import { Pause } from "./inputs/pause.ts";
import { ReturnWait } from "./inputs/return-wait.ts";
import { SeatBots } from "./inputs/seat-bots.ts";
import { type SeatOwner, Seats } from "./inputs/seats.ts";
import { StrictWait } from "./inputs/strict-wait.ts";
import type { MatchGuard } from "./match-guard.ts";
import { MatchJournals } from "./match-journals.ts";
import { type MatchOptions, playOptionsOf, type ResumeOptions } from "./match-options.ts";
import { loadMatch, type Standing, saveStanding } from "./match-standing.ts";
import { FrameBroadcast } from "./peers/frame-broadcast.ts";
import { Outbox } from "./peers/outbox.ts";
import { PingReplies } from "./peers/ping-replies.ts";
import type { SavedMatch, SavedStanding } from "./saved-match.ts";
import { ClientSessions } from "./sessions/client-sessions.ts";
import { writeStanding } from "./standing-bytes.ts";

/** The outcome of a tick that was due. */
export type Closed = "closed" | "paused" | "waiting";

const NOBODY: readonly Seat[] = [];
const UNFINISHED = "the tick whose frame was closed is to be finished first";

export class Match<I, S> {
  readonly game: Game<I, S>;
  readonly world: Simulation<I, S>;
  readonly seats: Seats;
  readonly intake: InputIntake<Plain<I>>;
  readonly commands: CommandIntake;
  readonly hashes: HashHistory;
  readonly keyframes: Keyframes<I, S>;
  readonly pause: Pause;
  readonly sessions: ClientSessions<I, S>;
  /** What is to be sent to whom: after each call of this match or its sessions, to be sent and cleared. */
  readonly outbox: Outbox;
  readonly #broadcast: FrameBroadcast<I>;
  readonly #bots: SeatBots<I, S>;
  readonly #frames: FrameMaker<I, S>;
  readonly #standing: Standing;
  /** Whether the game's bot plays the seats of players who are away. */
  readonly #botsPlayAway: boolean;
  readonly #strict: StrictWait | undefined;
  readonly #returns: ReturnWait;
  readonly #pings: PingReplies;
  #isPaused = false;
  /** What became of the tick that was due, until it is finished. */
  #closed: Closed | undefined;
  readonly #guard: MatchGuard<I, S> | undefined;
  readonly #journals: MatchJournals | undefined;

  /** @param snapshot of this game, for `Match.resume`: the world to begin with instead of one that is set up. */
  constructor(literal: Game<I, S>, options: MatchOptions, snapshot?: Uint8Array) {
    this.#guard = options.guard?.(literal);
    const game = this.#guard?.game ?? literal;
    const codec = inputCodecOf(game.input, `${game.name}.input`);
    this.game = game;
    this.world = snapshot === undefined ? new Simulation(game, options.seed) : Simulation.from(game, snapshot)!;
    this.seats = new Seats(game.seats.max);
    const { tickRate, lateInputs = "move" } = game;
    const rules = { seats: game.seats.max, tickRate, lateInputs, onFault: options.onInputFault };
    this.intake = new InputIntake(codec, rules, acceptsOf(game));
    this.commands = new CommandIntake(game, options.onInputFault);
    this.outbox = new Outbox(options.pack);
    this.#broadcast = new FrameBroadcast(game, this.outbox, this.world.tick);
    this.#bots = new SeatBots(game, codec, Math.min(options.bots, game.seats.max), options.seed);
    this.#botsPlayAway = game.bot !== undefined && options.away === "bot";
    this.hashes = new HashHistory(game);
    this.keyframes = new Keyframes(game, this.#broadcast.log);
    this.pause = new Pause(options.pause ?? "off", this.seats);
    this.#returns = new ReturnWait(this.seats);
    const { strictSeconds, engine = "unknown", logic, onReport = () => {} } = options;
    if (strictSeconds !== undefined) this.#strict = new StrictWait(strictSeconds * 1000, game.seats.max, this.intake);
    if (snapshot === undefined) this.#record();
    this.#pings = new PingReplies(this.outbox, tickRate);
    const { world, seats, intake, commands, hashes, keyframes, pause, outbox } = this;
    const [bots, botsPlayAway] = [this.#bots, this.#botsPlayAway];
    this.#frames = new FrameMaker({ game, world, seats, intake, commands, bots, botsPlayAway });
    this.sessions = new ClientSessions({
      ...{ world, seats, intake, commands, hashes, keyframes, pause, outbox, engine, logic, onReport },
      broadcast: this.#broadcast,
      pings: this.#pings,
      isStrict: strictSeconds !== undefined,
    });
    const [{ presence }, strict] = [this.sessions, this.#strict];
    this.#standing = {
      ...{ options: playOptionsOf(options), seats, bots, intake, commands, pause, presence, strict },
      halting: this.sessions,
    };
    const standing = (at: number): Uint8Array => writeStanding(this.#saveStanding(at));
    const sinks = [options.journal, options.recording];
    this.#journals = MatchJournals.of(sinks, { game, world, seats, pause, standing });
  }

  /**
   * A match that goes on where a saved one stood: the same frames follow as would have followed there.
   *
   * Nobody is connected to it. Whoever holds a seat is admitted again when their connection is there, with `dropSeat` and
   * `returnSeat` around it where it was lost meanwhile, and `freeSeat` when they do not come; ticks wait for them after `expectReturns`.
   *
   * @returns what is wrong, in a sentence, when what was saved does not fit this game or its rules.
   * @throws RulesError when the game's rules throw, because the frames since the snapshot are stepped once more.
   */
  static resume<I, S>(literal: Game<I, S>, saved: SavedMatch, options: ResumeOptions): Match<I, S> | string {
    const { history } = saved;
    if (Simulation.from(literal, history.snapshot) === undefined)
      return `the snapshot cannot be read with this declaration of ${literal.name}: it is of another game or build`;
    const match = new Match(literal, { ...options, ...saved.options, seed: 0 }, history.snapshot);
    const log = match.#broadcast.log;
    match.#isPaused = saved.isPaused;
    const { world, hashes, keyframes } = match;
    const fault = loadMatch(match.#standing, { world, hashes, keyframes, log }, saved, options);
    match.sessions.lateJoin.beganAt = world.tick;
    return fault ?? match;
  }

  /** What `Match.resume` needs to go on at the open tick. @param now as for `closeTick`. */
  save(now = 0): SavedMatch {
    if (this.#closed !== undefined) throw new Error(UNFINISHED);
    return { history: this.keyframes.save(), ...this.#saveStanding(now) };
  }

  #saveStanding(now: number): SavedStanding {
    return saveStanding(this.#standing, { isPaused: this.#isPaused, openTick: this.world.tick, now });
  }

  /** "waiting" until as many seats are held as the game needs, then "playing"; "paused" while ticks stand still. */
  get phase(): "waiting" | "playing" | "paused" {
    if (this.#isPaused) return "paused";
    return this.seats.held() < this.game.seats.min ? "waiting" : "playing";
  }

  /** Seats that are waited for: a strict room's when that has been long enough to be shown, and those of `expectReturns`. */
  awaited(now: number): readonly Seat[] {
    return this.#returns.seats.length > 0 ? this.#returns.seats : (this.#strict?.shown(now) ?? NOBODY);
  }

  /**
   * After `resume`: players have lost their connections with the referee before, and ticks stand still until they are back or
   * have given up their seats. @param mostMs how long at most, in milliseconds.
   */
  expectReturns(mostMs: number): void {
    for (const seat of this.#returns.begin(mostMs)) this.dropSeat(this.seats.holder(seat)!.id);
  }

  /** Gives a player a seat from the next frame on; undefined when every seat is held by a player. */
  takeSeat(holder: SeatOwner): Seat | undefined {
    const seat = this.seats.take(holder);
    if (seat === undefined) return undefined;
    this.intake.open(seat);
    this.commands.open(seat);
    this.pause.clear(seat);
    this.#strict?.excuse(seat);
    this.#journals?.note();
    return seat;
  }

  /** A client is gone for good: its seat, if it had one, is free from the next frame on. */
  freeSeat(id: string): void {
    this.sessions.forget(id);
    const seat = this.seats.seatOf(id);
    if (seat === undefined) return;
    this.seats.free(seat);
    this.intake.close(seat);
    this.commands.close(seat);
    this.#strict?.excuse(seat);
    this.#journals?.note();
  }

  /** Holds the seat of a player whose connection dropped. Inputs that they sent are forgotten, so that none is applied late; commands that have come are applied. */
  dropSeat(id: string): void {
    this.#setAway(id, true);
  }

  /** The player is back in the same seat. */
  returnSeat(id: string): void {
    this.#setAway(id, false);
  }

  /**
   * A tick is due: its frame is closed, unless the room is paused or, being strict, waits for a player (R2). The outbox is to be
   * sent before `finishTick` steps it, because rules may take their time.
   *
   * @param now milliseconds of a monotonic clock, that of the moments at which messages came.
   * @throws RulesError when the game's bot throws; the match is over then, as after a fault of ours.
   */
  closeTick(now = 0): Closed {
    this.outbox.assertSent();
    if (this.#closed !== undefined) throw new Error(UNFINISHED);
    this.#journals?.note(now);
    this.#isPaused = this.pause.isWanted(now);
    const isWaiting =
      !this.#isPaused && (this.#returns.mustWait(now) || this.#strict?.mustWait(this.world.tick, now) === true);
    this.#pings.settle(now);
    this.#closed = this.#isPaused ? "paused" : isWaiting ? "waiting" : "closed";
    if (this.#closed === "closed") {
      const { tick } = this.world;
      // Logged, and to be sent; but written down first.
      const body = this.#broadcast.close(this.#frames.make(), this.world.seats, this.hashes.digestFor(tick));
      this.#journals?.frame(tick, body);
    }
    return this.#closed;
  }

  /**
   * The other half of a tick that was due: the world is stepped and hashed if a frame was closed, and clients are looked after.
   * @param now as for `closeTick`. @throws RulesError when the game's rules throw; the match is over then.
   */
  finishTick(now = 0): void {
    this.outbox.assertSent();
    if (this.#closed === "closed") this.#step();
    this.#closed = undefined;
    this.sessions.halt(this.#isPaused || this.awaited(now).length > 0);
    this.sessions.tend();
  }

  #step(): void {
    const { frame } = this.#frames;
    if (this.#guard === undefined) this.world.step(frame);
    else this.#guard.step(this.world, frame);
    this.#record();
    if (frame.commands.length > 0) this.sessions.settle(frame);
  }

  #setAway(id: string, isAway: boolean): void {
    const seat = this.seats.seatOf(id);
    if (seat === undefined) return;
    this.seats.setAway(seat, isAway);
    this.intake.open(seat);
    if (isAway && this.#botsPlayAway) this.#strict?.excuse(seat);
  }

  #record(): void {
    this.hashes.record(this.world.tick, this.world.hash());
    this.keyframes.tend(this.world);
  }
}
