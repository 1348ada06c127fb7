/**
 * The way out without a stream: what is small enough for the kernel to take at once, which is nearly everything a game
 * sends, is given to it with one request object that all connections share. Through the stream each write allocates a
 * request, a closure and a turn of the queue of callbacks: about a tenth of what a client costs the server, and a
 * quarter of what the collector collects. What the kernel does not take at once waits where Node keeps such things, in
 * order.
 */
import type { Socket } from "node:net";
import type { SocketOutlet } from "../colyseus/server-socket.ts";
import { Outflow } from "./outflow.ts";
import { type StreamHandle, streamWrap } from "./stream-wrap.ts";

let request = streamWrap && new streamWrap.WriteWrap();

/** A connection that is written to without its stream where that is possible, and through it where not. */
export class SocketWriter implements SocketOutlet {
  /** False from the first close of either side on: nothing is written any more. */
  isOpen = true;
  /** Whether the stream has been used since it was last known to be empty: only then it is read. */
  #isStreamUsed = true;
  /** Bytes that were given to the kernel and that it has not taken yet; the stream does not know them. */
  #waiting = 0;
  /** Undefined where this Node, or this kind of socket (one of TLS), cannot do it. */
  readonly #handle: StreamHandle | undefined;
  readonly #socket: Socket;
  readonly #outflow: Outflow;

  constructor(socket: Socket) {
    const { _handle: handle } = socket as unknown as { readonly _handle?: StreamHandle | null };
    this.#socket = socket;
    const isPlain = handle?.constructor.name === "TCP" && typeof handle.writeBuffer === "function";
    if (streamWrap !== undefined && isPlain) this.#handle = handle;
    this.#outflow = new Outflow(handle ?? undefined);
    const { write } = socket;
    socket.write = (...values: unknown[]) => {
      this.#isStreamUsed = true;
      this.#outflow.written += Buffer.byteLength(values[0] as string | Uint8Array);
      return (write as (...given: unknown[]) => boolean).apply(socket, values);
    };
    const shut = (): void => {
      this.isOpen = false;
    };
    socket.once("end", shut).once("close", shut);
  }

  /** Most bytes that wait to be written, by either way: what is written in one piece counts until all of it is gone. */
  get unsentBytes(): number {
    return this.#waiting + (this.#isStreamUsed ? this.#socket.writableLength : 0);
  }

  /** All bytes that were written. */
  get writtenBytes(): number {
    return this.#outflow.written;
  }

  /** How many of them the kernel has taken. */
  get takenBytes(): number {
    return this.#outflow.taken(this.unsentBytes);
  }

  /** Brings what `write` needs into the processor's cache: the answer is of no use, but Node has to look for it there. */
  prefetch(): void {
    void this.#handle?.writeQueueSize;
  }

  /** Writes the bytes, which must not change any more, after everything that was written before by any way. */
  write(bytes: Uint8Array): void {
    if (!this.isOpen) return;
    if (this.#isStreamUsed) this.#isStreamUsed = this.#socket.writableLength > 0;
    const isClear = this.#handle !== undefined && !this.#isStreamUsed && this.#waiting === 0;
    // Also what failed goes through the stream, which fails in the same way, and tells everybody.
    if (!isClear || this.#handle.writeBuffer(request!, bytes) !== 0) this.#socket.write(bytes);
    else {
      this.#outflow.written += bytes.length;
      if (streamWrap!.streamBaseState[streamWrap!.kLastWriteWasAsync]) this.#wait(bytes);
    }
  }

  /** The kernel's buffer is full: the request is Node's until the rest is written. */
  #wait(bytes: Uint8Array): void {
    this.#waiting = bytes.length;
    request!.buffer = bytes;
    request!.oncomplete = (status) => {
      this.#waiting = 0;
      if (status < 0) this.#socket.destroy();
    };
    request = new streamWrap!.WriteWrap();
  }
}
