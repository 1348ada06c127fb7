/** Where a match meets its clients: who is here, how much each may say, and who has fallen behind (R13, R14). */
import type { Plain } from "../../engine/codec/plain.ts";
import type { CloseName } from "../../engine/protocol/close-codes.ts";
import { Down, DownEncoder } from "../../engine/protocol/down.ts";
import { type UpDecoder, upDecoderOf } from "../../engine/protocol/up.ts";
import type { Culprit } from "../desync/culprit.ts";
import type { DesyncReport } from "../desync/desync-report.ts";
import { judgeDivergence } from "../desync/divergence.ts";
import { Healing } from "../desync/healing.ts";
import type { Keyframes } from "../history/keyframes.ts";
import { LateJoin } from "../history/late-join.ts";
import type { FrameBroadcast } from "../peers/frame-broadcast.ts";
import { type Admission, createMember, type Member } from "../peers/member.ts";
import { allowWhole, standingOf } from "../peers/patience.ts";
import type { Pack, Peer } from "../peers/peer.ts";
import { Conversation, type ConversationAnswer, type ConversationOptions, type Moment } from "./message-handlers.ts";
import { PlaneSwitch } from "./plane-switch.ts";

/** After so many unreadable messages a client is closed with a named code. */
const MOST_MALFORMED = 20;
/** Stream clients whose sockets are empty again are sent the world at most this often, all of them together; seconds. */
const RESUME_SECONDS = 1;

/** What became of a message of a client: each ends as one of these, and each of these is counted. */
export type Answer = ConversationAnswer | "passed" | "refused" | "stranger" | "closed";

/** What of a match its clients' messages touch. */
export interface ReceptionOptions<I, S> extends Omit<ConversationOptions<I, S>, "lateJoin" | "healing" | "planes"> {
  readonly keyframes: Keyframes<I, S>;
  readonly broadcast: FrameBroadcast<I>;
  readonly pack: Pack;
  readonly isStrict: boolean;
  /** What the server runs on. */
  readonly engine: string;
  /** The logic hash of the game, where it is known. */
  readonly logic: string | undefined;
  readonly onReport: (report: DesyncReport) => void;
}

export class Reception<I, S> {
  /** How often a client fell so far behind that the room stopped sending to it. */
  parked = 0;
  readonly lateJoin: LateJoin<I, S>;
  readonly healing: Healing<I, S>;
  readonly planes: PlaneSwitch;
  readonly #match: ReceptionOptions<I, S>;
  readonly #conversation: Conversation<I, S>;
  readonly #decoder: UpDecoder<Plain<I>>;
  readonly #encoder = new DownEncoder();
  readonly #members = new Map<Peer, Member>();
  /** Whoever is here, or is held a seat for, by id: as they last were. */
  readonly #known = new Map<string, Member>();
  /** Messages by what became of them; nearly all are inputs that are accepted, which are counted apart. */
  readonly #answers = new Map<Answer, number>();
  #accepted = 0;
  /** How often it looked after everybody, and when it last resumed stream clients. */
  #looks = 0;
  #resumedLook = Number.NEGATIVE_INFINITY;
  #isHalted = false;

  constructor(match: ReceptionOptions<I, S>) {
    this.#match = match;
    this.lateJoin = new LateJoin(match);
    this.planes = new PlaneSwitch(this.lateJoin, match.pack);
    this.healing = new Healing({
      ...match,
      bringWhole: (peer, member) => this.lateJoin.bring(peer, member, 0),
      onDiverged: (peer, member, culprit) => this.#judgeDivergence(peer, member, culprit),
    });
    this.#conversation = new Conversation({
      ...match,
      lateJoin: this.lateJoin,
      healing: this.healing,
      planes: this.planes,
    });
    this.#decoder = upDecoderOf(match.intake.codec);
  }

  /** Messages of clients by what became of them, so far. */
  get answers(): ReadonlyMap<Answer, number> {
    return this.#accepted === 0 ? this.#answers : new Map(this.#answers).set("accepted", this.#accepted);
  }

  /** Who is here, and how each of them is doing. */
  get members(): ReadonlyMap<Peer, Readonly<Member>> {
    return this.#members;
  }

  /** Lets a client talk. A lockstep client receives nothing until it says that it is ready. */
  admit(peer: Peer, admission: Admission): void {
    const member = createMember(admission, this.#match.world.tick, this.#known.get(peer.id));
    this.#members.set(peer, member);
    this.#known.set(peer.id, member);
  }

  /** A stream client will be sent a whole world of so many bytes next. */
  allowWhole(peer: Peer, bytes: number): void {
    const member = this.#members.get(peer);
    if (member !== undefined) allowWhole(peer, member, bytes);
  }

  /** Forgets a client; its seat is another matter. */
  dismiss(peer: Peer): void {
    this.#members.delete(peer);
    this.#match.broadcast.forget(peer);
  }

  /** Somebody is gone for good: there is nothing to remember any more. */
  forget(id: string): void {
    this.#known.delete(id);
  }

  /** To which tick this client has stepped confirmed frames, as it says itself; undefined for a stranger. */
  confirmedTickOf(peer: Peer): number | undefined {
    return this.#members.get(peer)?.confirmedTick;
  }

  /** Takes a message of a client of ours, which is in `bytes` from `at` on: hostile until decoded (R13). */
  receive(peer: Peer, type: number, bytes: Uint8Array, moment: Moment, at = 0): Answer {
    const member = this.#listen(peer, moment.now);
    if (typeof member === "string") return member;
    const message = this.#decoder.decode(type, bytes, at);
    return this.#note(peer, member, this.#conversation.answer(peer, member, message, moment));
  }

  /** Takes an input of a stream client, as it came over the wire. */
  submit(peer: Peer, untrusted: unknown, now: number): Answer {
    const member = this.#listen(peer, now);
    if (typeof member === "string") return member;
    const isStream = member.plane === "stream";
    return this.#note(peer, member, isStream ? this.#conversation.submit(peer, member, untrusted, now) : "malformed");
  }

  /** Takes a stock client's wish for a pause, as it came over the wire. */
  submitPause(peer: Peer, untrusted: unknown, now: number): Answer {
    const member = this.#listen(peer, now);
    if (typeof member === "string") return member;
    const isWish = typeof untrusted === "boolean";
    return this.#note(peer, member, isWish ? this.#conversation.wishPause(peer, untrusted) : "malformed");
  }

  /** Counts a message that somebody else answers; "passed" when the client may still say so much. */
  pass(peer: Peer, now: number): Answer {
    const member = this.#listen(peer, now);
    return typeof member === "string" ? member : this.#note(peer, member, "passed");
  }

  /** Takes a message that is none of this protocol: counted, and closed when there are too many. */
  reject(peer: Peer, now: number): Answer {
    const member = this.#listen(peer, now);
    return typeof member === "string" ? member : this.#note(peer, member, "malformed");
  }

  /** Tells every lockstep client that ticks stand still from here, or go on. */
  halt(isHalted: boolean): void {
    if (isHalted === this.#isHalted) return;
    this.#isHalted = isHalted;
    for (const [peer, member] of this.#members) if (member.plane === "lockstep") this.#tellHalted(peer, member);
  }

  /** Looks after the clients, once a tick: snapshots that are owed by now, and who has fallen behind (R14). */
  tend(): void {
    this.#looks++;
    // Not `for ... of`, which makes a pair of each entry.
    this.#members.forEach(this.#tend);
  }

  readonly #tend = (member: Member, peer: Peer): void => {
    const { world } = this.#match;
    this.lateJoin.tend(peer, member);
    this.healing.tend(peer, member);
    const standing = standingOf(peer, member, world.tick, world.game.tickRate);
    if (standing === "park") this.#park(peer, member);
    else if (standing === "resume") this.#resume(peer, member);
    else if (standing !== "fine") this.#close(peer, standing);
  };

  #park(peer: Peer, member: Member): void {
    member.isParked = true;
    this.parked++;
    if (member.plane === "stream") peer.pauseStream(true);
    else this.lateJoin.drop(peer, member);
  }

  /** A stream client gets a whole world, those of one moment the same one: to write that down costs everybody. */
  #resume(peer: Peer, member: Member): void {
    const since = this.#looks - this.#resumedLook;
    if (since > 0 && since < RESUME_SECONDS * this.#match.world.game.tickRate) return;
    this.#resumedLook = this.#looks;
    member.isParked = false;
    peer.pauseStream(false);
  }

  #tellHalted(peer: Peer, { delayTicks }: Member): void {
    const ticks = Math.max(0, this.#match.world.tick - delayTicks);
    peer.send(this.#match.pack(Down.halt, this.#encoder.halt(this.#isHalted, ticks)));
  }

  /** Spends a client's budget on a message: who it is, or why the message is not looked at, which is counted. */
  #listen(peer: Peer, now: number): Member | Answer {
    const member = this.#members.get(peer);
    if (member === undefined) return this.#count("stranger");
    const spent = member.budget.spend(now);
    if (spent === "flood") return this.#count(this.#close(peer, "protocol/flood"));
    if (spent === "refused") return this.#count("refused");
    member.heardTick = this.#match.world.tick;
    return member;
  }

  /** Counts what became of a message. Whoever was parked and is heard again is brought to the present. */
  #note(peer: Peer, member: Member, result: Answer): Answer {
    // Whoever comes, comes back, or comes from the other plane meanwhile: before this nothing is sent to it.
    if (result === "ready" && this.#isHalted) this.#tellHalted(peer, member);
    if (result === "malformed" && ++member.malformed > MOST_MALFORMED)
      return this.#count(this.#close(peer, "protocol/malformed"));
    // What it was sent before is gone; a stream client is seen to by `tend`.
    const isReady = member.plane === "lockstep" && member.pressure === undefined;
    if (member.isParked && isReady && this.#members.has(peer)) {
      member.isParked = false;
      this.lateJoin.bring(peer, member, 0);
    }
    return this.#count(result);
  }

  #count(answer: Answer): Answer {
    if (answer === "accepted") this.#accepted++;
    else this.#answers.set(answer, (this.#answers.get(answer) ?? 0) + 1);
    return answer;
  }

  #judgeDivergence(peer: Peer, member: Member, culprit: Culprit): void {
    const { tick, game } = this.#match.world;
    const judgement = judgeDivergence(member, culprit, tick, game.tickRate);
    if (judgement === "close") this.#close(peer, "client/diverging");
    else if (judgement === "move") this.planes.move(peer, member, "stream", "diverging");
  }

  #close(peer: Peer, name: CloseName): "closed" {
    this.dismiss(peer);
    peer.close(name);
    return "closed";
  }
}
