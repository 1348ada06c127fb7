/**
 * One client of the generator: a bare socket, read and written past its stream, and frames made beforehand; a WebSocket
 * library would be the limit itself, and Node's streams nearly so.
 */
import { connect, type Socket } from "node:net";
import { readDirectly } from "../../../../server/socket/direct-read.ts";
import { SocketWriter } from "../../../../server/socket/socket-writer.ts";
import type { LineJudge } from "./contender.ts";

const LONG_LENGTH = 126;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const BINARY = 2;

/** A frame as clients send it; the mask is all zeros, so that nothing has to be masked. At most 125 bytes. */
export function clientFrame(payload: Uint8Array, opcode = BINARY): Buffer {
  const frame = Buffer.alloc(6 + payload.length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | payload.length;
  frame.set(payload, 6);
  return frame;
}

export interface RawClientOptions {
  readonly port: number;
  readonly speech: LineJudge;
  /** Where the WebSocket is, such as `/process/room?sessionId=x`. */
  readonly path: string;
  /** From 0 on; those of one room follow each other. */
  readonly id: number;
  /** Is given each message of the server: a view that is gone afterwards. */
  readonly onMessage: (client: RawClient, message: Buffer) => void;
}

export class RawClient {
  bytesDown = 0;
  readonly id: number;
  /** For whoever speaks: which input was the last, frames so far, and the newest digest of the server. */
  turn = 0;
  frames = 0;
  readonly digest = { tick: 0, value: 0 };
  /** For whoever keeps score: when the last frame came, and when an input left that no frame has had yet. */
  lastFrameAt = 0;
  sentAt = 0;
  /** When the handshake is answered, or never will be. */
  readonly opened: Promise<void>;
  #open!: () => void;
  readonly #socket: Socket;
  readonly #line: SocketWriter;
  readonly #options: RawClientOptions;
  #rest: Buffer | undefined;
  #isOpen: boolean;

  constructor(options: RawClientOptions) {
    this.#options = options;
    this.id = options.id;
    this.#isOpen = options.speech === "tcp";
    this.opened = new Promise((resolve) => {
      this.#open = resolve;
    });
    this.#socket = connect({ port: options.port, host: "127.0.0.1", noDelay: true });
    this.#line = new SocketWriter(this.#socket);
    const take = (buffer: Buffer, count: number): void => this.#take(buffer, count);
    if (!readDirectly(this.#socket, take)) this.#socket.on("data", (bytes: Buffer) => take(bytes, bytes.length));
    this.#socket.on("error", () => {});
    // Whoever waits for one that was refused would wait for ever.
    this.#socket.on("close", this.#open);
    if (!this.#isOpen) {
      const lines = ["Host: localhost", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"];
      this.#socket.write(
        `GET ${options.path} HTTP/1.1\r\n${lines.join("\r\n")}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      );
    }
  }

  send(frame: Uint8Array): void {
    this.#line.write(frame);
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Takes the first `count` bytes of a buffer that is gone afterwards. */
  #take(buffer: Buffer, count: number): void {
    this.bytesDown += count;
    let data = buffer;
    let end = count;
    if (this.#rest !== undefined) {
      data = Buffer.concat([this.#rest, buffer.subarray(0, count)]);
      end = data.length;
      this.#rest = undefined;
    }
    let at = 0;
    if (!this.#isOpen) {
      const headEnd = data.subarray(0, end).indexOf("\r\n\r\n");
      this.#isOpen = headEnd >= 0;
      if (this.#isOpen) {
        at = headEnd + 4;
        this.#open();
      }
    }
    while (this.#isOpen && at < end) {
      const used = this.#options.speech === "tcp" ? this.#readTcp(data, at, end) : this.#readFrame(data, at, end);
      if (used === 0) break;
      at += used;
    }
    if (at < end) this.#rest = Buffer.from(data.subarray(at, end));
  }

  #readTcp(data: Buffer, at: number, end: number): number {
    if (end - at < 2) return 0;
    const length = data.readUInt16LE(at);
    if (end - at < 2 + length) return 0;
    this.#options.onMessage(this, data.subarray(at + 2, at + 2 + length));
    return 2 + length;
  }

  /** Server frames are not masked, and none here is longer than 64 KiB. */
  #readFrame(data: Buffer, at: number, end: number): number {
    if (end - at < 2) return 0;
    const short = data[at + 1]!;
    const header = short === LONG_LENGTH ? 4 : 2;
    if (end - at < header) return 0;
    const length = header === 4 ? data.readUInt16BE(at + 2) : short;
    const next = at + header + length;
    if (next > end) return 0;
    const opcode = data[at]! & 15;
    if (opcode === BINARY) this.#options.onMessage(this, data.subarray(at + header, next));
    // Colyseus ends who does not answer.
    else if (opcode === PING) this.send(clientFrame(data.subarray(at + header, next), PONG));
    else if (opcode === CLOSE) this.close();
    return header + length;
  }
}
