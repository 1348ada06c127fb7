/** The referee: owns the world and closes one frame a tick. No Colyseus, no sockets, no timers. */
import { inputCodecOf } from "../engine/codec/input-codec.ts";
import type { Frozen, Plain } from "../engine/codec/plain.ts";
import type { Game, Seat } from "../engine/game/game.ts";
import { RulesError } from "../engine/game/rules-error.ts";
import { createFrame, type Frame } from "../engine/sim/frame.ts";
import { Simulation } from "../engine/sim/simulation.ts";
import type { DesyncReport } from "./desync/desync-report.ts";
import { HashHistory } from "./history/hash-history.ts";
import { Keyframes } from "./history/keyframes.ts";
import { InputIntake } from "./inputs/input-intake.ts";
import { Pause, type PauseRule } from "./inputs/pause.ts";
import { SeatBots } from "./inputs/seat-bots.ts";
import { type SeatOwner, Seats } from "./inputs/seats.ts";
import { StrictWait } from "./inputs/strict-wait.ts";
import type { MakeGuard, MatchGuard } from "./match-guard.ts";
import { FrameBroadcast } from "./peers/frame-broadcast.ts";
import type { Pack } from "./peers/peer.ts";
import { PingReplies } from "./peers/ping-replies.ts";
import { ClientSessions } from "./sessions/client-sessions.ts";

export type AwayPlay = "neutral" | "bot";

export interface MatchOptions {
  /** Any unsigned 32-bit number; the same seed and inputs give the same match. */
  readonly seed: number;
  /** Bots fill the table up to this many held seats; 0 for none. */
  readonly bots: number;
  /** Who plays a seat whose player's connection dropped, while it is held: nobody (default), or the game's bot. */
  readonly away?: AwayPlay;
  /** Who may pause; default "off". */
  readonly pause?: PauseRule;
  /** Strict mode: how long a tick waits for the input of every seat, in seconds (R2). Left out: it waits for nobody. */
  readonly strictSeconds?: number;
  /** The transport's envelope. */
  readonly pack: Pack;
  /** The platform of this process, for desync reports. */
  readonly engine?: string;
  /** The logic hash of the game, for desync reports. */
  readonly logic?: string | undefined;
  /** Is given a report of every desync. */
  readonly onReport?: (report: DesyncReport) => void;
  /**
   * Is told of each input at which the game's `accepts` threw, as a `RulesError`: it is not accepted, and the match goes on.
   * Any client that can send an input could end every match otherwise.
   */
  readonly onInputFault?: ((error: unknown) => void) | undefined;
  /** Watches the match, in development. */
  readonly guard?: MakeGuard | undefined;
}

/** The outcome of a tick that was due. */
export type Closed = "closed" | "paused" | "waiting";

const NOBODY: readonly Seat[] = [];
/** Nobody is told of a wait that is shorter than this, in milliseconds: prediction hides it. */
const SHOWN_WAIT_MS = 250;

export class Match<I, S> {
  readonly game: Game<I, S>;
  readonly world: Simulation<I, S>;
  readonly seats: Seats;
  readonly intake: InputIntake<Plain<I>>;
  readonly hashes: HashHistory;
  readonly keyframes: Keyframes<I, S>;
  readonly pause: Pause;
  /** The sessions of its clients. */
  readonly sessions: ClientSessions<I, S>;
  readonly #broadcast: FrameBroadcast<I>;
  readonly #bots: SeatBots<I, S>;
  readonly #frame: Frame<Plain<I>>;
  readonly #away: AwayPlay;
  readonly #strict: StrictWait | undefined;
  readonly #pings: PingReplies;
  #isPaused = false;
  readonly #guard: MatchGuard<I, S> | undefined;

  constructor(literal: Game<I, S>, options: MatchOptions) {
    this.#guard = options.guard?.(literal);
    const game = this.#guard?.game ?? literal;
    const codec = inputCodecOf(game.input, `${game.name}.input`);
    this.game = game;
    this.world = new Simulation(game, options.seed);
    this.seats = new Seats(game.seats.max);
    const { tickRate, lateInputs = "move" } = game;
    const rules = { seats: game.seats.max, tickRate, lateInputs, onFault: options.onInputFault };
    this.intake = new InputIntake(codec, rules, (input) => accepts(game, input));
    this.#broadcast = new FrameBroadcast(game, options.pack);
    this.#bots = new SeatBots(game, codec, Math.min(options.bots, game.seats.max), options.seed);
    this.#frame = createFrame(game);
    this.#away = game.bot === undefined ? "neutral" : (options.away ?? "neutral");
    this.hashes = new HashHistory(game);
    this.keyframes = new Keyframes(game, this.#broadcast.log);
    this.pause = new Pause(options.pause ?? "off", this.seats);
    const { strictSeconds, pack, engine = "unknown", logic, onReport = () => {} } = options;
    if (strictSeconds !== undefined) this.#strict = new StrictWait(strictSeconds * 1000, game.seats.max, this.intake);
    this.#record();
    this.#pings = new PingReplies(pack, tickRate);
    const { world, seats, intake, hashes, keyframes, pause } = this;
    this.sessions = new ClientSessions({
      world,
      seats,
      intake,
      hashes,
      keyframes,
      pause,
      broadcast: this.#broadcast,
      pings: this.#pings,
      pack,
      isStrict: strictSeconds !== undefined,
      engine,
      logic,
      onReport,
    });
  }

  /** "waiting" until as many seats are held as the game needs, then "playing"; "paused" while ticks stand still. */
  get phase(): "waiting" | "playing" | "paused" {
    if (this.#isPaused) return "paused";
    return this.seats.held() < this.game.seats.min ? "waiting" : "playing";
  }

  /** Seats that a strict room has been waiting for long enough to be shown. */
  awaited(now: number): readonly Seat[] {
    return this.#strict !== undefined && this.#strict.waitedMs(now) >= SHOWN_WAIT_MS ? this.#strict.missing : NOBODY;
  }

  /** Gives a player a seat from the next frame on; undefined when every seat is held by a player. */
  takeSeat(holder: SeatOwner): Seat | undefined {
    const seat = this.seats.take(holder);
    if (seat === undefined) return undefined;
    this.intake.open(seat);
    this.pause.clear(seat);
    this.#strict?.excuse(seat);
    return seat;
  }

  /** A client is gone for good: its seat, if it had one, is free from the next frame on. */
  freeSeat(id: string): void {
    this.sessions.forget(id);
    const seat = this.seats.seatOf(id);
    if (seat === undefined) return;
    this.seats.free(seat);
    this.intake.close(seat);
    this.#strict?.excuse(seat);
  }

  /** Holds the seat of a player whose connection dropped. What they sent before is forgotten: nothing is applied late. */
  dropSeat(id: string): void {
    this.#setAway(id, true);
  }

  /** The player is back in the same seat. */
  returnSeat(id: string): void {
    this.#setAway(id, false);
  }

  /**
   * A tick is due: it is closed, unless the room is paused or, being strict, waits for a player (R2).
   *
   * @param now milliseconds of a monotonic clock, that of the moments at which messages came.
   * @throws RulesError when the game's rules or its bot throw; the match is over then, as it is after anything else, which
   *   is a fault of ours.
   */
  closeTick(now = 0): Closed {
    this.#isPaused = this.pause.isWanted(now);
    const isWaiting = !this.#isPaused && this.#strict?.mustWait(this.world.tick, now) === true;
    this.#pings.hand(now);
    if (!this.#isPaused && !isWaiting) this.#close();
    this.sessions.halt(this.#isPaused || this.awaited(now).length > 0);
    this.#pings.settle();
    this.sessions.tend();
    return this.#isPaused ? "paused" : isWaiting ? "waiting" : "closed";
  }

  /** One frame of every held seat's input: logged, sent, stepped and hashed. */
  #close(): void {
    const { world } = this;
    const frame = this.#frame;
    this.#bots.balance(this.seats);
    frame.tick = world.tick;
    this.seats.drainInto(frame.leaves, frame.joins);
    for (let seat = 0; seat < this.seats.count; seat++) {
      if (!this.seats.isHeld(seat)) continue;
      if (this.#isPlayedByBot(seat))
        world.seats.codec.copy(this.#bots.play(seat, world.state, world.tick), frame.inputs[seat]!);
      else this.intake.collect(seat, world.tick, frame.inputs[seat]!);
    }
    this.#broadcast.close(frame, world.seats, this.hashes.digestFor(world.tick));
    if (this.#guard === undefined) world.step(frame);
    else this.#guard.step(world, frame);
    this.#record();
  }

  #isPlayedByBot(seat: Seat): boolean {
    return this.seats.isBot(seat) || (this.#away === "bot" && this.seats.isAway(seat));
  }

  #setAway(id: string, isAway: boolean): void {
    const seat = this.seats.seatOf(id);
    if (seat === undefined) return;
    this.seats.setAway(seat, isAway);
    this.intake.open(seat);
    if (isAway && this.#away === "bot") this.#strict?.excuse(seat);
  }

  #record(): void {
    this.hashes.record(this.world.tick, this.world.hash());
    this.keyframes.tend(this.world);
  }
}

function accepts<I, S>(game: Game<I, S>, input: Plain<I>): boolean {
  try {
    return game.accepts === undefined || game.accepts(input as Frozen<Plain<I>>);
  } catch (cause) {
    throw new RulesError(game.name, "accepts", cause);
  }
}
