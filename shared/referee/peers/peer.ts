/** A connection as the match sees it: Colyseus clients and in-memory test clients are peers of this one shape. */

import type { CloseName } from "../../engine/protocol/close-codes.ts";
import type { Plane } from "../../engine/protocol/plane.ts";

/** A message of `Down` ready for the wire, made once and sent to many. It stays valid. */
export type Packet = Uint8Array;

/** Puts a message of `Down` into the transport's envelope, copying the payload. */
export type Pack = (type: number, payload: Uint8Array) => Packet;

export interface Peer {
  /** Unique in the room; also the id of the seat's holder. */
  readonly id: string;
  /** Whether the client has acknowledged its join; nothing is sent before. */
  readonly isJoined: boolean;
  /** Bytes that wait to be written to its socket, at most: what was handed over in one piece counts until all of it is gone. */
  readonly bufferedBytes: number;
  /** All bytes that were written so far, and how many of them the socket has taken: exact, and dearer to ask for. */
  readonly writtenBytes: number;
  readonly takenBytes: number;
  /** Something will be sent soon: brings what that needs into the processor's cache. */
  prefetch(): void;
  send(packet: Packet): void;
  /** Sends it together with the next one, in front of it; or by itself at the next `flush`. */
  sendWithNext(packet: Packet): void;
  flush(): void;
  /** Tells a stream client why its input was refused. */
  refuse(name: string, detail: string): void;
  /** From now on the client is on this plane: the transport sends it the world as patches, or no longer does. */
  moveTo(plane: Plane): void;
  /** A stream client is sent no more patches; or it is again, and a whole world first. */
  choke(isChoked: boolean): void;
  /** Ends the connection with one of our close codes. */
  close(name: CloseName): void;
}
