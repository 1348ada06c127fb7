/** The replies to pings. A ping that rode on an input is answered with the next frame: one write for both. */
import { Down, DownEncoder } from "../../engine/protocol/down.ts";
import type { Pack, Packet, Peer } from "./peer.ts";

/** A ping that came when the server's clock stood at `ticks`, and its client's at `echo` (ms). */
interface Owed {
  readonly peer: Peer;
  readonly echo: number;
  readonly ticks: number;
  /** When that was, in milliseconds of the monotonic clock. */
  readonly since: number;
}

export class PingReplies {
  readonly #pack: Pack;
  readonly #ticksPerMs: number;
  readonly #encoder = new DownEncoder();
  readonly #owed: Owed[] = [];

  /** @param tickRate ticks per second. */
  constructor(pack: Pack, tickRate: number) {
    this.#pack = pack;
    this.#ticksPerMs = tickRate / 1000;
  }

  /** Answers now. */
  answer(peer: Peer, echo: number, ticks: number): void {
    peer.send(this.#packetOf(echo, ticks));
  }

  /** Answers with the next frame. */
  owe(peer: Peer, echo: number, ticks: number, since: number): void {
    this.#owed.push({ peer, echo, ticks, since });
  }

  /** Gives everybody's answer to what they are sent next, at `now`: both clocks as if the ping had only just come. */
  hand(now: number): void {
    for (let i = 0; i < this.#owed.length; i++) {
      const { peer, echo, ticks, since } = this.#owed[i]!;
      const keptMs = Math.max(0, Math.round(now - since));
      peer.sendWithNext(this.#packetOf(echo + keptMs, ticks + keptMs * this.#ticksPerMs));
    }
  }

  /** Every client was sent its frame: one that was sent none gets the answer alone. */
  settle(): void {
    for (let i = 0; i < this.#owed.length; i++) this.#owed[i]!.peer.flush();
    this.#owed.length = 0;
  }

  #packetOf(echo: number, ticks: number): Packet {
    return this.#pack(Down.pong, this.#encoder.pong(echo >>> 0, ticks));
  }
}
