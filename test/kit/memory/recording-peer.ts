/** A connection that only writes down what the match did to it. */

import { Down, type DownMessage, decodeDown } from "../../../shared/engine/protocol/down.ts";
import { Unwrapper } from "../../../shared/engine/protocol/parcel.ts";
import type { Plane } from "../../../shared/engine/protocol/plane.ts";
import type { Packet } from "../../../shared/referee/peers/outbox.ts";
import type { MemoryPeer } from "./delivery.ts";

export class RecordingPeer implements MemoryPeer {
  readonly id: string;
  readonly packets: Packet[] = [];
  readonly refusals: { readonly name: string; readonly detail: string }[] = [];
  readonly closes: string[] = [];
  readonly moves: Plane[] = [];
  /** To be sent with the next packet. */
  #first: Packet | undefined;
  isJoined = true;
  bufferedBytes = 0;
  takenBytes = 0;
  /** Whether it is choked, each time that was said. */
  readonly chokes: boolean[] = [];

  constructor(id: string) {
    this.id = id;
  }

  get writtenBytes(): number {
    return this.takenBytes + this.bufferedBytes;
  }

  send(packet: Packet): void {
    this.flush();
    this.packets.push(packet);
  }

  sendWithNext(packet: Packet): void {
    this.flush();
    this.#first = packet;
  }

  flush(): void {
    if (this.#first !== undefined) this.packets.push(this.#first);
    this.#first = undefined;
  }

  refuse(name: string, detail: string): void {
    this.refusals.push({ name, detail });
  }

  moveTo(plane: Plane): void {
    this.moves.push(plane);
  }

  choke(isChoked: boolean): void {
    this.chokes.push(isChoked);
  }

  close(name: string): void {
    this.closes.push(name);
  }

  /** What was sent since the last call, decoded; packets as `packInMemory` makes them. */
  take(): DownMessage[] {
    return this.packets.splice(0).map((packet) => decodeDown(packet[0]!, packet.subarray(1)));
  }

  /** `take()` in short: "snapshot", "frame 7", "frames 3+4", "pong". */
  takeNames(): string[] {
    return this.packets.splice(0).map((packet) => {
      const message = decodeDown(packet[0]!, packet.subarray(1));
      if (message.kind !== "frames") return message.kind;
      return packet[0] === Down.frame ? `frame ${message.firstTick}` : `frames ${message.firstTick}+${message.count}`;
    });
  }
}

/** The world in a snapshot of one part. */
export function snapshotIn(message: DownMessage | undefined): Uint8Array {
  if (message?.kind !== "snapshot") throw new Error(`no snapshot but ${message?.kind}`);
  const snapshot = new Unwrapper().take(message.part);
  if (typeof snapshot === "string") throw new Error(`the snapshot is not whole: ${snapshot}`);
  return snapshot;
}
