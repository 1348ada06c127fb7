/** The sessions of a match's clients: who is here, how much each may say, and who has fallen behind (R13, R14). */
import type { Plain } from "../../engine/layout/plain.ts";
import type { CloseName } from "../../engine/protocol/close-codes.ts";
import { Down, DownEncoder } from "../../engine/protocol/down.ts";
import { type UpDecoder, upDecoderOf } from "../../engine/protocol/up-decoder.ts";
import type { Frame } from "../../engine/sim/frame.ts";
import type { Culprit } from "../desync/culprit.ts";
import type { DesyncReport } from "../desync/desync-report.ts";
import { judgeDivergence } from "../desync/divergence.ts";
import { Healing } from "../desync/healing.ts";
import type { Keyframes } from "../history/keyframes.ts";
import { LateJoin } from "../history/late-join.ts";
import type { CommandIntake } from "../inputs/command-intake.ts";
import type { ClientSession, SessionOptions } from "../peers/client-session.ts";
import type { FrameBroadcast } from "../peers/frame-broadcast.ts";
import { allowWhole, judgeLag } from "../peers/lag.ts";
import type { Peer } from "../peers/peer.ts";
import { enter, lastPlaneOf, type SessionState } from "../peers/session-state.ts";
import { CommandReplies } from "./command-replies.ts";
import { type Arrival, type HandlerAnswer, MessageHandlers, type MessageHandlersOptions } from "./message-handlers.ts";
import { PlaneSwitch } from "./plane-switch.ts";
import { Presence } from "./presence.ts";
import { SlowClients } from "./slow-clients.ts";

/** After this many unreadable messages a client is closed with a named code. */
const MOST_MALFORMED = 20;

/** The outcome of a client's message: each ends as one of these, and each of these is counted. */
export type Answer = HandlerAnswer | "passed" | "refused" | "stranger" | "closed";

/** The part of a match that its clients' messages touch. */
export interface ClientSessionsOptions<I, S>
  extends Omit<MessageHandlersOptions<I, S>, "lateJoin" | "healing" | "planes" | "replies"> {
  readonly commands: CommandIntake;
  readonly keyframes: Keyframes<I, S>;
  readonly broadcast: FrameBroadcast<I>;
  readonly isStrict: boolean;
  /** The server's platform. */
  readonly engine: string;
  /** The logic hash of the game, where it is known. */
  readonly logic: string | undefined;
  readonly onReport: (report: DesyncReport) => void;
}

export class ClientSessions<I, S> {
  readonly presence: Presence;
  readonly lateJoin: LateJoin<I, S>;
  readonly healing: Healing<I, S>;
  readonly planes: PlaneSwitch;
  readonly #replies: CommandReplies;
  readonly #match: ClientSessionsOptions<I, S>;
  readonly #conversation: MessageHandlers<I, S>;
  readonly #decoder: UpDecoder<Plain<I>>;
  readonly #encoder = new DownEncoder();
  /** Messages by what became of them; nearly all are inputs that are accepted, which are counted apart. */
  readonly #answers = new Map<Answer, number>();
  #accepted = 0;
  readonly #slow: SlowClients;
  /** Whether lockstep clients were told last that ticks stand still. */
  isHalted = false;

  constructor(match: ClientSessionsOptions<I, S>) {
    this.#match = match;
    this.presence = new Presence(match.broadcast);
    this.#slow = new SlowClients(match.world as never, match.broadcast, match.outbox);
    this.lateJoin = new LateJoin(match);
    this.planes = new PlaneSwitch(match.broadcast, match.outbox);
    this.healing = new Healing({
      ...match,
      bringWhole: (session) => {
        // A parked client is sent nothing, and a whole world anyway when it is heard.
        if (session.state.kind !== "parked") this.lateJoin.bring(session, 0);
      },
      onDiverged: (session, culprit) => this.#judgeDivergence(session, culprit),
    });
    this.#replies = new CommandReplies(match);
    this.#conversation = new MessageHandlers({
      ...match,
      lateJoin: this.lateJoin,
      healing: this.healing,
      planes: this.planes,
      replies: this.#replies,
    });
    this.#decoder = upDecoderOf(match.intake.codec);
  }

  /** How often a client fell so far behind that the room stopped sending to it. */
  get parked(): number {
    return this.#slow.parked;
  }

  /** Messages of clients by what became of them, so far. */
  get answers(): ReadonlyMap<Answer, number> {
    return this.#accepted === 0 ? this.#answers : new Map(this.#answers).set("accepted", this.#accepted);
  }

  /** Lets a client talk. A lockstep client receives nothing until it says that it is ready. */
  admit(peer: Peer, options: SessionOptions): void {
    this.presence.admit(peer, options, this.#match.world.tick);
  }

  /** A stream client will be sent a whole world of `bytes` bytes next. */
  allowWhole(peer: Peer, bytes: number): void {
    const session = this.presence.sessionOf(peer);
    if (session !== undefined) allowWhole(session, bytes);
  }

  /** A connection is gone; its client may come back, and the seat is another matter. False for one that was gone already. */
  dismiss(peer: Peer): boolean {
    return this.presence.dismiss(peer);
  }

  /** A client whose connection is gone does not come back: there is nothing to remember any more. */
  forget(id: string): void {
    this.presence.forget(id);
  }

  /** To which tick this client has stepped confirmed frames, as it says itself; undefined for a stranger. */
  confirmedTickOf(peer: Peer): number | undefined {
    return this.presence.sessionOf(peer)?.lag.confirmedTick;
  }

  /** Takes a message of a client of ours, which is in `bytes` from `at` on: hostile until decoded (R13). */
  receive(peer: Peer, type: number, bytes: Uint8Array, moment: Arrival, at = 0): Answer {
    const session = this.#listen(peer, moment.now);
    if (typeof session === "string") return session;
    const message = this.#decoder.decode(type, bytes, at);
    return this.#note(session, this.#conversation.answer(session, message, moment));
  }

  /** Takes an input of a stream client, as it came over the wire. */
  submit(peer: Peer, untrusted: unknown, now: number): Answer {
    const session = this.#listen(peer, now);
    if (typeof session === "string") return session;
    const isStream = session.state.plane === "stream";
    return this.#note(session, isStream ? this.#conversation.submit(session, untrusted, now) : "malformed");
  }

  /** Takes a stock client's request for a pause, as it came over the wire. */
  submitPause(peer: Peer, untrusted: unknown, now: number): Answer {
    const session = this.#listen(peer, now);
    if (typeof session === "string") return session;
    const isWish = typeof untrusted === "boolean";
    return this.#note(session, isWish ? this.#conversation.wishPause(session, untrusted) : "malformed");
  }

  /** Takes a stock client's command, as it came over the wire; "malformed" when the game has none of this name, which is told, too. */
  submitCommand(peer: Peer, name: string, untrusted: unknown, now: number): Answer {
    const session = this.#listen(peer, now);
    if (typeof session === "string") return session;
    return this.#note(session, this.#replies.submit(session, name, untrusted, this.#match.world.tick));
  }

  /** A frame was stepped: who gave a command in it, and does not see it, is told what became of it. */
  settle(frame: Frame<unknown>): void {
    const { seats } = this.#match;
    this.#replies.settle(frame, (seat) => this.presence.of(seats.holder(seat)?.id ?? ""));
  }

  /** Counts a message that is answered elsewhere; "passed" when it is within the client's budget. */
  pass(peer: Peer, now: number): Answer {
    const session = this.#listen(peer, now);
    return typeof session === "string" ? session : this.#note(session, "passed");
  }

  /** Takes a message that is none of this protocol: counted, and closed when there are too many. */
  reject(peer: Peer, now: number): Answer {
    const session = this.#listen(peer, now);
    return typeof session === "string" ? session : this.#note(session, "malformed");
  }

  /** Tells every lockstep client that ticks stand still from here, or go on. */
  halt(isHalted: boolean): void {
    if (isHalted === this.isHalted) return;
    this.isHalted = isHalted;
    this.presence.forEach((session) => {
      if (session.state.plane === "lockstep") this.#tellHalted(session);
    });
  }

  /** Looks after the clients, once a tick: snapshots that are owed by now, and who has fallen behind (R14). */
  tend(): void {
    this.#slow.look();
    this.presence.forEach(this.#tend);
  }

  readonly #tend = (session: ClientSession): void => {
    const { world } = this.#match;
    // First, by what is in its socket: what is added to the outbox from here on is not.
    const lag = judgeLag(session, world.tick, world.game.tickRate);
    if (lag === "park") this.#slow.park(session);
    else if (lag === "resume") this.#slow.resume(session);
    else if (lag !== "fine") this.#close(session, lag);
    const { kind } = session.state;
    if (kind === "owed" || kind === "transferring") this.lateJoin.tend(session);
    if (session.desync !== undefined) this.healing.tend(session, session.desync);
  };

  #enter(session: ClientSession, state: SessionState): void {
    enter(session, state, this.#match.broadcast);
  }

  #tellHalted({ peer, delayTicks }: ClientSession): void {
    const ticks = Math.max(0, this.#match.world.tick - delayTicks);
    this.#match.outbox.send(peer, Down.halt, this.#encoder.halt(this.isHalted, ticks));
  }

  /** Spends a client's budget on a message: its session, or why the message is not read, which is counted. */
  #listen(peer: Peer, now: number): ClientSession | Answer {
    const session = this.presence.sessionOf(peer);
    if (session === undefined || session.state.plane === undefined) return this.#count("stranger");
    const spent = session.limits.budget.spend(now);
    if (spent === "flood") return this.#count(this.#close(session, "protocol/flood"));
    if (spent === "refused") return this.#count("refused");
    session.lag.heardTick = this.#match.world.tick;
    return session;
  }

  /** Counts what became of a message. A client that was parked and is heard again is brought to the present. */
  #note(session: ClientSession, result: Answer): Answer {
    // A client may come, come back, or come from the other plane meanwhile: before this nothing is sent to it.
    if (result === "ready" && this.isHalted) this.#tellHalted(session);
    if (result === "malformed" && ++session.limits.malformed > MOST_MALFORMED)
      return this.#count(this.#close(session, "protocol/malformed"));
    // What it was sent before is gone; a stream client is seen to by `tend`.
    if (session.state.kind === "parked" && session.lag.pressure === undefined) this.lateJoin.bring(session, 0);
    return this.#count(result);
  }

  #count(answer: Answer): Answer {
    if (answer === "accepted") this.#accepted++;
    else this.#answers.set(answer, (this.#answers.get(answer) ?? 0) + 1);
    return answer;
  }

  #judgeDivergence(session: ClientSession, culprit: Culprit): void {
    const { tick, game } = this.#match.world;
    const judgement = judgeDivergence(session.divergence, culprit, tick, game.tickRate);
    if (judgement === "close") this.#close(session, "client/diverging");
    else if (judgement === "move") this.planes.move(session, "stream", "diverging");
  }

  #close(session: ClientSession, name: CloseName): "closed" {
    this.#enter(session, { kind: "closed", plane: undefined, lastPlane: lastPlaneOf(session.state) });
    this.#match.outbox.add(session.peer, { kind: "close", name });
    return "closed";
  }
}
