/** All connections of a server: what is open, what closed ones have moved, and who is cut because nothing comes from it. */
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { WebSocketServer } from "ws";
import { Connections } from "../../../server/socket/connections.ts";

class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  isCut = false;
  line = { unsentBytes: 0, takenBytes: 0 };
  readonly pingedAt: number[] = [];
  ping(payload: Buffer): void {
    this.pingedAt.push(Date.now());
    this.emit("pong", payload);
  }
  terminate(): void {
    this.isCut = true;
    this.emit("close");
  }
}

let wss: EventEmitter;
let connections: Connections;
beforeEach(() => {
  vi.useFakeTimers();
  wss = new EventEmitter();
  connections = new Connections();
  connections.watch(wss as unknown as WebSocketServer);
});
afterEach(() => {
  wss.emit("close");
  expect(vi.getTimerCount(), "a server that is closed looks no more").toBe(0);
  vi.useRealTimers();
});

function connect() {
  const ws = new FakeSocket();
  const socket = { bytesRead: 100, bytesWritten: 200 };
  wss.emit("connection", ws, { socket, url: "/process/room?sessionId=ada" });
  return { ws, socket };
}

it("what has been moved is never less than before, whichever peer goes", () => {
  const [one, two] = [connect(), connect()];
  for (const { socket } of [one, two]) {
    socket.bytesRead += 30;
    socket.bytesWritten += 4;
  }
  const moved = () => [connections.receivedBytes, connections.sentBytes];
  expect(moved()).toEqual([60, 8]);
  one.ws.emit("close");
  expect(moved()).toEqual([60, 8]);
  two.socket.bytesRead++;
  expect(moved()).toEqual([61, 8]);
  two.ws.emit("close");
  expect(moved()).toEqual([61, 8]);
});

it("who is gone is not kept", () => {
  const { ws } = connect();
  expect(connections.of(ws)).toMatchObject({ room: "room", client: "ada" });
  expect(connections.open.length).toBe(1);
  ws.emit("close");
  expect([connections.of(ws), connections.open]).toEqual([undefined, []]);
});

it("a peer that is gone is checked no more", () => {
  const { ws } = connect();
  vi.advanceTimersByTime(2000);
  ws.emit("close");
  ws.pingedAt.length = 0;
  vi.advanceTimersByTime(20_000);
  expect([ws.pingedAt.length, ws.isCut, connections.silent]).toEqual([0, false, 0]);
});

it("who is silent is cut and counted, and nobody else", () => {
  const [silent, talks] = [connect(), connect()];
  for (let second = 0; second < 10; second++) {
    talks.socket.bytesRead++;
    vi.advanceTimersByTime(1000);
  }
  expect([silent.ws.isCut, talks.ws.isCut, connections.silent]).toEqual([true, false, 1]);
});

it("each is pinged every eight seconds, never many at once: thousands in one go would make ticks late", () => {
  const all = Array.from({ length: 1000 }, connect);
  const seconds = (count: number): void => {
    for (let second = 0; second < count; second++) {
      for (const { socket } of all) socket.bytesRead++;
      vi.advanceTimersByTime(1000);
    }
  };
  seconds(1);
  expect(all.filter(({ ws }) => ws.pingedAt.length !== 1).length, "nothing was known of them").toBe(0);
  for (const { ws } of all) ws.pingedAt.length = 0;
  seconds(16);
  const atOnce = new Map<number, number>();
  for (const { ws } of all) {
    const [first, second] = ws.pingedAt;
    expect([ws.pingedAt.length, second! - first!]).toEqual([2, 8000]);
    atOnce.set(first!, (atOnce.get(first!) ?? 0) + 1);
  }
  expect(Math.max(...atOnce.values())).toBeLessThanOrEqual(10);
});

it("a peer that came while others were checked is checked within a second too", () => {
  connect();
  vi.advanceTimersByTime(510);
  const { ws } = connect();
  vi.advanceTimersByTime(1000);
  expect(ws.pingedAt.length).toBe(1);
});
