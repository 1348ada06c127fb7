/** The replies to pings. A ping that rode on an input is answered with the next frame: one write for both. */
import { Down, DownEncoder } from "../../engine/protocol/down.ts";
import type { Outbox } from "./outbox.ts";
import type { Peer } from "./peer.ts";

/** A ping that came when the server's clock stood at `ticks`, and its client's at `echo` (ms). */
interface Owed {
  readonly peer: Peer;
  readonly echo: number;
  readonly ticks: number;
  /** When that was, in milliseconds of the monotonic clock. */
  readonly since: number;
}

export class PingReplies {
  readonly #outbox: Outbox;
  readonly #ticksPerMs: number;
  readonly #encoder = new DownEncoder();
  readonly #owed: Owed[] = [];

  /** @param tickRate ticks per second. */
  constructor(outbox: Outbox, tickRate: number) {
    this.#outbox = outbox;
    this.#ticksPerMs = tickRate / 1000;
  }

  /** Answers now. */
  answer(peer: Peer, echo: number, ticks: number): void {
    this.#outbox.send(peer, Down.pong, this.#encoder.pong(echo, ticks));
  }

  /** Answers with the next frame. */
  owe(peer: Peer, echo: number, ticks: number, since: number): void {
    this.#owed.push({ peer, echo, ticks, since });
  }

  /** Answers everybody together with what they are sent next, at `now`: both clocks as if the ping had only just come. */
  settle(now: number): void {
    for (let i = 0; i < this.#owed.length; i++) {
      const { peer, echo, ticks, since } = this.#owed[i]!;
      const keptMs = Math.max(0, Math.round(now - since));
      const pong = this.#encoder.pong((echo + keptMs) >>> 0, ticks + keptMs * this.#ticksPerMs);
      this.#outbox.add(peer, { kind: "with-next", packet: this.#outbox.pack(Down.pong, pong) });
    }
    this.#owed.length = 0;
  }
}
