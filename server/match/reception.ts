/** What clients say to the referee, and what becomes of it: budget, decoding, answers, snapshots that are owed (R13). */
import type { Plain } from "../../shared/engine/codec/plain.ts";
import type { Game } from "../../shared/engine/game/game.ts";
import type { CloseName } from "../../shared/engine/protocol/close-codes.ts";
import { Down, DownEncoder } from "../../shared/engine/protocol/down.ts";
import { UpDecoder, type UpMessage } from "../../shared/engine/protocol/up.ts";
import type { Simulation } from "../../shared/engine/sim/simulation.ts";
import type { DesyncWatch } from "./desync-watch.ts";
import type { FrameBroadcast } from "./frame-broadcast.ts";
import type { InputIntake, Verdict } from "./input-intake.ts";
import { LateJoin } from "./late-join.ts";
import { createMember, type Member, type Plane } from "./member.ts";
import { standingOf } from "./patience.ts";
import type { Pack, Peer } from "./peer.ts";
import type { Seats } from "./seats.ts";

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

/** What of a match its clients' messages touch. */
export interface ReceptionOptions<I, S> {
  readonly game: Game<I, S>;
  readonly world: Simulation<I, S>;
  readonly seats: Seats;
  readonly intake: InputIntake<Plain<I>>;
  readonly desyncs: DesyncWatch;
  readonly broadcast: FrameBroadcast<I>;
  readonly pack: Pack;
}

export class Reception<I, S> {
  /** Messages of clients by what became of them. */
  readonly answers = new Map<Answer, number>();
  /** How often a client fell so far behind that the room stopped sending to it. */
  parked = 0;
  readonly #match: ReceptionOptions<I, S>;
  readonly #lateJoin: LateJoin;
  readonly #decoder: UpDecoder<Plain<I>>;
  readonly #encoder = new DownEncoder();
  readonly #members = new Map<Peer, Member>();

  constructor(match: ReceptionOptions<I, S>) {
    this.#match = match;
    this.#lateJoin = new LateJoin(match.pack, match.game.tickRate);
    this.#decoder = new UpDecoder(match.intake.codec);
  }

  /** Lets a client talk. A lockstep client receives nothing until it says that it is ready. */
  admit(peer: Peer, plane: Plane): void {
    this.#members.set(peer, createMember(plane, this.#match.world.tick));
  }

  /** Forgets a client; its seat is another matter. */
  dismiss(peer: Peer): void {
    this.#members.delete(peer);
    this.#match.broadcast.forget(peer);
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
      const parsed = this.#match.intake.codec.parse(untrusted);
      if (!parsed.ok) {
        this.#explain(peer, member, parsed.error, now);
        return "input/invalid";
      }
      const verdict = this.#match.intake.hold(this.#match.seats.seatOf(peer.id), parsed.value);
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

  /** Looks after the clients, once a tick: snapshots that are owed by now, and who has fallen behind (R14). */
  tend(): void {
    const { world, game } = this.#match;
    for (const [peer, member] of this.#members) {
      if (member.isOwedSnapshot) this.#serve(peer, member);
      const standing = standingOf(peer, member, world.tick, game.tickRate);
      if (standing === "park") this.#park(peer, member);
      else if (standing !== "fine") this.#close(peer, standing);
    }
  }

  #park(peer: Peer, member: Member): void {
    member.isParked = true;
    this.parked++;
    this.#match.broadcast.forget(peer);
  }

  /** Spends the client's budget on a message, lets `answer` deal with it, and counts what became of it. */
  #judge(peer: Peer, now: number, answer: (member: Member) => Answer): Answer {
    const member = this.#members.get(peer);
    const spent = member?.budget.spend(now);
    let result: Answer;
    if (member === undefined) result = "stranger";
    else if (spent === "flood") result = this.#close(peer, "protocol/flood");
    else result = spent === "refused" ? "refused" : this.#hear(peer, member, answer);
    this.answers.set(result, (this.answers.get(result) ?? 0) + 1);
    return result;
  }

  /** Whoever was parked and is heard again is brought to the present. */
  #hear(peer: Peer, member: Member, answer: (member: Member) => Answer): Answer {
    member.heardTick = this.#match.world.tick;
    const result = answer(member);
    if (member.isParked && result !== "closed") {
      member.isParked = false;
      this.#bring(peer, member, 0);
    }
    return result;
  }

  #countMalformed(peer: Peer, member: Member): Answer {
    member.malformed++;
    return member.malformed > MOST_MALFORMED ? this.#close(peer, "protocol/malformed") : "malformed";
  }

  #explain(peer: Peer, member: Member, error: string, now: number): void {
    if (now - member.explainedAt < EXPLAIN_INTERVAL_MS) return;
    member.explainedAt = now;
    peer.refuse("input/invalid", `${this.#match.game.name} input: ${error}`);
  }

  #answer(peer: Peer, member: Member, message: UpMessage<Plain<I>>, phase: number): Answer {
    switch (message.kind) {
      case "input":
        this.#acknowledge(member, message.confirmedTick);
        return this.#match.intake.accept(
          this.#match.seats.seatOf(peer.id),
          message.tick,
          this.#match.world.tick,
          message.input,
        );
      case "ping":
        peer.send(this.#match.pack(Down.pong, this.#encoder.pong(message.echo, this.#match.world.tick + phase)));
        return "ping";
      case "hash":
        this.#acknowledge(member, message.tick);
        if (this.#match.desyncs.check(message.tick, message.hash) === "differs") this.#bring(peer, member, 0);
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
    const { broadcast } = this.#match;
    broadcast.listen(peer);
    if (nextTick === 0 || !this.#lateJoin.isDue(this.#match.world.tick, member)) this.#serve(peer, member);
    else if (broadcast.sendSince(nextTick, peer)) member.broughtTick = this.#match.world.tick;
    else this.#serve(peer, member);
  }

  #serve(peer: Peer, member: Member): void {
    this.#lateJoin.serve(this.#match.world, this.#match.seats.seatOf(peer.id), peer, member);
  }

  #acknowledge(member: Member, tick: number): void {
    if (tick > member.confirmedTick && tick <= this.#match.world.tick) member.confirmedTick = tick;
  }

  #close(peer: Peer, name: CloseName): Answer {
    this.dismiss(peer);
    peer.close(name);
    return "closed";
  }
}
