/**
 * The late join: brings clients to the present by the frames since, or by a snapshot shared by all joiners and the
 * frames since that (R6).
 */
import { Down, DownEncoder } from "../../engine/protocol/down.ts";
import type { Simulation } from "../../engine/sim/simulation.ts";
import type { Seats } from "../inputs/seats.ts";
import type { ClientSession } from "../peers/client-session.ts";
import type { FrameBroadcast } from "../peers/frame-broadcast.ts";
import { allowWhole } from "../peers/lag.ts";
import type { Outbox } from "../peers/outbox.ts";
import { broughtTickOf, enter, isSentFrames, type SessionState, type Transferring } from "../peers/session-state.ts";
import type { Keyframes } from "./keyframes.ts";

/** A client is brought to the present at most this often, and joiners of so long share one snapshot; seconds. */
const INTERVAL_SECONDS = 0.5;
/** Parts of a snapshot sent to one client in one tick, and how much may wait in its socket before the next ones. */
const PARTS_PER_TICK = 8;
const MOST_BUFFERED_BYTES = 128 * 1024;

export interface LateJoinOptions<I, S> {
  readonly world: Simulation<I, S>;
  readonly keyframes: Keyframes<I, S>;
  readonly broadcast: FrameBroadcast<I>;
  readonly seats: Seats;
  readonly outbox: Outbox;
  readonly isStrict: boolean;
}

export class LateJoin<I, S> {
  /** Snapshots sent. */
  sent = 0;
  /**
   * The open tick when this referee went on with a match; infinite where it has it from the start. Who says at their first word here that they have frames of
   * later ones has them of a referee before, which lost them (R17): such a client is sent the world, and goes back to it.
   */
  beganAt = Number.POSITIVE_INFINITY;
  readonly #match: LateJoinOptions<I, S>;
  readonly #encoder = new DownEncoder();
  readonly #intervalTicks: number;

  constructor(match: LateJoinOptions<I, S>) {
    this.#match = match;
    this.#intervalTicks = Math.ceil(INTERVAL_SECONDS * match.world.game.tickRate);
  }

  /** Sends what is missing from `nextTick` on, and every frame from now on; 0 asks for the whole world. */
  bring(session: ClientSession, nextTick: number): void {
    const isLost = session.isFirst && nextTick > this.beganAt;
    if (nextTick > 0 && !isLost && this.#isDue(session) && this.#sendSince(nextTick, session))
      this.#enter(session, { kind: "live", plane: "lockstep", broughtTick: this.#match.world.tick });
    else this.#serve(session);
  }

  /** Once a tick, for a client that is owed one or is being sent one: snapshots that are owed by now, and the next parts of those under way. */
  tend(session: ClientSession): void {
    const { state } = session;
    if (state.kind === "owed") this.#serve(session);
    else if (state.kind === "transferring") this.#send(session, state);
  }

  #enter(session: ClientSession, state: SessionState): void {
    enter(session, state, this.#match.broadcast);
  }

  #isDue({ state }: ClientSession): boolean {
    const broughtTick = broughtTickOf(state);
    return broughtTick === undefined || this.#match.world.tick - broughtTick >= this.#intervalTicks;
  }

  /**
   * The frames from `tick` to the present of this client, which gets the others as they come; false when they are not all kept.
   *
   * @param addedBytes what has been put into the outbox for it before.
   */
  #sendSince(tick: number, session: ClientSession, addedBytes = 0): boolean {
    const { broadcast, world } = this.#match;
    const bytes = broadcast.sendSince(tick, Math.max(tick, world.tick - session.delayTicks), session.peer);
    // The frames of a minute may be more than a client may otherwise leave unread.
    if (bytes !== undefined) allowWhole(session, addedBytes + bytes);
    return bytes !== undefined;
  }

  #serve(session: ClientSession): void {
    const { world, keyframes, seats, isStrict } = this.#match;
    const { delayTicks, peer } = session;
    const isDue = this.#isDue(session);
    // A room that has not yet run for the delay has nothing to show.
    const keyframe = !isDue
      ? undefined
      : delayTicks === 0
        ? keyframes.fresh(world, this.#intervalTicks)
        : keyframes.before(world.tick - delayTicks);
    if (keyframe === undefined) {
      this.#owe(session);
      return;
    }
    const messages = this.#encoder.snapshot(seats.seatOf(peer.id), isStrict, keyframe.parcel);
    const { tick } = keyframe;
    const transfer: Transferring = {
      kind: "transferring",
      plane: "lockstep",
      broughtTick: world.tick,
      tick,
      messages,
      next: 0,
    };
    this.#enter(session, transfer);
    this.sent++;
    this.#send(session, transfer);
  }

  #owe(session: ClientSession): void {
    const { state } = session;
    if (state.kind === "owed") return;
    const [broughtTick, isLive] = [broughtTickOf(state), isSentFrames(state)];
    this.#enter(session, { kind: "owed", plane: "lockstep", broughtTick, isLive });
  }

  /** Sends the next parts; after the last one the frames since. */
  #send(session: ClientSession, transfer: Transferring): void {
    const { peer } = session;
    const { outbox, world } = this.#match;
    let addedBytes = 0;
    for (let i = 0; i < PARTS_PER_TICK && transfer.next < transfer.messages.length; i++) {
      if (peer.bufferedBytes + addedBytes > MOST_BUFFERED_BYTES) return;
      addedBytes += outbox.send(peer, Down.snapshot, transfer.messages[transfer.next]!);
      transfer.next++;
      // A slow connection is not a stalled one: see `judgeLag`.
      transfer.broughtTick = world.tick;
      allowWhole(session, addedBytes);
    }
    if (transfer.next < transfer.messages.length) return;
    const { broughtTick } = transfer;
    // A line so slow that the frames have left the log meanwhile: from the start.
    if (this.#sendSince(transfer.tick, session, addedBytes))
      this.#enter(session, { kind: "live", plane: "lockstep", broughtTick });
    else this.#owe(session);
  }
}
