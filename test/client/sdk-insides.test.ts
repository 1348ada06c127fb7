/** The insides of the SDK that we use, one claim for each: what an update has taken away or changed is named here. */
import "../kit/memory/fake-socket.ts";
import { Decoder, Encoder, schema, t } from "@colyseus/schema";
import { describe, expect, it, vi } from "vitest";
import { SdkConnection } from "../../client/connection/sdk-connection.ts";
import { FakeSocket, JOIN_ROOM, joinedRoom, ROOM_DATA, ROOM_STATE_PATCH } from "../kit/memory/fake-socket.ts";

/** The SDK tells the console of every try. */
vi.spyOn(console, "info").mockImplementation(() => {});

const LOST = 4010;

describe("of the SDK's room", () => {
  it("`connection.events.onmessage` is a function that every message goes through, and may be replaced", async () => {
    const { room, socket } = await joinedRoom();
    const { events } = room.connection;
    expect(events.onmessage, "connection.events.onmessage").toBeTypeOf("function");
    const heard: unknown[] = [];
    events.onmessage = ({ data }) => heard.push(data);
    socket.receive([ROOM_STATE_PATCH, 1]);
    expect(heard.map((data) => data instanceof ArrayBuffer)).toEqual([true]);
  });

  it("`connection.events.onclose` is a function that every close goes through, and may be replaced", async () => {
    const { room, socket } = await joinedRoom();
    const { events } = room.connection;
    expect(events.onclose, "connection.events.onclose").toBeTypeOf("function");
    const closed: number[] = [];
    events.onclose = ({ code }) => closed.push(code);
    socket.end(4000);
    expect(closed).toEqual([4000]);
  });

  it("`connection.send` is a method of its class that all it sends goes through, and may be replaced and given back", async () => {
    const { room, socket } = await joinedRoom();
    const { connection } = room;
    expect(Object.getPrototypeOf(connection).send, "Connection.prototype.send").toBeTypeOf("function");
    expect(Object.hasOwn(connection, "send")).toBe(false);
    const sent: number[] = [];
    connection.send = (data) => sent.push(data[0]!);
    room.send("input", { dx: 1 });
    room.sendBytes(3, new Uint8Array([7]));
    room.ping(() => {});
    expect(sent.length, "room.send, room.sendBytes and room.ping go through connection.send").toBe(3);
    Reflect.deleteProperty(connection, "send");
    const before = socket.sent.length;
    room.send("input", { dx: 1 });
    expect(socket.sent.length).toBe(before + 1);
  });

  it("`connection.transport.ws` is the socket, whose `onmessage` may be taken away", async () => {
    const { room, socket } = await joinedRoom();
    const { ws } = room.connection.transport as unknown as { ws: FakeSocket };
    expect(ws, "connection.transport.ws").toBe(socket);
    expect(ws.onmessage, "connection.transport.ws.onmessage").toBeTypeOf("function");
  });

  it("`connection.close(4010)` is a loss at once, without waiting for the socket", async () => {
    const { room } = await joinedRoom();
    const dropped: number[] = [];
    room.reconnection.enabled = false;
    room.onDrop((code) => dropped.push(code));
    room.connection.close(LOST);
    expect(dropped).toEqual([LOST]);
  });

  it("`connection.reconnect` is called for every try, may be replaced, and has failed when it throws", async () => {
    vi.useFakeTimers();
    const { room } = await joinedRoom();
    expect(room.connection.reconnect, "connection.reconnect").toBeTypeOf("function");
    Object.assign(room.reconnection, { minUptime: 0, minDelay: 0, backoff: () => 0 });
    let tries = 0;
    room.connection.reconnect = () => {
      tries++;
      throw new Error("not yet");
    };
    room.connection.close(LOST);
    await vi.advanceTimersByTimeAsync(10);
    expect(tries).toBeGreaterThan(2);
    vi.useRealTimers();
  });

  it("`reconnection` has every option that is set", async () => {
    const { room } = await joinedRoom();
    for (const name of ["enabled", "minUptime", "minDelay", "maxRetries", "backoff", "maxEnqueuedMessages"])
      expect(room.reconnection, `reconnection.${name}`).toHaveProperty(name);
  });

  it("`isOpen` is true while the socket is open", async () => {
    const { room, socket } = await joinedRoom();
    expect(room.connection.isOpen, "connection.isOpen").toBe(true);
    socket.readyState = FakeSocket.CLOSED;
    expect(room.connection.isOpen, "connection.isOpen").toBe(false);
  });

  it("the first byte of a message is its kind, and the join is answered", async () => {
    const { room, socket } = await joinedRoom();
    expect(socket.sent.map(([code]) => code)).toEqual([JOIN_ROOM]);
    room.send("chat", { text: "hello" });
    expect(socket.hasSent(ROOM_DATA, "hello")).toBe(true);
  });
});

describe("of the schema", () => {
  it("`MapSchema._collectionIndexes` numbers the keys of a decoded map", () => {
    const State = schema({ at: t.map("number") }, "State");
    const from = new State();
    from.at.set("7", 1);
    from.at.set("3", 2);
    const to = new State();
    new Decoder(to).decode(new Encoder(from).encodeAll());
    const indexes = (to.at as unknown as { _collectionIndexes: Record<string, number> })._collectionIndexes;
    expect(indexes, "MapSchema._collectionIndexes").toBeTypeOf("object");
    expect(indexes["7"]! < indexes["3"]!).toBe(true);
  });
});

describe("a connection of ours", () => {
  it("hears of every message before the SDK takes it, and no more of the old socket once it has given it up", async () => {
    const { room, socket } = await joinedRoom();
    room.reconnection.enabled = false;
    const told: string[] = [];
    room.onMessage("*", () => told.push("room"));
    const connection = new SdkConnection(room);
    connection.onMessage(() => told.push("connection"));
    const message = [ROOM_DATA, 0xa1, 0x78];
    socket.receive(message);
    expect(told).toEqual(["connection", "room"]);
    connection.lose();
    socket.receive(message);
    expect([told.length, socket.readyState]).toEqual([2, FakeSocket.CLOSED]);
  });

  it("makes its tries when it is told to, and none that succeeds before a bar is over", async () => {
    vi.useFakeTimers();
    const { room } = await joinedRoom();
    Object.assign(room.reconnection, { minUptime: 0, minDelay: 0, backoff: () => 0 });
    const connection = new SdkConnection(room);
    const tries: (() => void)[] = [];
    connection.scheduleTries((attempt) => tries.push(attempt));
    connection.lose();
    await vi.advanceTimersByTimeAsync(10);
    expect(tries.length).toBe(1);
    const sockets = FakeSocket.made.length;
    connection.bar(performance.now() + 100);
    expect(tries[0]).toThrow("the network is cut");
    await vi.advanceTimersByTimeAsync(100);
    tries[0]!();
    expect(FakeSocket.made.length).toBe(sockets + 1);
    vi.useRealTimers();
  });
});
