/**
 * The outbox of the referee: what is to be sent to whom, in order. The referee only writes into it; who sends is whoever runs the
 * match, right after each thing that was asked of it, and then clears it.
 *
 * Everything in it is its own: packets are copies (`pack`), because encoders write the next message where they wrote this one, and a
 * packet waits in a slow client's socket long after the outbox was cleared. It is reused: in the steady state a tick allocates
 * nothing here.
 */
import type { CloseName } from "../../engine/protocol/close-codes.ts";
import type { Plane } from "../../engine/protocol/plane.ts";
import type { Peer } from "./peer.ts";

/** A message of `Down` ready for the wire, made once and sent to many. It stays valid. */
export type Packet = Uint8Array;

/** Puts a message of `Down` into the transport's envelope, copying the payload. */
export type Pack = (type: number, payload: Uint8Array) => Packet;

/** What happens to a connection besides being sent a packet; in order with the packets. */
export type Effect =
  /** Sent in one write with the next packet, in front of it; by itself where there is none until the outbox is empty. */
  | { readonly kind: "with-next"; readonly packet: Packet }
  /** A stream client is told why its input was refused. */
  | { readonly kind: "refuse"; readonly name: string; readonly detail: string }
  /** From now on the client is on this plane: it is sent the world as patches, a whole world first, or no longer. */
  | { readonly kind: "move"; readonly plane: Plane }
  /** A stream client is sent no more patches; or it is again, and a whole world first. */
  | { readonly kind: "choke"; readonly isChoked: boolean }
  /** The connection ends with one of our close codes. */
  | { readonly kind: "close"; readonly name: CloseName };

export class Outbox {
  /** Puts a message into the envelope of the transport, for many recipients. */
  readonly pack: Pack;
  // Side by side, not an object for each entry: nearly all are the same packet for another client.
  readonly #peers: (Peer | undefined)[] = [];
  readonly #contents: (Packet | Effect | undefined)[] = [];
  #length = 0;

  constructor(pack: Pack) {
    this.pack = pack;
  }

  get length(): number {
    return this.#length;
  }

  /** Whom an entry is for. @param at 0 .. `length` - 1. */
  peerAt(at: number): Peer {
    return this.#peers[at]!;
  }

  /** What is to be sent, or to happen. @param at 0 .. `length` - 1. */
  contentAt(at: number): Packet | Effect {
    return this.#contents[at]!;
  }

  add(peer: Peer, content: Packet | Effect): void {
    this.#peers[this.#length] = peer;
    this.#contents[this.#length++] = content;
  }

  /** Adds a message for one client. @returns the bytes that it will be on the wire. */
  send(peer: Peer, type: number, payload: Uint8Array): number {
    const packet = this.pack(type, payload);
    this.add(peer, packet);
    return packet.length;
  }

  /** The bytes of all packets for one client. */
  bytesFor(peer: Peer): number {
    let bytes = 0;
    for (let i = 0; i < this.#length; i++) {
      const content = this.#contents[i];
      if (this.#peers[i] === peer && content instanceof Uint8Array) bytes += content.length;
    }
    return bytes;
  }

  /** Forgets everything, which has been sent. */
  clear(): void {
    // One by one: a shorter array would be allocated again in the next tick, and what stays in one is not collected.
    for (let i = 0; i < this.#length; i++) {
      this.#peers[i] = undefined;
      this.#contents[i] = undefined;
    }
    this.#length = 0;
  }

  /**
   * Before either half of a tick: what connections say of what waits in them is judged in it, and what is in here does not wait there.
   *
   * @throws Error when something was not sent.
   */
  assertSent(): void {
    if (this.#length > 0)
      throw new Error(`${this.#length} entries of the outbox were never sent: send and clear it after each call`);
  }
}
