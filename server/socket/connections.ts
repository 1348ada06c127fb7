/**
 * The open WebSockets. A peer is alive as long as bytes come from it, pongs or not: one that is merely slow is never
 * cut. Each is checked once a second, one group after the other: to ping thousands at once would make their ticks late.
 */
import type { IncomingMessage } from "node:http";
import type { WebSocket, WebSocketServer } from "ws";
import { log } from "../base/log.ts";
import { Connection } from "./connection.ts";
import type { FastSocket } from "./hardened-socket.ts";

/** Between one group and the next, in milliseconds. */
const TURN_MS = 40;
const TURNS_PER_LOOK = 1000 / TURN_MS;
/** A peer that sends by itself is pinged this seldom, to know its round trip. */
const LOOKS_PER_PING = 8;
/** Each has one turn of its own in which it is pinged, and is checked in every 25th before and after it. */
const GROUPS = TURNS_PER_LOOK * LOOKS_PER_PING;

export class Connections {
  /** Connections that were cut because nothing was heard from them. */
  silent = 0;
  readonly #open = new Map<unknown, Connection>();
  readonly #groups = Array.from({ length: GROUPS }, () => new Set<Connection>());
  readonly #closed = { received: 0, sent: 0 };
  #added = 0;
  #server: WebSocketServer | undefined;
  #turn = 0;

  /** Watches a server's connections until it closes. */
  watch(server: WebSocketServer): void {
    this.#server = server;
    server.on("connection", (ws: WebSocket, request: IncomingMessage) => this.#add(ws, request));
    const timer = setInterval(() => this.#look(), TURN_MS).unref();
    server.on("close", () => clearInterval(timer));
  }

  /** Whether it is this server whose connections are here. */
  isWatching(server: WebSocketServer): boolean {
    return this.#server === server;
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
    const group = this.#groups[this.#added++ % GROUPS]!;
    this.#open.set(ws, connection);
    group.add(connection);
    ws.once("close", () => {
      this.#open.delete(ws);
      group.delete(connection);
      this.#closed.received += connection.receivedBytes;
      this.#closed.sent += connection.sentBytes;
    });
  }

  #look(): void {
    const pinged = this.#turn++ % GROUPS;
    for (let group = pinged % TURNS_PER_LOOK; group < GROUPS; group += TURNS_PER_LOOK)
      for (const connection of this.#groups[group]!) if (!connection.look(group === pinged)) this.#cut(connection);
  }

  #cut(connection: Connection): void {
    this.silent++;
    const { room, client } = connection;
    log.info({ room, client }, "a connection was cut: nothing came from it");
    connection.cut();
  }
}
