/** A socket of the server as rooms use it, whichever transport has made it. */

/** What is written to a socket, and what becomes of it. */
export interface SocketOutlet {
  /** Bytes that wait to be written, at most: what is written in one piece counts until all of it is gone. */
  readonly unsentBytes: number;
  /** All bytes that were written, and how many of them the kernel has taken. */
  readonly writtenBytes: number;
  readonly takenBytes: number;
  /** Brings what `write` needs into the processor's cache. */
  prefetch(): void;
  /** Writes finished WebSocket frames, headers included, which must not change any more; in order with the client's `raw`. */
  write(frames: Uint8Array): void;
}

/** Port: what a room may use of its clients' sockets, beside what every client of Colyseus has. */
export interface ServerSocket {
  /** Takes messages without the way through events, and when (ms) they came, where the socket can. The payload is gone when it returns. */
  onFrame: ((payload: Buffer, now: number) => void) | undefined;
  readonly line: SocketOutlet;
  /** The code with which this side closed it; undefined before. */
  readonly closedWith: number | undefined;
}
