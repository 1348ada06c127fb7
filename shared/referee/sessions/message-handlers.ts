/** The handlers of a client's messages: what the referee answers to each that could be read. */

import type { Seat } from "../../engine/game/game.ts";
import type { Plain } from "../../engine/layout/plain.ts";
import type { UpMessage } from "../../engine/protocol/up.ts";
import type { Simulation } from "../../engine/sim/simulation.ts";
import type { Healing, HealingAnswer } from "../desync/healing.ts";
import type { HashHistory } from "../history/hash-history.ts";
import type { LateJoin } from "../history/late-join.ts";
import type { InputIntake, Verdict } from "../inputs/input-intake.ts";
import type { Pause } from "../inputs/pause.ts";
import type { Seats } from "../inputs/seats.ts";
import type { ClientSession } from "../peers/client-session.ts";
import type { Outbox } from "../peers/outbox.ts";
import type { PingReplies } from "../peers/ping-replies.ts";
import type { CommandAnswer, CommandReplies } from "./command-replies.ts";
import type { PlaneAnswer, PlaneSwitch } from "./plane-switch.ts";

/** At most one refused input is explained to a stream client in this time. */
const EXPLAIN_INTERVAL_MS = 1000;

/** The outcome of a message that could be read. */
export type HandlerAnswer =
  | Verdict
  | HealingAnswer
  | PlaneAnswer
  | CommandAnswer
  | ReturnType<Pause["set"]>
  | "input/invalid"
  | "ready"
  | "ping"
  | "acknowledgement/ahead"
  | "plane/other"
  | "malformed";

/** The moment a message came: milliseconds of a monotonic clock, and how much of the open tick had passed, 0 .. 1. */
export interface Arrival {
  readonly now: number;
  readonly phase: number;
}

export interface MessageHandlersOptions<I, S> {
  readonly world: Simulation<I, S>;
  readonly seats: Seats;
  readonly intake: InputIntake<Plain<I>>;
  readonly hashes: HashHistory;
  readonly pause: Pause;
  readonly pings: PingReplies;
  readonly lateJoin: LateJoin<I, S>;
  readonly healing: Healing<I, S>;
  readonly planes: PlaneSwitch;
  readonly replies: CommandReplies;
  readonly outbox: Outbox;
}

export class MessageHandlers<I, S> {
  // One by one: objects made of others by `...` have a shape each, and every look into one of them is a search.
  readonly #world: Simulation<I, S>;
  readonly #seats: Seats;
  readonly #intake: InputIntake<Plain<I>>;
  readonly #hashes: HashHistory;
  readonly #pause: Pause;
  readonly #pings: PingReplies;
  readonly #lateJoin: LateJoin<I, S>;
  readonly #healing: Healing<I, S>;
  readonly #planes: PlaneSwitch;
  readonly #outbox: Outbox;
  readonly #replies: CommandReplies;

  constructor(match: MessageHandlersOptions<I, S>) {
    this.#world = match.world;
    this.#seats = match.seats;
    this.#intake = match.intake;
    this.#hashes = match.hashes;
    this.#pause = match.pause;
    this.#pings = match.pings;
    this.#lateJoin = match.lateJoin;
    this.#healing = match.healing;
    this.#planes = match.planes;
    this.#outbox = match.outbox;
    this.#replies = match.replies;
  }

  answer(session: ClientSession, message: UpMessage<Plain<I>>, moment: Arrival): HandlerAnswer {
    switch (message.kind) {
      case "ping":
        this.#pings.answer(session.peer, message.echo, this.#clockOf(session, moment));
        return "ping";
      case "plane":
        return this.#planes.wish(session, message.plane, this.#world.tick, moment.now);
      case "pause":
        return this.wishPause(session, message.isWanted);
      case "malformed":
        return "malformed";
      case "command":
        return this.#replies.take(session, message, this.#world.tick);
      default:
        if (message.kind === "ready") this.#replies.greet(session);
        if (session.state.plane === "lockstep") return this.#answerLockstep(session, message, moment);
        // It has not heard yet that it is on the other plane; what else it says for this one comes too late.
        return message.kind === "ready" ? this.#planes.tell(session, "stream", "wish") : "plane/other";
    }
  }

  /** Takes an input of a stream client as it came over the wire: checked field by field, in force until the next. */
  submit(session: ClientSession, untrusted: unknown, now: number): HandlerAnswer {
    const { game } = this.#world;
    const parsed = this.#intake.codec.parse(untrusted);
    if (!parsed.ok) {
      this.#explain(session, `${game.name} input: ${parsed.error}`, now);
      return "input/invalid";
    }
    const verdict = this.#intake.hold(this.#seats.seatOf(session.peer.id), parsed.value);
    if (verdict === "input/not-accepted")
      this.#explain(session, `${game.name} input: the game does not accept these values`, now);
    return verdict;
  }

  wishPause({ peer }: ClientSession, isWanted: boolean): HandlerAnswer {
    const seat = this.#seats.seatOf(peer.id);
    return seat === undefined ? "pause/not-allowed" : this.#pause.set(seat, isWanted);
  }

  #answerLockstep(
    session: ClientSession,
    message: UpMessage<Plain<I>> & { kind: "ready" | "input" | "hash" | "trail" | "state" },
    moment: Arrival,
  ): HandlerAnswer {
    switch (message.kind) {
      case "ready":
        if (message.nextTick === 0) this.#healing.letGo(session);
        this.#lateJoin.bring(session, message.nextTick);
        return "ready";
      case "input": {
        const { confirmedTick, digest, echo } = message;
        const isFair = this.#acknowledge(session, confirmedTick);
        if (echo !== undefined) this.#pings.owe(session.peer, echo, this.#clockOf(session, moment), moment.now);
        if (digest !== undefined && isFair) this.#hashes.checkNewest(confirmedTick, digest);
        const verdict = this.#intake.accept(
          seatOf(session, this.#seats),
          message.tick,
          this.#world.tick,
          message.input,
        );
        return isFair ? verdict : "acknowledgement/ahead";
      }
      case "hash":
        if (!this.#acknowledge(session, message.tick)) return "acknowledgement/ahead";
        // An honest client that differs says so by a trail.
        return this.#hashes.check(message.tick, message.digest) === "unknown-tick" ? "hash/unknown-tick" : "hash";
      case "trail":
        return this.#healing.takeTrail(session, message);
      case "state":
        return this.#healing.takeState(session, message);
    }
  }

  /** Where the server's clock stands for this client, in ticks. */
  #clockOf(session: ClientSession, moment: Arrival): number {
    return Math.max(0, this.#world.tick - session.delayTicks + moment.phase);
  }

  /** False when the client says that it has stepped frames it cannot have. */
  #acknowledge(session: ClientSession, tick: number): boolean {
    if (tick > this.#world.tick - session.delayTicks) return false;
    session.lag.confirmedTick = Math.max(session.lag.confirmedTick, tick);
    return true;
  }

  #explain(session: ClientSession, error: string, now: number): void {
    if (now - session.limits.explainedAt < EXPLAIN_INTERVAL_MS) return;
    session.limits.explainedAt = now;
    this.#outbox.add(session.peer, { kind: "refuse", name: "input/invalid", detail: error });
  }
}

/** The seat of a client that talks, looked up again only when something about the seats has changed. */
function seatOf(session: ClientSession, seats: Seats): Seat | undefined {
  if (session.seatRevision !== seats.revision) {
    session.seat = seats.seatOf(session.peer.id);
    session.seatRevision = seats.revision;
  }
  return session.seat;
}
