/** A WebSocket of the server, hardened for the open internet: budgets, binary only, and closes that cannot throw. */
import type { Socket } from "node:net";
import { WebSocket } from "ws";
import { TokenBucket } from "../../shared/budget/token-bucket.ts";
import {
  CLOSE_CODES,
  type CloseName,
  closeReason,
  MOST_REASON_BYTES,
} from "../../shared/engine/protocol/close-codes.ts";
import { log } from "../base/log.ts";
import type { ServerSocket } from "../colyseus/server-socket.ts";
import type { Settings } from "../config/settings.ts";
import { readDirectly } from "./direct-read.ts";
import { mendReceiver, type Receiver } from "./mended-receiver.ts";
import { shortFrameAt, unmask } from "./short-frames.ts";
import { SocketWriter } from "./socket-writer.ts";

/** The cost of a WebSocket frame besides its payload: many small ones are work too. */
const FRAME_BYTES = 256;
/** The seconds' worth that may come at once: after a stall of the network everything does. */
const BURST_SECONDS = 4;
const INTERNAL_ERROR = 1011;
/** A peer that does not answer a close within this time is gone, or only keeps the connection from others. */
const CLOSING_MS = 5000;

type Limits = Pick<Settings, "BYTES_PER_SECOND" | "CONTROLS_PER_SECOND" | "FIRST_MESSAGE_SECONDS">;

/** The most frames of one chunk that go the short way; the rest goes the way where other connections have their turn. */
const MOST_AT_ONCE = 4;

/** What is used of `ws` beside its documented interface; its version is pinned exactly, and a test watches this. */
interface Insides {
  readonly _socket: Socket;
  readonly _receiver: Receiver & {
    readonly _state: number;
    readonly _bufferedBytes: number;
    readonly _fragmented: number;
    readonly writableLength: number;
    write(chunk: Buffer): boolean;
  };
  setSocket(socket: Socket, head: Buffer, options: object): void;
}
/** The parser's state between two frames. */
const BETWEEN_FRAMES = 0;

const OpenSocket = WebSocket as unknown as new (...values: unknown[]) => WebSocket & Insides;

/** RFC 6455 section 7.4, and the codes that applications may use; 1005 and 1006 must not travel. */
const isSendable = (code: number): boolean =>
  (code >= 3000 && code <= 4999) || (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code));

/** At most 123 bytes of UTF-8 without half a character at the end. */
function cutReason(reason: string | Buffer): string {
  const bytes = Buffer.from(reason as string).subarray(0, MOST_REASON_BYTES);
  return new TextDecoder().decode(bytes, { stream: true });
}

/** What a room may use of its clients' connections, beside what every WebSocket has. */
export interface FastSocket extends ServerSocket {
  readonly line: SocketWriter;
}

/** The class for `ws` to make its connections of. */
export function hardenedSocket(limits: Limits): typeof WebSocket {
  class HardenedSocket extends OpenSocket implements FastSocket {
    onFrame: ((payload: Buffer, now: number) => void) | undefined;
    /** From `setSocket` on, and so before anybody has it. */
    line!: SocketWriter;
    readonly #bytes = new TokenBucket(limits.BYTES_PER_SECOND, limits.BYTES_PER_SECOND * BURST_SECONDS);
    readonly #controls = new TokenBucket(limits.CONTROLS_PER_SECOND, limits.CONTROLS_PER_SECOND * BURST_SECONDS);
    #deadline: NodeJS.Timeout | undefined;
    #closing: NodeJS.Timeout | undefined;
    /** A peer that does not answer a close was still not dropped. */
    closedWith: number | undefined;
    #isWsBusy = true;

    /** Whatever asks for it: a reason that is too long, or a code that may not be sent, would throw in `ws`. */
    override close(code?: number, reason?: string | Buffer): void {
      this.#closing ??= setTimeout(() => this.terminate(), CLOSING_MS);
      this.closedWith ??= code;
      this.line.isOpen = false;
      if (code === undefined) super.close();
      else super.close(isSendable(code) ? code : INTERNAL_ERROR, cutReason(reason ?? ""));
    }

    override terminate(): void {
      this.line.isOpen = false;
      super.terminate();
    }

    override setSocket(socket: Socket, head: Buffer, options: object): void {
      this.line = new SocketWriter(socket);
      super.setSocket(socket, head, options);
      const receiver = this._receiver;
      mendReceiver(receiver);
      const isDirect = readDirectly(socket, (buffer, count) => {
        const taken = this.#takeShort(buffer, count);
        // A copy: `ws` may hold on to it.
        if (taken < count) socket.emit("data", Buffer.from(buffer.subarray(taken, count)));
      });
      if (isDirect) return;
      const { write } = receiver;
      receiver.write = (chunk) => {
        const taken = this.#takeShort(chunk, chunk.length);
        return taken === chunk.length || write.call(receiver, taken === 0 ? chunk : chunk.subarray(taken));
      };
    }

    /** Whether `ws` has nothing half-read: then the next byte begins a frame. Its parser is asked only after it was given something. */
    #isBetween(): boolean {
      if (!this.#isWsBusy) return true;
      const { _state, _bufferedBytes, _fragmented, writableLength } = this._receiver;
      this.#isWsBusy = _state !== BETWEEN_FRAMES || _bufferedBytes + _fragmented + writableLength > 0;
      return !this.#isWsBusy;
    }

    /** Hands whole short frames to `onFrame`, and says how many of the chunk's first `count` bytes they were. */
    #takeShort(chunk: Buffer, count: number): number {
      if (!this.#isBetween()) return 0;
      let at = 0;
      for (let i = 0; i < MOST_AT_ONCE && this.onFrame !== undefined; i++) {
        const bytes = shortFrameAt(chunk, at, count);
        if (bytes === 0) break;
        const payload = unmask(chunk, at, bytes);
        at += bytes;
        const now = performance.now();
        if (this.#takes(payload, true, now)) this.onFrame(payload, now);
      }
      this.#isWsBusy = at < count;
      return at;
    }

    override emit(event: string | symbol, ...values: unknown[]): boolean {
      switch (event) {
        case "open":
          this.#deadline = setTimeout(() => this.#end("join/unacknowledged"), limits.FIRST_MESSAGE_SECONDS * 1000);
          break;
        case "message":
          if (!this.#takes(values[0], values[1], performance.now())) return true;
          break;
        case "ping":
        case "pong":
          if (this.#controls.spend(1, performance.now()) < 0) this.#end("protocol/flood");
          break;
        case "close":
          clearTimeout(this.#deadline);
          clearTimeout(this.#closing);
          values[0] = this.closedWith ?? values[0];
          break;
        case "error":
          // `ws` closes with the right code by itself; for everybody else it is the peer's fault, not an error.
          log.debug({ err: values[0] }, "a WebSocket failed");
          return true;
      }
      return super.emit(event, ...values);
    }

    #takes(message: unknown, isBinary: unknown, now: number): boolean {
      if (this.#deadline !== undefined) clearTimeout(this.#deadline);
      this.#deadline = undefined;
      if (this.readyState !== WebSocket.OPEN) return false;
      if (isBinary === false) return this.#end("protocol/text");
      const { length } = message as Uint8Array;
      return this.#bytes.spend(length + FRAME_BYTES, now) >= 0 || this.#end("protocol/flood");
    }

    #end(name: CloseName): false {
      this.close(CLOSE_CODES[name].code, closeReason(name));
      return false;
    }
  }
  return HardenedSocket as unknown as typeof WebSocket;
}
