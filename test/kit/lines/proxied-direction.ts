/**
 * One direction from one socket to the other, segment by segment over a simulated line; it reads no more than it can
 * hold.
 */
import type { Socket } from "node:net";
import { RealtimeLink } from "../../../client/netsim/realtime-link.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { Conditions } from "../../../shared/netsim/conditions.ts";

/** What TCP puts into one packet of an Ethernet: each is late, lost or in time by itself. */
const SEGMENT_BYTES = 1460;
/** Beyond so much under way nothing more is read, as with a full TCP window; one read of a socket may come on top. */
const MOST_BYTES = 256 * 1024;

/** The sender says no more; it arrives after everything it said. */
const END = undefined;

export class ProxiedDirection {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #line: RealtimeLink<Buffer | typeof END>;
  #isPaused = false;
  #isStopped = false;

  constructor(from: Socket, to: Socket, conditions: Conditions, random: WorldRandom) {
    this.#from = from;
    this.#to = to;
    this.#line = new RealtimeLink(conditions, new WorldRandom(random.uint32()), (segment) => this.#write(segment));
    from.on("data", (bytes: Buffer) => this.#read(bytes));
    from.on("end", () => this.#line.pass(END, 0));
    to.on("drain", () => this.#breathe());
  }

  /** Bytes under way or waiting to be written. */
  get waitingBytes(): number {
    return this.#line.waitingBytes + this.#to.writableLength;
  }

  change(conditions: Conditions): void {
    this.#line.change(conditions);
  }

  /** Reads nothing more, so that the sender finds its own buffers full; what is under way still arrives. */
  pause(): void {
    this.#isPaused = true;
    this.#breathe();
  }

  resume(): void {
    this.#isPaused = false;
    this.#breathe();
  }

  /** Loses what is under way. */
  stop(): void {
    this.#isStopped = true;
    this.#line.clear();
  }

  #read(bytes: Buffer): void {
    for (let at = 0; at < bytes.length && !this.#isStopped; at += SEGMENT_BYTES) {
      const segment = bytes.subarray(at, at + SEGMENT_BYTES);
      this.#line.pass(segment, segment.length);
    }
    this.#breathe();
  }

  #write(segment: Buffer | typeof END): void {
    if (segment === END) this.#to.end();
    else this.#to.write(segment);
    this.#breathe();
  }

  /** Reads on, or not. */
  #breathe(): void {
    if (this.#isPaused || this.waitingBytes >= MOST_BYTES) this.#from.pause();
    else if (this.#from.isPaused()) this.#from.resume();
  }
}
