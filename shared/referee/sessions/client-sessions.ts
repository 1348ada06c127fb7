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
import { type ClientSession, createClientSession, type SessionOptions } from "../peers/client-session.ts";
import type { FrameBroadcast } from "../peers/frame-broadcast.ts";
import { allowWhole, judgeLag } from "../peers/lag.ts";
import type { Pack, Peer } from "../peers/peer.ts";
import { type Arrival, type HandlerAnswer, MessageHandlers, type MessageHandlersOptions } from "./message-handlers.ts";
import { PlaneSwitch } from "./plane-switch.ts";

/** After so many unreadable messages a client is closed with a named code. */
const MOST_MALFORMED = 20;
/** Stream clients whose sockets are empty again are sent the world at most this often, all of them together; seconds. */
const RESUME_SECONDS = 1;

/** What became of a message of a client: each ends as one of these, and each of these is counted. */
export type Answer = HandlerAnswer | "passed" | "refused" | "stranger" | "closed";

/** What of a match its clients' messages touch. */
export interface ClientSessionsOptions<I, S>
  extends Omit<MessageHandlersOptions<I, S>, "lateJoin" | "healing" | "planes"> {
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

export class ClientSessions<I, S> {
  /** How often a client fell so far behind that the room stopped sending to it. */
  parked = 0;
  readonly lateJoin: LateJoin<I, S>;
  readonly healing: Healing<I, S>;
  readonly planes: PlaneSwitch;
  readonly #match: ClientSessionsOptions<I, S>;
  readonly #conversation: MessageHandlers<I, S>;
  readonly #decoder: UpDecoder<Plain<I>>;
  readonly #encoder = new DownEncoder();
  readonly #sessions = new Map<Peer, ClientSession>();
  /** Whoever is here, or is held a seat for, by id: as they last were. */
  readonly #known = new Map<string, ClientSession>();
  /** Messages by what became of them; nearly all are inputs that are accepted, which are counted apart. */
  readonly #answers = new Map<Answer, number>();
  #accepted = 0;
  /** How often it looked after everybody, and when it last resumed stream clients. */
  #looks = 0;
  #resumedLook = Number.NEGATIVE_INFINITY;
  #isHalted = false;

  constructor(match: ClientSessionsOptions<I, S>) {
    this.#match = match;
    this.lateJoin = new LateJoin(match);
    this.planes = new PlaneSwitch(this.lateJoin, match.pack);
    this.healing = new Healing({
      ...match,
      bringWhole: (peer, session) => this.lateJoin.bring(peer, session, 0),
      onDiverged: (peer, session, culprit) => this.#judgeDivergence(peer, session, culprit),
    });
    this.#conversation = new MessageHandlers({
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
  get all(): ReadonlyMap<Peer, Readonly<ClientSession>> {
    return this.#sessions;
  }

  /** Lets a client talk. A lockstep client receives nothing until it says that it is ready. */
  admit(peer: Peer, admission: SessionOptions): void {
    const session = createClientSession(admission, this.#match.world.tick, this.#known.get(peer.id));
    this.#sessions.set(peer, session);
    this.#known.set(peer.id, session);
  }

  /** A stream client will be sent a whole world of so many bytes next. */
  allowWhole(peer: Peer, bytes: number): void {
    const session = this.#sessions.get(peer);
    if (session !== undefined) allowWhole(peer, session, bytes);
  }

  /** Forgets a client; its seat is another matter. */
  dismiss(peer: Peer): void {
    this.#sessions.delete(peer);
    this.#match.broadcast.forget(peer);
  }

  /** Somebody is gone for good: there is nothing to remember any more. */
  forget(id: string): void {
    this.#known.delete(id);
  }

  /** To which tick this client has stepped confirmed frames, as it says itself; undefined for a stranger. */
  confirmedTickOf(peer: Peer): number | undefined {
    return this.#sessions.get(peer)?.confirmedTick;
  }

  /** Takes a message of a client of ours, which is in `bytes` from `at` on: hostile until decoded (R13). */
  receive(peer: Peer, type: number, bytes: Uint8Array, moment: Arrival, at = 0): Answer {
    const session = this.#listen(peer, moment.now);
    if (typeof session === "string") return session;
    const message = this.#decoder.decode(type, bytes, at);
    return this.#note(peer, session, this.#conversation.answer(peer, session, message, moment));
  }

  /** Takes an input of a stream client, as it came over the wire. */
  submit(peer: Peer, untrusted: unknown, now: number): Answer {
    const session = this.#listen(peer, now);
    if (typeof session === "string") return session;
    const isStream = session.plane === "stream";
    return this.#note(peer, session, isStream ? this.#conversation.submit(peer, session, untrusted, now) : "malformed");
  }

  /** Takes a stock client's wish for a pause, as it came over the wire. */
  submitPause(peer: Peer, untrusted: unknown, now: number): Answer {
    const session = this.#listen(peer, now);
    if (typeof session === "string") return session;
    const isWish = typeof untrusted === "boolean";
    return this.#note(peer, session, isWish ? this.#conversation.wishPause(peer, untrusted) : "malformed");
  }

  /** Counts a message that somebody else answers; "passed" when the client may still say so much. */
  pass(peer: Peer, now: number): Answer {
    const session = this.#listen(peer, now);
    return typeof session === "string" ? session : this.#note(peer, session, "passed");
  }

  /** Takes a message that is none of this protocol: counted, and closed when there are too many. */
  reject(peer: Peer, now: number): Answer {
    const session = this.#listen(peer, now);
    return typeof session === "string" ? session : this.#note(peer, session, "malformed");
  }

  /** Tells every lockstep client that ticks stand still from here, or go on. */
  halt(isHalted: boolean): void {
    if (isHalted === this.#isHalted) return;
    this.#isHalted = isHalted;
    for (const [peer, session] of this.#sessions) if (session.plane === "lockstep") this.#tellHalted(peer, session);
  }

  /** Looks after the clients, once a tick: snapshots that are owed by now, and who has fallen behind (R14). */
  tend(): void {
    this.#looks++;
    // Not `for ... of`, which makes a pair of each entry.
    this.#sessions.forEach(this.#tend);
  }

  readonly #tend = (session: ClientSession, peer: Peer): void => {
    const { world } = this.#match;
    this.lateJoin.tend(peer, session);
    this.healing.tend(peer, session);
    const standing = judgeLag(peer, session, world.tick, world.game.tickRate);
    if (standing === "park") this.#park(peer, session);
    else if (standing === "resume") this.#resume(peer, session);
    else if (standing !== "fine") this.#close(peer, standing);
  };

  #park(peer: Peer, session: ClientSession): void {
    session.isParked = true;
    this.parked++;
    if (session.plane === "stream") peer.pauseStream(true);
    else this.lateJoin.drop(peer, session);
  }

  /** A stream client gets a whole world, those of one moment the same one: to write that down costs everybody. */
  #resume(peer: Peer, session: ClientSession): void {
    const since = this.#looks - this.#resumedLook;
    if (since > 0 && since < RESUME_SECONDS * this.#match.world.game.tickRate) return;
    this.#resumedLook = this.#looks;
    session.isParked = false;
    peer.pauseStream(false);
  }

  #tellHalted(peer: Peer, { delayTicks }: ClientSession): void {
    const ticks = Math.max(0, this.#match.world.tick - delayTicks);
    peer.send(this.#match.pack(Down.halt, this.#encoder.halt(this.#isHalted, ticks)));
  }

  /** Spends a client's budget on a message: who it is, or why the message is not looked at, which is counted. */
  #listen(peer: Peer, now: number): ClientSession | Answer {
    const session = this.#sessions.get(peer);
    if (session === undefined) return this.#count("stranger");
    const spent = session.budget.spend(now);
    if (spent === "flood") return this.#count(this.#close(peer, "protocol/flood"));
    if (spent === "refused") return this.#count("refused");
    session.heardTick = this.#match.world.tick;
    return session;
  }

  /** Counts what became of a message. Whoever was parked and is heard again is brought to the present. */
  #note(peer: Peer, session: ClientSession, result: Answer): Answer {
    // Whoever comes, comes back, or comes from the other plane meanwhile: before this nothing is sent to it.
    if (result === "ready" && this.#isHalted) this.#tellHalted(peer, session);
    if (result === "malformed" && ++session.malformed > MOST_MALFORMED)
      return this.#count(this.#close(peer, "protocol/malformed"));
    // What it was sent before is gone; a stream client is seen to by `tend`.
    const isReady = session.plane === "lockstep" && session.pressure === undefined;
    if (session.isParked && isReady && this.#sessions.has(peer)) {
      session.isParked = false;
      this.lateJoin.bring(peer, session, 0);
    }
    return this.#count(result);
  }

  #count(answer: Answer): Answer {
    if (answer === "accepted") this.#accepted++;
    else this.#answers.set(answer, (this.#answers.get(answer) ?? 0) + 1);
    return answer;
  }

  #judgeDivergence(peer: Peer, session: ClientSession, culprit: Culprit): void {
    const { tick, game } = this.#match.world;
    const judgement = judgeDivergence(session, culprit, tick, game.tickRate);
    if (judgement === "close") this.#close(peer, "client/diverging");
    else if (judgement === "move") this.planes.move(peer, session, "stream", "diverging");
  }

  #close(peer: Peer, name: CloseName): "closed" {
    this.dismiss(peer);
    peer.close(name);
    return "closed";
  }
}
