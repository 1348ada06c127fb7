/** The referee: owns the world, closes one frame a tick, and answers its peers. No Colyseus, no sockets, no timers. */
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import type { Frozen, Plain } from "../../shared/engine/codec/plain.ts";
import type { Game, Seat } from "../../shared/engine/game/game.ts";
import { Down, DownEncoder } from "../../shared/engine/protocol/down.ts";
import { hashInterval } from "../../shared/engine/protocol/frame-codec.ts";
import { UpDecoder, type UpMessage } from "../../shared/engine/protocol/up.ts";
import { createFrame, type Frame } from "../../shared/engine/sim/frame.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";
import { DesyncWatch } from "./desync-watch.ts";
import { FrameBroadcast } from "./frame-broadcast.ts";
import { InputIntake, type Verdict } from "./input-intake.ts";
import { LateJoin } from "./late-join.ts";
import { createMember, type Member, type Plane } from "./member.ts";
import type { Pack, Peer } from "./peer.ts";
import { SeatBots } from "./seat-bots.ts";
import { type Holder, Seats } from "./seats.ts";

export interface MatchOptions {
  /** Any unsigned 32-bit number; the same seed and inputs give the same match. */
  readonly seed: number;
  /** Bots fill the table up to this many held seats; 0 for none. */
  readonly bots: number;
  /** The transport's envelope. */
  readonly pack: Pack;
}

/** After so many unreadable messages a client is closed with a named code. */
const MOST_MALFORMED = 20;

/** At most one refused input is explained to a stream client in this time. */
const EXPLAIN_INTERVAL_MS = 1000;

/** What became of a message of a client: each ends as one of these, and each of these is counted. */
export type Answer =
  | Verdict
  | "input/invalid"
  | "ready"
  | "ping"
  | "hash"
  | "passed"
  | "refused"
  | "malformed"
  | "stranger"
  | "closed";

export class Match<I, S> {
  readonly game: Game<I, S>;
  readonly world: Simulation<I, S>;
  readonly seats: Seats;
  readonly intake: InputIntake<Plain<I>>;
  readonly desyncs = new DesyncWatch();
  readonly #broadcast: FrameBroadcast<I>;
  /** Messages of clients by what became of them. */
  readonly answers = new Map<Answer, number>();
  readonly #lateJoin: LateJoin;
  readonly #pack: Pack;
  readonly #bots: SeatBots<I, S>;
  readonly #frame: Frame<Plain<I>>;
  readonly #decoder: UpDecoder<Plain<I>>;
  readonly #encoder = new DownEncoder();
  readonly #members = new Map<Peer, Member>();
  readonly #hashInterval: number;

  constructor(game: Game<I, S>, options: MatchOptions) {
    const codec = inputCodecOf(game.input, `${game.name}.input`);
    this.game = game;
    this.world = new Simulation(game, options.seed);
    this.seats = new Seats(game.seats.max);
    const { tickRate, lateInputs = "move" } = game;
    this.intake = new InputIntake(codec, { seats: game.seats.max, tickRate, lateInputs }, (input) =>
      game.accepts === undefined ? true : game.accepts(input as Frozen<Plain<I>>),
    );
    this.#pack = options.pack;
    this.#broadcast = new FrameBroadcast(game, options.pack);
    this.#lateJoin = new LateJoin(options.pack, game.tickRate);
    this.#bots = new SeatBots(game, codec, Math.min(options.bots, game.seats.max), options.seed);
    this.#frame = createFrame(game);
    this.#decoder = new UpDecoder(codec);
    this.#hashInterval = hashInterval(game);
    this.#recordHash();
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

  /** Lets a client talk. A lockstep client receives nothing until it says that it is ready. */
  admit(peer: Peer, plane: Plane): void {
    this.#members.set(peer, createMember(plane));
  }

  /** Forgets a client; its seat is another matter. */
  dismiss(peer: Peer): void {
    this.#members.delete(peer);
    this.#broadcast.forget(peer);
  }

  /** To which tick this client has stepped confirmed frames, as it says itself; undefined for a stranger. */
  confirmedTickOf(peer: Peer): number | undefined {
    return this.#members.get(peer)?.confirmedTick;
  }

  /**
   * Takes a message of a lockstep client: hostile until decoded (R13).
   *
   * @param now milliseconds of a monotonic clock.
   * @param phase how much of the open tick has passed, 0 .. 1.
   */
  receive(peer: Peer, type: number, bytes: Uint8Array, now: number, phase: number): Answer {
    return this.#judge(peer, now, (member) =>
      member.plane === "lockstep"
        ? this.#answer(peer, member, this.#decoder.decode(type, bytes), phase)
        : this.#countMalformed(peer, member),
    );
  }

  /** Takes an input of a stream client as it came over the wire: checked field by field, in force until the next. */
  submit(peer: Peer, untrusted: unknown, now: number): Answer {
    return this.#judge(peer, now, (member) => {
      if (member.plane !== "stream") return this.#countMalformed(peer, member);
      const parsed = this.intake.codec.parse(untrusted);
      if (!parsed.ok) {
        this.#explain(peer, member, parsed.error, now);
        return "input/invalid";
      }
      const verdict = this.intake.hold(this.seats.seatOf(peer.id), parsed.value);
      if (verdict === "input/not-accepted") this.#explain(peer, member, "the game does not accept these values", now);
      return verdict;
    });
  }

  /** Counts a message that somebody else answers; "passed" when the client may still say so much. */
  pass(peer: Peer, now: number): Answer {
    return this.#judge(peer, now, () => "passed");
  }

  /** Takes a message that is none of this protocol: counted, and closed when there are too many. */
  reject(peer: Peer, now: number): Answer {
    return this.#judge(peer, now, (member) => this.#countMalformed(peer, member));
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
      if (holder.kind === "bot")
        world.seats.codec.copy(this.#bots.play(seat, world.state, world.tick), frame.inputs[seat]!);
      else this.intake.collect(seat, world.tick, frame.inputs[seat]!);
    }
    const carriesHash = world.tick % this.#hashInterval === 0;
    this.#broadcast.close(frame, world.seats, carriesHash ? this.desyncs.latest!.hash : undefined);
    world.step(frame);
    this.#recordHash();
    for (const [peer, member] of this.#members) if (member.isOwedSnapshot) this.#serve(peer, member);
  }

  /** Spends the client's budget on a message, lets `answer` deal with it, and counts what became of it. */
  #judge(peer: Peer, now: number, answer: (member: Member) => Answer): Answer {
    const member = this.#members.get(peer);
    const spent = member?.budget.spend(now);
    let result: Answer;
    if (member === undefined) result = "stranger";
    else if (spent === "flood") result = this.#close(peer, "protocol/flood");
    else result = spent === "refused" ? "refused" : answer(member);
    this.answers.set(result, (this.answers.get(result) ?? 0) + 1);
    return result;
  }

  #countMalformed(peer: Peer, member: Member): Answer {
    member.malformed++;
    return member.malformed > MOST_MALFORMED ? this.#close(peer, "protocol/malformed") : "malformed";
  }

  #explain(peer: Peer, member: Member, error: string, now: number): void {
    if (now - member.explainedAt < EXPLAIN_INTERVAL_MS) return;
    member.explainedAt = now;
    peer.refuse("input/invalid", `${this.game.name} input: ${error}`);
  }

  #answer(peer: Peer, member: Member, message: UpMessage<Plain<I>>, phase: number): Answer {
    switch (message.kind) {
      case "input":
        this.#acknowledge(member, message.confirmedTick);
        return this.intake.accept(this.seats.seatOf(peer.id), message.tick, this.world.tick, message.input);
      case "ping":
        peer.send(this.#pack(Down.pong, this.#encoder.pong(message.echo, this.world.tick + phase)));
        return "ping";
      case "hash":
        this.#acknowledge(member, message.tick);
        if (this.desyncs.check(message.tick, message.hash) === "differs") this.#bring(peer, member, 0);
        return "hash";
      case "ready":
        this.#bring(peer, member, message.nextTick);
        return "ready";
      case "malformed":
        return this.#countMalformed(peer, member);
    }
  }

  /** Brings a client to the present: the frames since, or the world as it is, and every frame from now on. */
  #bring(peer: Peer, member: Member, nextTick: number): void {
    this.#broadcast.listen(peer);
    if (nextTick === 0 || !this.#broadcast.sendSince(nextTick, peer)) this.#serve(peer, member);
  }

  #serve(peer: Peer, member: Member): void {
    this.#lateJoin.serve(this.world, this.seats.seatOf(peer.id), peer, member);
  }

  #acknowledge(member: Member, tick: number): void {
    if (tick > member.confirmedTick && tick <= this.world.tick) member.confirmedTick = tick;
  }

  #close(peer: Peer, name: "protocol/flood" | "protocol/malformed"): Answer {
    this.dismiss(peer);
    peer.close(name);
    return "closed";
  }

  #recordHash(): void {
    this.desyncs.record(this.world.tick, this.world.hash());
  }
}
