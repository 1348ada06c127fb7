/** Floors without Colyseus: every tick each room's inputs go to each of its clients in one message. Nothing is stepped. */
import { createServer, type Socket } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import type { Load } from "./contender.ts";

/** A room of a relay: what came since the last tick, and who gets it. */
class RelayRoom<Client> {
  readonly clients: Client[] = [];
  #waiting: Uint8Array[] = [];

  take(input: Uint8Array): void {
    this.#waiting.push(input);
  }

  close(): Buffer {
    const frame = Buffer.concat(this.#waiting);
    this.#waiting = [];
    return frame;
  }
}

/** Rooms are filled in the order of connections; one absolute schedule closes the ticks of all. */
class Relay<Client> {
  readonly #rooms: RelayRoom<Client>[] = [];
  readonly #load: Load;
  readonly #send: (client: Client, frame: Buffer) => void;

  constructor(load: Load, send: (client: Client, frame: Buffer) => void) {
    this.#load = load;
    this.#send = send;
    const origin = performance.now();
    let ticks = 0;
    const wake = (): void => {
      ticks++;
      this.#tick();
      setTimeout(wake, Math.max(0, origin + ((ticks + 1) * 1000) / load.tickRate - performance.now()));
    };
    setTimeout(wake, 1000 / load.tickRate);
  }

  enter(client: Client): RelayRoom<Client> {
    let room = this.#rooms.at(-1);
    if (room === undefined || room.clients.length === this.#load.perRoom) {
      room = new RelayRoom();
      this.#rooms.push(room);
    }
    room.clients.push(client);
    return room;
  }

  #tick(): void {
    for (const room of this.#rooms) {
      const frame = room.close();
      for (const client of room.clients) this.#send(client, frame);
    }
  }
}

/** Length-prefixed messages over bare TCP: one byte up, two bytes down. */
export function startNetRelay(load: Load): Promise<number> {
  const relay = new Relay<Socket>(load, (socket, frame) => {
    const message = Buffer.allocUnsafe(frame.length + 2);
    message.writeUInt16LE(frame.length, 0);
    frame.copy(message, 2);
    socket.write(message);
  });
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    const room = relay.enter(socket);
    // An input is small and sent alone: it comes in one piece on loopback.
    socket.on("data", (bytes) => {
      for (let at = 0; at < bytes.length; at += bytes[at]! + 1) room.take(bytes.subarray(at + 1, at + 1 + bytes[at]!));
    });
    socket.on("error", () => {});
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
}

export function startWsRelay(load: Load): Promise<number> {
  const relay = new Relay<WebSocket>(load, (socket, frame) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(frame);
  });
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  server.on("connection", (socket) => {
    const room = relay.enter(socket);
    socket.on("message", (bytes: Buffer) => room.take(bytes));
    socket.on("error", () => {});
  });
  return new Promise((resolve) => {
    server.on("listening", () => resolve((server.address() as { port: number }).port));
  });
}
