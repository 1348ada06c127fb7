/** Every wrong way in is a named error that a person can act on; a game that fails ends its own room only. */
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { Session } from "../../../../client/session/session.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { CLOSE_CODES } from "../../../../shared/engine/protocol/close-codes.ts";
import { PROTOCOL_VERSION } from "../../../../shared/engine/protocol/version.ts";
import { games } from "../../../../shared/games/index.ts";
import { outgrowing, throwing } from "../../../kit/games/broken-games.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const CRASH_TICK = 20;

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games: [...games, throwing(CRASH_TICK), outgrowing(CRASH_TICK)] });
});
afterAll(() => server.stop());

const sdk = (): ColyseusSDK => new ColyseusSDK(server.url);
const refusal = (join: Promise<unknown>): Promise<{ code: number; message: string }> =>
  join.then(
    () => Promise.reject(new Error("the join was accepted")),
    (error: { code: number; message: string }) => ({ code: error.code, message: error.message }),
  );

describe("joining the wrong way", () => {
  it.each([
    ["an unknown plane", { plane: "air" }, 'join/option: plane must be "lockstep" or "stream"'],
    ["no protocol version", { plane: "lockstep" }, "protocol/version: This page is from another version"],
    ["another version", { plane: "lockstep", protocol: PROTOCOL_VERSION + 1 }, "protocol/version: This page is"],
    ["an unknown option", { plan: "stream" }, 'join/option: "plan" is not an option; there are plane'],
    ["too many bots", { bots: 1000 }, "join/option: bots must be a whole number from 0 to 8"],
    ["a name that is no text", { name: { toString: 1 } }, "join/option: name must be a text"],
  ])("%s is refused by name", async (_what, options, message) => {
    const refused = await refusal(sdk().joinOrCreate("tag", options));
    expect(refused.message).toContain(message);
  });

  it("an unknown game is named", async () => {
    const refused = await refusal(sdk().joinOrCreate("chess"));
    expect(refused.message).toContain('"chess"');
  });

  it("an unknown room is named", async () => {
    const refused = await refusal(sdk().joinById("nowhere"));
    expect(refused.message).toContain("nowhere");
  });

  it("a full room says so", async () => {
    const first = await sdk().create("tag");
    const rest = await Promise.all(Array.from({ length: 7 }, () => sdk().joinById(first.roomId)));
    const refused = await refusal(sdk().joinById(first.roomId));
    expect(refused.message).toMatch(/full|locked/);
    await Promise.all([first, ...rest].map((room) => room.leave()));
  });

  it("a name in any script is kept, without control characters and cut to 24", async () => {
    const room = await sdk().create("tag", { name: `  帧同步\u0007\u202e ${"x".repeat(40)}` });
    await until("the roster arrives", () => (room.state as { seats?: Map<string, unknown> }).seats?.size === 1);
    const [seat] = [...(room.state as { seats: Map<string, { name: string }> }).seats.values()];
    expect(seat!.name).toBe(`帧同步 ${"x".repeat(20)}`);
    await room.leave();
  });
});

describe("a game whose rules fail", () => {
  it.each([
    ["throwing", throwing(CRASH_TICK) as AnyGame],
    ["outgrowing", outgrowing(CRASH_TICK) as AnyGame],
  ])("%s: ends its room with a reason on both planes, and no other room", async (name, game) => {
    const other = await sdk().joinOrCreate("tag", { bots: 2 });
    const ends: { code: number; reason: string }[] = [];
    const session = await Session.join<unknown, unknown>(game, { url: server.url, sample: () => ({ dx: 0 }) });
    session.on("end", (end) => ends.push(end));
    const stock = await sdk().joinById(session.room.roomId);
    stock.onLeave((code, reason) => ends.push({ code, reason: reason ?? "" }));
    await until("both are told", () => ends.length === 2);
    for (const end of ends) {
      expect(end.code).toBe(CLOSE_CODES["room/crashed"].code);
      expect(end.reason).toContain(`the rules of ${name} failed at tick ${CRASH_TICK}`);
    }
    expect(server.app.registry.reports().some((room) => room.id === session.room.roomId)).toBe(false);
    const { match } = server.room(other.roomId);
    const tick = match.world.tick;
    await until("the other room goes on", () => match.world.tick > tick + 3);
    await other.leave();
  });
});

describe("hostile frames on an open connection", () => {
  /** A raw WebSocket that has joined as a stock client would, without any SDK. */
  async function joinRaw(): Promise<{ socket: WebSocket; roomId: string; closed: Promise<[number, string]> }> {
    const answer = await fetch(`http://127.0.0.1:${server.port}/matchmake/joinOrCreate/tag`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ plane: "lockstep", protocol: PROTOCOL_VERSION }),
    });
    const seat = (await answer.json()) as { roomId: string; processId: string; sessionId: string };
    const socket = new WebSocket(`${server.url}/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`);
    const closed = new Promise<[number, string]>((resolve) => {
      socket.on("close", (code, reason) => resolve([code, reason.toString()]));
    });
    await new Promise((resolve) => socket.once("message", resolve));
    socket.send(new Uint8Array([10]));
    return { socket, roomId: seat.roomId, closed };
  }

  it("too large a message closes with 1009", async () => {
    const { socket, closed } = await joinRaw();
    socket.send(new Uint8Array(5000));
    expect((await closed)[0]).toBe(1009);
  });

  it.each([
    ["unknown opcodes", () => new Uint8Array([99, 1, 2])],
    ["a message type of 200 characters", () => new Uint8Array([13, 0xd9, 200, ...new Uint8Array(200).fill(65)])],
    ["the input opcode that hangs stock rooms", () => new Uint8Array([0x14, 1, 0xd0, 0xfe, 0, 0, 0, 0])],
    ["half an input", () => new Uint8Array([17, 2, 0x80])],
  ])("%s are counted and then closed by name", async (_what, frame) => {
    const { socket, closed } = await joinRaw();
    for (let i = 0; i < 30; i++) socket.send(frame());
    const [code, reason] = await closed;
    expect(code).toBe(CLOSE_CODES["protocol/malformed"].code);
    expect(reason).toMatch(/^protocol\/malformed: /);
  });

  it("text is closed by name at once", async () => {
    const { socket, closed } = await joinRaw();
    socket.send("hello");
    const [code, reason] = await closed;
    expect(code).toBe(CLOSE_CODES["protocol/text"].code);
    expect(reason).toMatch(/^protocol\/text: /);
  });

  it("a flood is closed by name", async () => {
    const { socket, closed } = await joinRaw();
    for (let i = 0; i < 4000; i++) socket.send(new Uint8Array([17, 3, 0, 0, 0, 0]));
    const [code, reason] = await closed;
    expect(code).toBe(CLOSE_CODES["protocol/flood"].code);
    expect(reason).toMatch(/^protocol\/flood: /);
  });

  it("a client that never acknowledges the join is sent nothing", async () => {
    const room = await sdk().create("tag", { bots: 2 });
    const answer = await fetch(`http://127.0.0.1:${server.port}/matchmake/joinById/${room.roomId}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ plane: "lockstep", protocol: PROTOCOL_VERSION }),
    });
    const seat = (await answer.json()) as { roomId: string; processId: string; sessionId: string };
    const socket = new WebSocket(`${server.url}/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`);
    let received = 0;
    socket.on("message", () => received++);
    await until("the join is offered", () => received === 1);
    socket.send(new Uint8Array([17, 1, 0]));
    const { match } = server.room(room.roomId);
    const tick = match.world.tick;
    await until("20 ticks later", () => match.world.tick > tick + 20);
    expect(received).toBe(1);
    socket.terminate();
    await room.leave();
  });
});
