/** One WebSocket of a server over a `WireSocket`, and all that can be observed of it, in order. */
import type { IncomingMessage } from "node:http";
import { WebSocket, WebSocketServer } from "ws";
import type { FastSocket } from "../../../server/socket/hardened-socket.ts";
import { CLOSE_CODES, closeReason } from "../../../shared/engine/protocol/close-codes.ts";
import { frames } from "../wire/frames.ts";
import { turn, WireSocket } from "./wire-socket.ts";

/** As in `server/app/app.ts`, but for fewer fragments. */
const OPTIONS = { noServer: true, maxPayload: 4096, maxFragments: 5 } as const;
const REQUEST = {
  method: "GET",
  url: "/",
  headers: {
    upgrade: "websocket",
    connection: "upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  },
} as unknown as IncomingMessage;
/** So many turns of the event loop without anything happening: nothing is under way. */
const QUIET_TURNS = 6;

export interface WirePeerOptions {
  /** The class under test; `ws` alone, with our refusal of text in front, by default. */
  readonly Class?: typeof WebSocket;
  readonly isDirect?: boolean;
  /** So many messages may come the short way; then `onFrame` is taken away, as when a client leaves its room. */
  readonly fastMessages?: number;
  readonly head?: Buffer;
}

export class WirePeer {
  readonly socket: WireSocket;
  readonly ws: WebSocket & FastSocket;
  /** Messages, pings, pongs and the close, each as one line. */
  readonly events: string[] = [];
  /** Messages that came by `onFrame`. */
  fast = 0;

  constructor({ Class = WebSocket, isDirect = false, fastMessages = 0, head = Buffer.alloc(0) }: WirePeerOptions) {
    this.socket = new WireSocket(isDirect);
    const server = new WebSocketServer({
      ...OPTIONS,
      WebSocket: Class,
      // What takes no turns is the simplest, and so the judge of what comes of a stream of bytes.
      allowSynchronousEvents: Class === WebSocket,
    });
    let made: WebSocket | undefined;
    server.handleUpgrade(REQUEST, this.socket, head, (ws) => {
      made = ws;
    });
    this.ws = made as WebSocket & FastSocket;
    this.#listen(Class === WebSocket);
    if (fastMessages > 0) this.#goFast(fastMessages);
  }

  #listen(isStock: boolean): void {
    const { ws, events } = this;
    let closedWith: number | undefined;
    ws.on("error", () => {});
    ws.on("ping", (bytes) => events.push(`ping ${bytes.toString("hex")}`));
    ws.on("pong", (bytes) => events.push(`pong ${bytes.toString("hex")}`));
    // Who closes first says with what, whatever the client's own close says then; `ws` tells of the client's.
    ws.on("close", (code, reason) => events.push(`closed ${closedWith ?? code} ${reason}`));
    ws.on("message", (bytes: Buffer, isBinary) => {
      if (ws.readyState !== WebSocket.OPEN) return;
      if (isBinary || !isStock) events.push(`message ${bytes.toString("hex")}`);
      else {
        closedWith = CLOSE_CODES["protocol/text"].code;
        ws.close(closedWith, closeReason("protocol/text"));
      }
    });
  }

  #goFast(most: number): void {
    this.ws.onFrame = (payload) => {
      this.events.push(`message ${payload.toString("hex")}`);
      this.fast++;
      if (this.fast === most) this.ws.onFrame = undefined;
    };
  }

  /** What the client was sent, after the handshake. */
  get answers(): string[] {
    const bytes = Buffer.concat(this.socket.written);
    const sent = bytes.subarray(bytes.indexOf("\r\n\r\n") + 4);
    return frames(sent).map(({ opcode, payload }) => `${opcode} ${payload.toString("hex")}`);
  }

  /** Waits until all that has come has been dealt with. */
  async settle(): Promise<void> {
    let seen = -1;
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      await turn();
      const now = this.events.length + this.socket.written.length;
      if (now !== seen) quiet = 0;
      seen = now;
    }
  }

  /** The client ends the connection. */
  async end(): Promise<void> {
    if (!this.socket.readableEnded && !this.socket.destroyed) this.socket.push(null);
    await this.settle();
    this.ws.terminate();
    await this.settle();
  }
}
