/** What the referee answers to each message of a client that could be read. */
import type { Plain } from "../../engine/codec/plain.ts";
import type { Seat } from "../../engine/game/game.ts";
import type { UpMessage } from "../../engine/protocol/up.ts";
import type { Simulation } from "../../engine/sim/simulation.ts";
import type { Healing, HealingAnswer } from "../desync/healing.ts";
import type { HashDesk } from "../history/hash-history.ts";
import type { LateJoin } from "../history/late-join.ts";
import type { InputIntake, Verdict } from "../inputs/input-intake.ts";
import type { Pause } from "../inputs/pause.ts";
import type { Seats } from "../inputs/seats.ts";
import type { Member } from "../peers/member.ts";
import type { Peer } from "../peers/peer.ts";
import type { Pongs } from "../peers/ping-replies.ts";
import type { PlaneAnswer, PlaneSwitch } from "./plane-switch.ts";

/** At most one refused input is explained to a stream client in this time. */
const EXPLAIN_INTERVAL_MS = 1000;

/** What became of a message that could be read. */
export type ConversationAnswer =
  | Verdict
  | HealingAnswer
  | PlaneAnswer
  | ReturnType<Pause["set"]>
  | "input/invalid"
  | "ready"
  | "ping"
  | "acknowledgement/ahead"
  | "plane/other"
  | "malformed";

/** The moment a message came: milliseconds of a monotonic clock, and how much of the open tick had passed, 0 .. 1. */
export interface Moment {
  readonly now: number;
  readonly phase: number;
}

export interface ConversationOptions<I, S> {
  readonly world: Simulation<I, S>;
  readonly seats: Seats;
  readonly intake: InputIntake<Plain<I>>;
  readonly hashes: HashDesk;
  readonly pause: Pause;
  readonly pongs: Pongs;
  readonly lateJoin: LateJoin<I, S>;
  readonly healing: Healing<I, S>;
  readonly planes: PlaneSwitch;
}

export class Conversation<I, S> {
  // One by one: objects made of others by `...` have a shape each, and every look into one of them is a search.
  readonly #world: Simulation<I, S>;
  readonly #seats: Seats;
  readonly #intake: InputIntake<Plain<I>>;
  readonly #hashes: HashDesk;
  readonly #pause: Pause;
  readonly #pongs: Pongs;
  readonly #lateJoin: LateJoin<I, S>;
  readonly #healing: Healing<I, S>;
  readonly #planes: PlaneSwitch;

  constructor(match: ConversationOptions<I, S>) {
    this.#world = match.world;
    this.#seats = match.seats;
    this.#intake = match.intake;
    this.#hashes = match.hashes;
    this.#pause = match.pause;
    this.#pongs = match.pongs;
    this.#lateJoin = match.lateJoin;
    this.#healing = match.healing;
    this.#planes = match.planes;
  }

  answer(peer: Peer, member: Member, message: UpMessage<Plain<I>>, moment: Moment): ConversationAnswer {
    switch (message.kind) {
      case "ping":
        this.#pongs.answer(peer, message.echo, this.#clockOf(member, moment));
        return "ping";
      case "plane":
        return this.#planes.wish(peer, member, message.plane, this.#world.tick, moment.now);
      case "pause":
        return this.wishPause(peer, message.isWanted);
      case "malformed":
        return "malformed";
      default:
        if (member.plane === "lockstep") return this.#answerLockstep(peer, member, message, moment);
        // It has not heard yet that it is on the other plane; what else it says for this one comes too late.
        return message.kind === "ready" ? this.#planes.tell(peer, member, "wish") : "plane/other";
    }
  }

  /** Takes an input of a stream client as it came over the wire: checked field by field, in force until the next. */
  submit(peer: Peer, member: Member, untrusted: unknown, now: number): ConversationAnswer {
    const { game } = this.#world;
    const parsed = this.#intake.codec.parse(untrusted);
    if (!parsed.ok) {
      this.#explain(peer, member, `${game.name} input: ${parsed.error}`, now);
      return "input/invalid";
    }
    const verdict = this.#intake.hold(this.#seats.seatOf(peer.id), parsed.value);
    if (verdict === "input/not-accepted")
      this.#explain(peer, member, `${game.name} input: the game does not accept these values`, now);
    return verdict;
  }

  wishPause(peer: Peer, isWanted: boolean): ConversationAnswer {
    const seat = this.#seats.seatOf(peer.id);
    return seat === undefined ? "pause/not-allowed" : this.#pause.set(seat, isWanted);
  }

  #answerLockstep(
    peer: Peer,
    member: Member,
    message: UpMessage<Plain<I>> & { kind: "ready" | "input" | "hash" | "trail" | "state" },
    moment: Moment,
  ): ConversationAnswer {
    switch (message.kind) {
      case "ready":
        this.#lateJoin.bring(peer, member, message.nextTick);
        return "ready";
      case "input": {
        const { confirmedTick, digest, echo } = message;
        const isFair = this.#acknowledge(member, confirmedTick);
        if (echo !== undefined) this.#pongs.owe(peer, echo, this.#clockOf(member, moment), moment.now);
        if (digest !== undefined && isFair) this.#hashes.checkNewest(confirmedTick, digest);
        const verdict = this.#intake.accept(
          seatOf(peer, member, this.#seats),
          message.tick,
          this.#world.tick,
          message.input,
        );
        return isFair ? verdict : "acknowledgement/ahead";
      }
      case "hash":
        if (!this.#acknowledge(member, message.tick)) return "acknowledgement/ahead";
        // An honest client that differs says so by a trail.
        return this.#hashes.check(message.tick, message.digest) === "unknown-tick" ? "hash/unknown-tick" : "hash";
      case "trail":
        return this.#healing.takeTrail(peer, member, message);
      case "state":
        return this.#healing.takeState(peer, member, message);
    }
  }

  /** Where the server's clock stands for this client, in ticks. */
  #clockOf(member: Member, moment: Moment): number {
    return Math.max(0, this.#world.tick - member.delayTicks + moment.phase);
  }

  /** False when the client says that it has stepped frames it cannot have. */
  #acknowledge(member: Member, tick: number): boolean {
    if (tick > this.#world.tick - member.delayTicks) return false;
    member.confirmedTick = Math.max(member.confirmedTick, tick);
    return true;
  }

  #explain(peer: Peer, member: Member, error: string, now: number): void {
    if (now - member.explainedAt < EXPLAIN_INTERVAL_MS) return;
    member.explainedAt = now;
    peer.refuse("input/invalid", error);
  }
}

/** The seat of a client that talks, looked up anew only when something about the seats has changed. */
function seatOf(peer: Peer, member: Member, seats: Seats): Seat | undefined {
  if (member.seatRevision !== seats.revision) {
    member.seat = seats.seatOf(peer.id);
    member.seatRevision = seats.revision;
  }
  return member.seat;
}
