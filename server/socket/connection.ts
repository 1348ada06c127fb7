/** One open WebSocket: its round trip by ping, its bytes, and how long it has been silent. */
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import { readHandshake } from "../colyseus/room-address.ts";
import type { FastSocket } from "./hardened-socket.ts";

/** Checks without a byte after which the peer is taken for gone. */
const MOST_SILENT_LOOKS = 6;
/** The same while more is on its way than the line has carried yet, and the answer to a ping comes after all of it. */
const MOST_JAMMED_LOOKS = 30;
/** A silent peer is pinged at every second check: found within seven seconds, and asked three times before. */
const SILENT_LOOKS_PER_PING = 2;
/** Pings that may be under way; answers to older ones tell nothing of now. */
const MOST_PINGS = 8;

export class Connection {
  /** Of the last answered ping; undefined before it. */
  roundTripMs: number | undefined;
  /** The room it is for, and its session there. */
  readonly room: string | undefined;
  readonly client: string | undefined;
  readonly #ws: WebSocket & FastSocket;
  readonly #socket: Socket;
  /** Of the socket before it became a WebSocket: a handshake, or requests. */
  readonly #before: { readonly received: number; readonly sent: number };
  /** When each ping was sent, by its number. */
  readonly #pings = new Map<number, number>();
  #pinged = 0;
  #heardBytes = -1;
  /** Counted in looks, not in time: when the process itself stood still, nobody is dead for it. */
  #silentLooks = 0;
  /** Whether something waited in the socket at the last look; or has waited, and the ping after it is not answered yet. */
  #isFull = false;
  #isJammed = false;
  #pingAfter = 0;
  #takenBytes = 0;

  constructor(ws: WebSocket & FastSocket, { socket, url = "/" }: Pick<IncomingMessage, "socket" | "url">) {
    const { room, session } = readHandshake(url);
    this.room = room;
    this.client = session;
    this.#ws = ws;
    this.#socket = socket;
    this.#before = { received: socket.bytesRead, sent: socket.bytesWritten };
    ws.on("pong", (payload: Buffer) => this.#pong(payload));
  }

  get receivedBytes(): number {
    return this.#socket.bytesRead - this.#before.received;
  }

  get sentBytes(): number {
    return this.#socket.bytesWritten - this.#before.sent;
  }

  get bufferedBytes(): number {
    return this.#ws.line.unsentBytes;
  }

  /** Once a second: false when it has been silent for too long. */
  look(isPingDue: boolean): boolean {
    const { receivedBytes } = this;
    this.#silentLooks = receivedBytes === this.#heardBytes && !this.#isTaking() ? this.#silentLooks + 1 : 0;
    this.#heardBytes = receivedBytes;
    if (this.#silentLooks >= (this.#isJammed ? MOST_JAMMED_LOOKS : MOST_SILENT_LOOKS)) return false;
    const isAsked = this.roundTripMs === undefined || this.#silentLooks % SILENT_LOOKS_PER_PING === 1;
    if ((isPingDue || isAsked) && this.#ws.readyState === this.#ws.OPEN) this.#ping();
    return true;
  }

  /** Whether the peer's end reads: a socket that was full has taken more. */
  #isTaking(): boolean {
    const { unsentBytes, takenBytes } = this.#ws.line;
    const isTaken = this.#isFull && takenBytes > this.#takenBytes;
    this.#takenBytes = takenBytes;
    this.#isFull = unsentBytes > 0;
    if (this.#isFull) {
      this.#isJammed = true;
      this.#pingAfter = this.#pinged + 1;
    }
    return isTaken;
  }

  cut(): void {
    this.#ws.terminate();
  }

  #ping(): void {
    this.#pinged = (this.#pinged + 1) >>> 0;
    this.#pings.set(this.#pinged, performance.now());
    if (this.#pings.size > MOST_PINGS) this.#pings.delete([...this.#pings.keys()][0]!);
    const payload = Buffer.allocUnsafe(4);
    payload.writeUInt32LE(this.#pinged);
    this.#ws.ping(payload);
  }

  /** Peers may send pongs that nobody asked for. */
  #pong(payload: Buffer): void {
    const number = payload.length === 4 ? payload.readUInt32LE() : 0;
    const sentAt = this.#pings.get(number);
    if (sentAt === undefined) return;
    this.#pings.delete(number);
    this.roundTripMs = performance.now() - sentAt;
    if (number >= this.#pingAfter) this.#isJammed = false;
  }
}
