/** Brings clients to the present: the frames since, or a snapshot shared by all joiners and the frames since that (R6). */
import { Down, DownEncoder } from "../../engine/protocol/down.ts";
import type { Simulation } from "../../engine/sim/simulation.ts";
import type { Seats } from "../inputs/seats.ts";
import type { ClientSession } from "../peers/client-session.ts";
import type { FrameBroadcast } from "../peers/frame-broadcast.ts";
import { allowWhole } from "../peers/lag.ts";
import type { Pack, Peer } from "../peers/peer.ts";
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
  readonly pack: Pack;
  readonly isStrict: boolean;
}

export class LateJoin<I, S> {
  /** Snapshots sent. */
  sent = 0;
  readonly #match: LateJoinOptions<I, S>;
  readonly #encoder = new DownEncoder();
  readonly #intervalTicks: number;

  constructor(match: LateJoinOptions<I, S>) {
    this.#match = match;
    this.#intervalTicks = Math.ceil(INTERVAL_SECONDS * match.world.game.tickRate);
  }

  /** Sends what is missing from `nextTick` on, and every frame from now on; 0 asks for the whole world. */
  bring(peer: Peer, session: ClientSession, nextTick: number): void {
    if (nextTick > 0 && this.#isDue(session) && this.#sendSince(nextTick, peer, session)) {
      session.isOwedSnapshot = false;
      session.transfer = undefined;
      session.broughtTick = this.#match.world.tick;
    } else this.#serve(peer, session);
  }

  /** Stops sending anything to a client. */
  drop(peer: Peer, session: ClientSession): void {
    session.transfer = undefined;
    session.isOwedSnapshot = false;
    this.#match.broadcast.forget(peer);
  }

  /** Once a tick: snapshots that are owed by now, and the next parts of those under way. */
  tend(peer: Peer, session: ClientSession): void {
    if (session.isOwedSnapshot) this.#serve(peer, session);
    else if (session.transfer !== undefined) this.#send(peer, session);
  }

  #isDue({ broughtTick }: ClientSession): boolean {
    return broughtTick === undefined || this.#match.world.tick - broughtTick >= this.#intervalTicks;
  }

  /** The frames from `tick` to the present of this client; it then gets the others as they come. */
  #sendSince(tick: number, peer: Peer, session: ClientSession): boolean {
    const { broadcast, world } = this.#match;
    const isSent = broadcast.sendSince(tick, Math.max(tick, world.tick - session.delayTicks), peer);
    if (!isSent) return false;
    broadcast.listen(peer, session);
    // The frames of a minute may be more than a client may otherwise leave unread.
    allowWhole(peer, session);
    return true;
  }

  #serve(peer: Peer, session: ClientSession): void {
    const { world, keyframes, seats, isStrict } = this.#match;
    session.isOwedSnapshot = !this.#isDue(session);
    if (session.isOwedSnapshot) return;
    const { delayTicks } = session;
    const keyframe =
      delayTicks === 0 ? keyframes.fresh(world, this.#intervalTicks) : keyframes.before(world.tick - delayTicks);
    // A room younger than the delay has nothing to show yet.
    session.isOwedSnapshot = keyframe === undefined;
    if (keyframe === undefined) return;
    this.#match.broadcast.forget(peer);
    session.broughtTick = world.tick;
    const messages = this.#encoder.snapshot(seats.seatOf(peer.id), isStrict, keyframe.parcel);
    session.transfer = { tick: keyframe.tick, messages, next: 0 };
    this.sent++;
    this.#send(peer, session);
  }

  /** Sends the next parts; after the last one the frames since. */
  #send(peer: Peer, session: ClientSession): void {
    const transfer = session.transfer!;
    for (let i = 0; i < PARTS_PER_TICK && transfer.next < transfer.messages.length; i++) {
      if (peer.bufferedBytes > MOST_BUFFERED_BYTES) return;
      peer.send(this.#match.pack(Down.snapshot, transfer.messages[transfer.next]!));
      transfer.next++;
      // A line that takes its time is none that stands still: see `judgeLag`.
      session.broughtTick = this.#match.world.tick;
      allowWhole(peer, session);
    }
    if (transfer.next < transfer.messages.length) return;
    session.transfer = undefined;
    // A line so slow that the frames have left the log meanwhile: from the start.
    if (!this.#sendSince(transfer.tick, peer, session)) session.isOwedSnapshot = true;
  }
}
