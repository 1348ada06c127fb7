/** The socket of a stock transport as rooms use it: the long way, by what `ws` documents. */
import type { ServerSocket, SocketOutlet } from "./server-socket.ts";

/** The part of `ws` that is used. */
export interface StockWebSocket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(data: Uint8Array, ...rest: unknown[]): void;
  close(code?: number, reason?: unknown): void;
}

const OPEN = 1;
const BINARY = { binary: true } as const;
const SHORT = 125;
const LENGTH_16 = 126;
const MOST_LENGTH_16 = 0xffff;

/** Where the payload begins of the frame that begins at `at`, and where it ends: a server's frames have no mask. */
function payloadAt(frames: Uint8Array, at: number): { readonly start: number; readonly end: number } {
  const length = frames[at + 1]!;
  if (length <= SHORT) return { start: at + 2, end: at + 2 + length };
  const { buffer, byteOffset } = frames;
  const view = new DataView(buffer, byteOffset + at);
  if (length === LENGTH_16) return { start: at + 4, end: at + 4 + view.getUint16(2) };
  return { start: at + 10, end: at + 10 + view.getUint32(6) };
}

const headerBytes = (length: number): number => (length <= SHORT ? 2 : length <= MOST_LENGTH_16 ? 4 : 10);

class StockOutlet implements SocketOutlet {
  writtenBytes = 0;
  #takenBytes = 0;
  readonly #ws: StockWebSocket;

  constructor(ws: StockWebSocket) {
    this.#ws = ws;
  }

  get unsentBytes(): number {
    return this.#ws.bufferedAmount;
  }

  /** Never less than before: an answer to a ping waits, too, and nobody has counted it as written. */
  get takenBytes(): number {
    this.#takenBytes = Math.max(this.#takenBytes, this.writtenBytes - this.unsentBytes);
    return this.#takenBytes;
  }

  prefetch(): void {}

  write(frames: Uint8Array): void {
    for (let at = 0; at < frames.length && this.#ws.readyState === OPEN; ) {
      const { start, end } = payloadAt(frames, at);
      this.#ws.send(frames.subarray(start, end), BINARY);
      at = end;
    }
  }
}

/** Nothing comes the short way: `onFrame` is never called, and Colyseus tells of every message. */
class StockSocket implements ServerSocket {
  onFrame: ServerSocket["onFrame"];
  readonly line: StockOutlet;
  closedWith: number | undefined;

  constructor(ws: StockWebSocket) {
    const line = new StockOutlet(ws);
    this.line = line;
    const { send, close } = ws;
    // Of this one connection: everything written to it is counted, and how this side closes it is known.
    ws.send = (data, ...rest) => {
      line.writtenBytes += data.length + headerBytes(data.length);
      send.call(ws, data, ...rest);
    };
    ws.close = (code, reason) => {
      this.closedWith ??= code;
      close.call(ws, code, reason);
    };
  }
}

const made = new WeakMap<object, StockSocket>();

/** The one port of a connection, made when it is first asked for. */
export function stockSocket(ws: StockWebSocket): ServerSocket {
  let socket = made.get(ws);
  if (socket === undefined) {
    socket = new StockSocket(ws);
    made.set(ws, socket);
  }
  return socket;
}
