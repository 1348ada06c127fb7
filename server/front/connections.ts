/**
 * Every open WebSocket. A peer is alive as long as bytes come from it, pongs or not: one that is merely slow is never cut.
 */
import type { IncomingMessage } from "node:http";
import type { WebSocketTransport } from "@colyseus/ws-transport";
import type { WebSocket, WebSocketServer } from "ws";
import { log } from "../log.ts";
import { Connection } from "./connection.ts";
import type { FastSocket } from "./guarded-socket.ts";

const LOOK_MS = 1000;
/** Who speaks by itself is pinged this seldom, to know its round trip. */
const LOOKS_PER_PING = 8;

export class Connections {
  /** Connections that were cut because nothing was heard from them. */
  silent = 0;
  readonly #open = new Map<unknown, Connection>();
  readonly #closed = { received: 0, sent: 0 };
  #looks = 0;

  /** Watches a server's connections until it closes. */
  watch(transport: WebSocketTransport): void {
    // Colyseus keeps the server that has them for its own classes.
    const { wss: server } = transport as unknown as { readonly wss: WebSocketServer };
    server.on("connection", (ws: WebSocket, request: IncomingMessage) => this.#add(ws, request));
    const timer = setInterval(() => this.#look(), LOOK_MS).unref();
    server.on("close", () => clearInterval(timer));
  }

  /** The connection of a WebSocket, as Colyseus's clients have it for `ref`. */
  of(ws: unknown): Connection | undefined {
    return this.#open.get(ws);
  }

  get open(): readonly Connection[] {
    return [...this.#open.values()];
  }

  get receivedBytes(): number {
    return this.open.reduce((sum, { receivedBytes }) => sum + receivedBytes, this.#closed.received);
  }

  get sentBytes(): number {
    return this.open.reduce((sum, { sentBytes }) => sum + sentBytes, this.#closed.sent);
  }

  #add(ws: WebSocket, request: IncomingMessage): void {
    const connection = new Connection(ws as WebSocket & FastSocket, request);
    this.#open.set(ws, connection);
    ws.once("close", () => {
      this.#open.delete(ws);
      this.#closed.received += connection.receivedBytes;
      this.#closed.sent += connection.sentBytes;
    });
  }

  #look(): void {
    this.#looks++;
    const isPingDue = this.#looks % LOOKS_PER_PING === 0;
    for (const connection of this.open) {
      if (connection.look(isPingDue)) continue;
      this.silent++;
      const { room, client } = connection;
      log.info({ room, client }, "a connection was cut: nothing came from it");
      connection.cut();
    }
  }
}
