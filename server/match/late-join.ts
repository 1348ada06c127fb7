/** Snapshots for whoever needs the whole world: one per tick at most, shared by all who are owed it in that tick (R6). */

import type { Seat } from "../../shared/engine/game/game.ts";
import { Down, DownEncoder } from "../../shared/engine/protocol/down.ts";
import type { Simulation } from "../../shared/engine/sim/simulation.ts";
import type { Member } from "./member.ts";
import type { Pack, Peer } from "./peer.ts";

/** A client is brought to the present at most this often, in seconds: asking is cheap, answering is not. */
const INTERVAL_SECONDS = 0.5;

export class LateJoin {
  /** Snapshots encoded and snapshots sent. */
  readonly counts = { made: 0, sent: 0 };
  readonly #encoder = new DownEncoder();
  readonly #pack: Pack;
  readonly #intervalTicks: number;
  #tick: number | undefined;
  #snapshot: Uint8Array = new Uint8Array(0);

  constructor(pack: Pack, tickRate: number) {
    this.#pack = pack;
    this.#intervalTicks = Math.ceil(INTERVAL_SECONDS * tickRate);
  }

  /** Whether a client may be brought to the present again by `tick`. */
  isDue(tick: number, member: Member): boolean {
    return member.broughtTick === undefined || tick - member.broughtTick >= this.#intervalTicks;
  }

  /** Sends the world as it is now if this client may have it already; otherwise it stays owed. */
  serve<I, S>(world: Simulation<I, S>, seat: Seat | undefined, peer: Peer, member: Member): void {
    member.isOwedSnapshot = !this.isDue(world.tick, member);
    if (member.isOwedSnapshot) return;
    if (this.#tick !== world.tick) {
      this.#snapshot = world.snapshot();
      this.#tick = world.tick;
      this.counts.made++;
    }
    this.counts.sent++;
    member.broughtTick = world.tick;
    peer.send(this.#pack(Down.snapshot, this.#encoder.snapshot(seat, this.#snapshot)));
  }
}
