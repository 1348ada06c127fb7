/**
 * Writing without a stream: what is small enough for the kernel to take at once, which is nearly everything a game sends,
 * is given to it with one request object that all connections share. Through the stream each write makes a request, a
 * closure and a turn of the queue of callbacks: about a tenth of what a client costs the server, and a quarter of what
 * the collector collects. What the kernel does not take at once waits where Node keeps such things, in order.
 */
import type { Socket } from "node:net";
import { type StreamHandle, streamWrap } from "./stream-wrap.ts";

let request = streamWrap && new streamWrap.WriteWrap();

/** A connection that is written to without its stream where that is possible, and through it where not. */
export class DirectLine {
  /** Bytes that were given to the kernel and that it has not taken yet; not counted by the stream. */
  waiting = 0;
  readonly #socket: Socket;
  /** Undefined where this Node, or this kind of socket (one of TLS), cannot do it. */
  readonly #handle: StreamHandle | undefined;
  readonly #stream: { readonly length: number };

  constructor(socket: Socket) {
    const { _handle: handle, _writableState: stream } = socket as unknown as {
      readonly _handle?: StreamHandle | null;
      readonly _writableState: { readonly length: number };
    };
    this.#socket = socket;
    this.#stream = stream;
    if (streamWrap !== undefined && handle?.constructor.name === "TCP") this.#handle = handle;
  }

  /** Writes the bytes, which must not change any more, after everything that was written before by any way. */
  write(bytes: Uint8Array): void {
    const isClear = this.#stream.length + this.waiting === 0;
    if (this.#handle === undefined || !isClear || this.#handle.writeBuffer(request!, bytes) !== 0) {
      // Also what failed: the stream fails in the same way, and tells everybody.
      this.#socket.write(bytes);
    } else if (streamWrap!.streamBaseState[streamWrap!.kLastWriteWasAsync]) this.#wait(bytes);
  }

  /** The kernel's buffer is full: the request is Node's until the rest is written. */
  #wait(bytes: Uint8Array): void {
    this.waiting = bytes.length;
    request!.buffer = bytes;
    request!.oncomplete = (status) => {
      this.waiting = 0;
      if (status < 0) this.#socket.destroy();
    };
    request = new streamWrap!.WriteWrap();
  }
}
