/** The simulated network is around the whole connection: every kind of message feels it, in its turn, and none when there is none. */
import "../../kit/memory/fake-socket.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ChatView } from "../../../client/chat/chat-view.ts";
import { SdkConnection } from "../../../client/connection/sdk-connection.ts";
import { SimulatedNetwork } from "../../../client/netsim/simulated-network.ts";
import { StreamPlayer } from "../../../client/stream/stream-player.ts";
import { bothWays } from "../../../shared/netsim/conditions.ts";
import { FakeSocket, joinedRoom, ROOM_DATA, ROOM_STATE_PATCH } from "../../kit/memory/fake-socket.ts";
import { walk } from "../../kit/walk.ts";

const DELAY_MS = 80;
const LATE = bothWays({ delayMs: DELAY_MS });
/** A message of the server of a type of one letter. */
const message = (letter: string): number[] => [ROOM_DATA, 0xa1, letter.charCodeAt(0)];

vi.spyOn(console, "info").mockImplementation(() => {});
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function attached(network: SimulatedNetwork) {
  const { room, socket } = await joinedRoom();
  room.reconnection.minUptime = 0;
  const connection = new SdkConnection(room);
  network.attach(connection);
  const heard: string[] = [];
  room.onMessage("*", (type) => heard.push(String(type)));
  return { room, socket, connection, heard };
}

describe("on a network of 80 ms each way", () => {
  it("a line of chat is 80 ms on its way up, and the answer as long on its way down", async () => {
    const { room, socket, heard } = await attached(new SimulatedNetwork(LATE));
    new ChatView(room).say("hello");
    vi.advanceTimersByTime(DELAY_MS - 1);
    expect(socket.hasSent(ROOM_DATA, "hello")).toBe(false);
    vi.advanceTimersByTime(1);
    expect(socket.hasSent(ROOM_DATA, "hello")).toBe(true);
    socket.receive(message("c"));
    vi.advanceTimersByTime(DELAY_MS - 1);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual(["c"]);
  });

  it("an input of the stream plane is so, with what it was when it was sent, and a patch is", async () => {
    const { room, socket } = await attached(new SimulatedNetwork(LATE));
    let patches = 0;
    const state = { tick: 1, world: { at: new Map([[0, 0]]), ticks: 1 } };
    room.serializer = {
      ...{ getState: () => state, setState: () => {}, teardown: () => {} },
      patch: () => void patches++,
    } as never;
    const player = new StreamPlayer(walk, room, () => ({ dx: 1 }) as never);
    player.advance(0, 0);
    // The SDK's buffer is another message's by then.
    room.ping(() => {});
    vi.advanceTimersByTime(DELAY_MS - 1);
    expect(socket.hasSent(ROOM_DATA, "input")).toBe(false);
    vi.advanceTimersByTime(1);
    expect(socket.hasSent(ROOM_DATA, "input")).toBe(true);
    socket.receive([ROOM_STATE_PATCH, 1]);
    vi.advanceTimersByTime(DELAY_MS - 1);
    expect(patches).toBe(0);
    vi.advanceTimersByTime(1);
    expect(patches).toBe(1);
  });

  it("a close comes behind what was sent before it, and a loss at once and with all that was under way", async () => {
    const first = await attached(new SimulatedNetwork(LATE));
    const told: string[] = [];
    first.room.onMessage("n", () => told.push("notice"));
    first.room.onLeave((code) => told.push(`left ${code}`));
    first.socket.receive(message("n"));
    first.socket.end(4000);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(DELAY_MS);
    expect(told).toEqual(["notice", "left 4000"]);

    const second = await attached(new SimulatedNetwork(LATE));
    second.room.onDrop(() => told.push("lost"));
    second.socket.receive(message("n"));
    second.room.send("x", 1);
    second.connection.lose();
    expect(told.at(-1)).toBe("lost");
    const { length } = second.socket.sent;
    vi.advanceTimersByTime(1000);
    expect([second.heard, second.socket.sent.length]).toEqual([[], length]);
  });
});

describe("without a simulated network", () => {
  it.each([
    ["that is none", () => new SimulatedNetwork()],
    ["that was bad, is none again and has nothing under way", () => new SimulatedNetwork(LATE)],
  ])("one %s touches neither way: no function in between, no timer", async (_what, make) => {
    const network = make();
    const { room, socket, heard } = await attached(network);
    network.change(bothWays());
    expect(Object.hasOwn(room.connection, "send"), "the SDK's own way up").toBe(false);
    const timers = vi.getTimerCount();
    room.send("x", 1);
    socket.receive(message("c"));
    expect([heard, vi.getTimerCount() - timers]).toEqual([["c"], 0]);
    // Turned on and off again, the way down is what it was.
    const before = room.connection.events.onmessage;
    network.change(LATE);
    expect(room.connection.events.onmessage).not.toBe(before);
    network.change(bothWays());
    expect(room.connection.events.onmessage).toBe(before);
  });
});

it("turned on and off while messages pass, it loses none and keeps their order, both ways", async () => {
  const network = new SimulatedNetwork();
  const { room, socket } = await attached(network);
  const up = (): number[] => socket.sent.filter(([code]) => code === ROOM_DATA).map((bytes) => bytes.at(-1)!);
  const down: number[] = [];
  room.onMessage("c", (count: number) => down.push(count));
  const joined = socket.sent.length;
  const count = 100;
  for (let i = 0; i < count; i++) {
    if (i % 10 === 3) network.change(bothWays({ delayMs: 40 + i, jitterMs: 30 }));
    if (i % 10 === 8) network.change(bothWays());
    room.send("c", i);
    socket.receive([...message("c"), i]);
    vi.advanceTimersByTime(i % 3 === 0 ? 60 : 7);
  }
  network.change(bothWays());
  vi.advanceTimersByTime(1000);
  const all = Array.from({ length: count }, (_, i) => i);
  expect(socket.sent.length - joined).toBe(count);
  expect([up(), down]).toEqual([all, all]);
  expect(Object.hasOwn(room.connection, "send"), "nothing is left in between").toBe(false);
});

it("a cut loses the connection at once and lets none be made before it is over, on a perfect network, too", async () => {
  const network = new SimulatedNetwork();
  const { room, connection } = await attached(network);
  Object.assign(room.reconnection, { minDelay: 0, maxRetries: 1000, backoff: () => 10 });
  connection.scheduleTries((attempt) => attempt());
  const sockets = FakeSocket.made.length;
  let drops = 0;
  room.onDrop(() => drops++);
  network.cut(500);
  expect(drops).toBe(1);
  await vi.advanceTimersByTimeAsync(499);
  expect(FakeSocket.made.length).toBe(sockets);
  await vi.advanceTimersByTimeAsync(20);
  expect(FakeSocket.made.length).toBe(sockets + 1);
});
