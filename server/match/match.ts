/** The referee: owns the world and closes one frame a tick. No Colyseus, no sockets, no timers. */
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import type { Frozen, Plain } from "../../shared/engine/codec/plain.ts";
import type { Game, Seat } from "../../shared/engine/game/game.ts";
import { hashInterval } from "../../shared/engine/protocol/frame-codec.ts";
import { createFrame, type Frame } from "../../shared/engine/sim/frame.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";
import { DesyncWatch } from "./desync-watch.ts";
import { FrameBroadcast } from "./frame-broadcast.ts";
import { InputIntake } from "./input-intake.ts";
import type { MakeGuard, MatchGuard } from "./match-guard.ts";
import type { Pack } from "./peer.ts";
import { Reception } from "./reception.ts";
import { SeatBots } from "./seat-bots.ts";
import { type Holder, Seats } from "./seats.ts";

export type AwayPlay = "neutral" | "bot";

export interface MatchOptions {
  /** Any unsigned 32-bit number; the same seed and inputs give the same match. */
  readonly seed: number;
  /** Bots fill the table up to this many held seats; 0 for none. */
  readonly bots: number;
  /** Who plays a seat whose player's connection dropped, while it is held: nobody (default), or the game's bot. */
  readonly away?: AwayPlay;
  /** The transport's envelope. */
  readonly pack: Pack;
  /** Watches the match, in development. */
  readonly guard?: MakeGuard | undefined;
}

export class Match<I, S> {
  readonly game: Game<I, S>;
  readonly world: Simulation<I, S>;
  readonly seats: Seats;
  readonly intake: InputIntake<Plain<I>>;
  readonly desyncs = new DesyncWatch();
  /** Where its clients talk. */
  readonly reception: Reception<I, S>;
  readonly #broadcast: FrameBroadcast<I>;
  readonly #bots: SeatBots<I, S>;
  readonly #frame: Frame<Plain<I>>;
  readonly #hashInterval: number;
  readonly #away: AwayPlay;
  readonly #guard: MatchGuard<I, S> | undefined;

  constructor(literal: Game<I, S>, options: MatchOptions) {
    this.#guard = options.guard?.(literal);
    const game = this.#guard?.game ?? literal;
    const codec = inputCodecOf(game.input, `${game.name}.input`);
    this.game = game;
    this.world = new Simulation(game, options.seed);
    this.seats = new Seats(game.seats.max);
    const { tickRate, lateInputs = "move" } = game;
    this.intake = new InputIntake(codec, { seats: game.seats.max, tickRate, lateInputs }, (input) =>
      game.accepts === undefined ? true : game.accepts(input as Frozen<Plain<I>>),
    );
    this.#broadcast = new FrameBroadcast(game, options.pack);
    this.#bots = new SeatBots(game, codec, Math.min(options.bots, game.seats.max), options.seed);
    this.#frame = createFrame(game);
    this.#hashInterval = hashInterval(game);
    this.#away = game.bot === undefined ? "neutral" : (options.away ?? "neutral");
    this.#recordHash();
    const { world, seats, intake, desyncs } = this;
    this.reception = new Reception({
      game,
      world,
      seats,
      intake,
      desyncs,
      broadcast: this.#broadcast,
      pack: options.pack,
    });
  }

  /** "waiting" until as many seats are held as the game needs, then "playing". */
  get phase(): "waiting" | "playing" {
    return this.seats.held() < this.game.seats.min ? "waiting" : "playing";
  }

  /** Gives a player a seat from the next frame on; undefined when every seat is held by a player. */
  takeSeat(holder: Holder): Seat | undefined {
    const seat = this.seats.take(holder);
    if (seat !== undefined) this.intake.open(seat);
    return seat;
  }

  /** Frees the seat of this holder from the next frame on. */
  freeSeat(id: string): void {
    const seat = this.seats.seatOf(id);
    if (seat === undefined) return;
    this.seats.free(seat);
    this.intake.close(seat);
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
   * Closes the open tick: one frame of every held seat's input, logged, sent, stepped and hashed (R2).
   *
   * @throws whatever the game's rules or its bot throw; the match is over then.
   */
  closeTick(): void {
    const { world } = this;
    const frame = this.#frame;
    this.#bots.balance(this.seats);
    frame.tick = world.tick;
    this.seats.drainInto(frame.leaves, frame.joins);
    for (let seat = 0; seat < this.seats.count; seat++) {
      const holder = this.seats.holder(seat);
      if (holder === undefined) continue;
      if (this.#isPlayedByBot(seat, holder))
        world.seats.codec.copy(this.#bots.play(seat, world.state, world.tick), frame.inputs[seat]!);
      else this.intake.collect(seat, world.tick, frame.inputs[seat]!);
    }
    const carriesHash = world.tick % this.#hashInterval === 0;
    this.#broadcast.close(frame, world.seats, carriesHash ? this.desyncs.latest!.hash : undefined);
    if (this.#guard === undefined) world.step(frame);
    else this.#guard.step(world, frame);
    this.#recordHash();
    this.reception.tend();
  }

  #isPlayedByBot(seat: Seat, holder: Holder): boolean {
    return holder.kind === "bot" || (this.#away === "bot" && this.seats.isAway(seat));
  }

  #setAway(id: string, isAway: boolean): void {
    const seat = this.seats.seatOf(id);
    if (seat === undefined) return;
    this.seats.setAway(seat, isAway);
    this.intake.open(seat);
  }

  #recordHash(): void {
    this.desyncs.record(this.world.tick, this.world.hash());
  }
}
