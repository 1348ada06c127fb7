/** A connection as the referee reads it: Colyseus clients and in-memory test clients are peers of this one shape. */

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
}
