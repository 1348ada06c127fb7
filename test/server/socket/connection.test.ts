/** One connection: bytes keep it alive, pongs of ours tell the round trip, and silence is counted in looks. */
import { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import type { WebSocket } from "ws";
import { Connection } from "../../../server/socket/connection.ts";
import type { FastSocket } from "../../../server/socket/hardened-socket.ts";

class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  readonly line = { unsentBytes: 0, takenBytes: 0 };
  readonly pings: Buffer[] = [];
  ping(payload: Buffer): void {
    this.pings.push(payload);
  }
}

function open() {
  const ws = new FakeSocket();
  const socket = { bytesRead: 500, bytesWritten: 300 };
  const request = { socket, url: "/p/room1?sessionId=abc" } as unknown as IncomingMessage;
  return { ws, socket, connection: new Connection(ws as unknown as WebSocket & FastSocket, request) };
}

it("knows whose it is, and counts from when it became a WebSocket", () => {
  const { socket, connection } = open();
  socket.bytesRead += 10;
  socket.bytesWritten += 20;
  expect(connection).toMatchObject({ room: "room1", client: "abc", receivedBytes: 10, sentBytes: 20 });
});

it("is silent after the sixth check without a byte; any byte restarts the count", () => {
  const { socket, connection } = open();
  const looks = (count: number) => Array.from({ length: count }, () => connection.look(false));
  expect(looks(6), "the first look is at somebody new").toEqual(Array(6).fill(true));
  socket.bytesRead++;
  expect(looks(6)).toEqual(Array(6).fill(true));
  expect(connection.look(false)).toBe(false);
});

it("is not silent while its socket takes what waited, nor for half a minute after, until it has answered a ping", () => {
  const { ws, socket, connection } = open();
  const look = (): boolean => connection.look(false);
  socket.bytesRead++;
  ws.line.unsentBytes = 2_000_000;
  for (let i = 0; i < 100; i++) {
    ws.line.takenBytes += 20_000;
    expect(look(), "a whole world on a slow line").toBe(true);
  }
  ws.line.unsentBytes = 0;
  const looks = (): number => {
    for (let count = 0; ; count++) if (!look()) return count;
  };
  for (let i = 0; i < 20; i++) expect(look(), "and what the kernel still has of it").toBe(true);
  ws.emit("pong", ws.pings.at(-1));
  socket.bytesRead++;
  expect(look()).toBe(true);
  expect(looks(), "from then on as everybody").toBe(5);
});

it("is silent after half a minute when a full socket takes nothing, whatever was given to the kernel before", () => {
  const { ws, socket, connection } = open();
  socket.bytesRead++;
  connection.look(false);
  ws.line.takenBytes += 100_000;
  ws.line.unsentBytes = 500_000;
  let looks = 0;
  while (connection.look(false)) looks++;
  expect(looks).toBeGreaterThan(20);
  expect(looks).toBeLessThan(40);
});

it("pings at once, when it is due, and at every second look in silence", () => {
  const { ws, socket, connection } = open();
  const pingsAfter = (isPingDue: boolean, bytes: number): number => {
    socket.bytesRead += bytes;
    connection.look(isPingDue);
    return ws.pings.splice(0).length;
  };
  expect(pingsAfter(false, 1), "nothing is known of it").toBe(1);
  connection.look(false);
  ws.emit("pong", ws.pings.splice(0)[0]);
  expect(pingsAfter(false, 1)).toBe(0);
  expect(pingsAfter(true, 1)).toBe(1);
  expect([0, 0, 0, 0].map((bytes) => pingsAfter(false, bytes))).toEqual([1, 0, 1, 0]);
});

it("pings only what is open, and only answers to these pings tell the round trip", async () => {
  const { ws, connection } = open();
  connection.look(true);
  ws.emit("pong", Buffer.from([9, 0, 0, 0]));
  ws.emit("pong", Buffer.alloc(0));
  ws.emit("pong", Buffer.alloc(125));
  expect(connection.roundTripMs).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 5));
  ws.emit("pong", ws.pings[0]);
  const { roundTripMs } = connection;
  expect(roundTripMs).toBeGreaterThan(3);
  ws.emit("pong", ws.pings[0]);
  expect(connection.roundTripMs, "an answer counts once").toBe(roundTripMs);
  ws.readyState = 2;
  connection.look(true);
  expect(ws.pings.length).toBe(1);
});

it("remembers a few pings: who answers none costs nothing, and an old answer tells nothing", () => {
  const { ws, socket, connection } = open();
  for (let i = 0; i < 9; i++) {
    socket.bytesRead++;
    connection.look(true);
  }
  ws.emit("pong", ws.pings[0]);
  expect(connection.roundTripMs).toBeUndefined();
  ws.emit("pong", ws.pings[1]);
  expect(connection.roundTripMs).toBeGreaterThanOrEqual(0);
});
