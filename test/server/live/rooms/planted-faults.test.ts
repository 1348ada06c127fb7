/** A fault costs what it is in, and is told as the fault of whose it is: planted in chat, message, tick, and each rule. */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Session } from "../../../../client/session/session.ts";
import { log } from "../../../../server/base/log.ts";
import type { ClientPeer } from "../../../../server/rooms/client-peer.ts";
import { RoomChat } from "../../../../shared/chat/room-chat.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import type { Rule } from "../../../../shared/engine/game/rules-error.ts";
import { games } from "../../../../shared/games/index.ts";
import { failing } from "../../../kit/games/broken-games.ts";
import { joinStock } from "../../../kit/players/stock-chatter.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const ROOM_CRASHED = 4100;
const ROOM_FAULT = 4116;
const RULES: readonly Rule[] = ["setup", "join", "leave", "step", "bot", "accepts"];

let server: RealServer;
/** Whether the rules of the server throw; those of the clients never do. */
let isArmed = false;
/** In a room of its own, where nothing is ever planted. */
let other: Room;
let said: [fields: Record<string, unknown>, sentence: string][] = [];

beforeAll(async () => {
  server = await startServer({ games: [...games, ...RULES.map((rule) => failing(rule, () => isArmed) as AnyGame)] });
  other = await new ColyseusSDK(server.url).create(games[0]!.name);
});
afterAll(() => server.stop());
beforeEach(() => {
  said = [];
  isArmed = false;
  const note = (...line: unknown[]): void => void said.push(line as (typeof said)[number]);
  vi.spyOn(log, "error").mockImplementation(note);
  vi.spyOn(log, "warn").mockImplementation(note);
});
afterEach(async () => {
  vi.restoreAllMocks();
  const { world } = server.room(other.roomId).match;
  const { tick } = world;
  await until("the other room goes on", () => world.tick > tick + 3);
});

interface End {
  readonly code: number;
  readonly reason: string;
}

/** One in lockstep and one on the stream plane, in a room of their own. */
async function two(game: AnyGame, bots = 0, sample = () => ({ dx: 0 })) {
  const ends: End[] = [];
  const session = await Session.join<unknown, unknown>(game, { url: server.url, sample, bots });
  session.on("end", (end) => ends.push(end));
  const timer = setInterval(() => session.advance(performance.now()), 20);
  const stock = await new ColyseusSDK(server.url).joinById(session.room.roomId);
  stock.reconnection.enabled = false;
  stock.onLeave((code, reason) => ends.push({ code, reason: reason ?? "" }));
  const room = server.room(session.room.roomId);
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    await Promise.all([session.leave(), ends.length < 2 ? stock.leave() : undefined]);
  };
  return { session, stock, room, ends, stop };
}

const gameOf = (rule: Rule): AnyGame => failing(rule, () => false) as AnyGame;
const walkers = (): AnyGame => gameOf("accepts");
const sentences = (): string[] => said.map(([, sentence]) => sentence);

it("in chat: the line is lost, its speaker is told so, and everybody stays", async () => {
  const faults = server.app.readiness.faults;
  const ada = await joinStock(server.url, undefined, "Ada");
  const bo = await joinStock(server.url, ada.room.roomId, "Bo");
  vi.spyOn(RoomChat.prototype, "hear").mockImplementationOnce(() => {
    throw new Error("planted in chat");
  });
  ada.send({ text: "hello", tag: 7 });
  await until("the speaker is told", () => ada.errors.length > 0);
  expect(ada.errors).toMatchObject([{ name: "chat/fault", tag: 7 }]);
  ada.send({ text: "again" });
  await until("the next line is heard", () => bo.lines().length > 0);
  expect(bo.lines().map(({ text }) => text)).toEqual(["again"]);
  expect(sentences()).toEqual(["a fault of the server: a line of the chat is lost"]);
  expect(said[0]![0]).toMatchObject({
    room: ada.room.roomId,
    game: games[0]!.name,
    err: { message: "planted in chat" },
  });
  expect(server.app.readiness.faults).toBe(faults + 1);
  await Promise.all([ada.room.leave(), bo.room.leave()]);
});

it("in a message: it is lost, and everybody stays", async () => {
  const faults = server.app.readiness.faults;
  const { session, stock, room, ends, stop } = await two(walkers());
  await until("they play", () => session.client.isSynced && room.match.world.tick > 3);
  const { sessions } = room.match;
  vi.spyOn(sessions, "receive").mockImplementationOnce(() => {
    throw new Error("planted in a message");
  });
  await until("it is contained", () => server.app.readiness.faults === faults + 1);
  const submit = vi.spyOn(sessions, "submit").mockImplementationOnce(() => {
    throw new Error("planted in an input");
  });
  stock.send("input", { dx: 0 });
  await until("so is one of the stream plane", () => server.app.readiness.faults === faults + 2);
  stock.send("input", { dx: -1 });
  await until("the next one is taken", () => submit.mock.calls.length === 2);
  const { tick } = room.match.world;
  await until("the match goes on", () => session.client.confirmedTick > tick + 3);
  expect(ends).toEqual([]);
  expect(sentences()[0]).toBe("a fault of the server: a message of a client is lost");
  expect(said[0]![0]).toMatchObject({ game: room.game.name, err: { message: "planted in a message" } });
  await stop();
});

it("in sending to one client: it connects again and goes on, and nobody else notices", async () => {
  const faults = server.app.readiness.faults;
  const { session, stock, room, ends, stop } = await two(walkers());
  const [victim, other] = [
    session,
    await Session.join<unknown, unknown>(room.game, {
      ...{ url: server.url, roomId: room.roomId },
      sample: () => ({ dx: 0 }),
    }),
  ];
  const timer = setInterval(() => other.advance(performance.now()), 20);
  await until("they play", () => [victim, other].every(({ client }) => client.isSynced && client.confirmedTick > 3));
  const peer = room.match.sessions.presence.of(victim.room.sessionId)!.peer as ClientPeer;
  vi.spyOn(peer.socket.line, "write").mockImplementationOnce(() => {
    throw new Error("planted in a write");
  });
  await until("it is contained", () => server.app.readiness.faults === faults + 1);
  const { tick } = room.match.world;
  await until("both go on", () => [victim, other].every(({ client }) => client.confirmedTick > tick + 3));
  expect(room.joins.counts, "one was away").toMatchObject({ drop: 1, return: 1 });
  expect(room.match.seats.seatOf(victim.room.sessionId), "in its seat").toBe(victim.client.seat);
  expect([ends, victim.client.stats.hashMismatches]).toEqual([[], 0]);
  expect(sentences()).toContain("a fault of the server: a client is not sent something: it has to connect again");
  expect(said[0]![0]).toMatchObject({ client: victim.room.sessionId, err: { message: "planted in a write" } });
  expect(stock.connection.isOpen).toBe(true);
  clearInterval(timer);
  await other.leave();
  await stop();
});

describe("in the tick", () => {
  it.each(["looking after clients", "the schema's patch"])(
    "(%s): the room ends, and not by the rules",
    async (where) => {
      const { session, room, ends, stop } = await two(walkers());
      await until("they play", () => room.match.world.tick > 3);
      const plant = (): never => {
        throw new TypeError(`planted in ${where}`);
      };
      if (where === "the schema's patch") {
        room.broadcastPatch = plant;
        room.match.dropSeat(session.room.sessionId);
      } else room.match.sessions.tend = plant;
      await until("both are told", () => ends.length === 2);
      for (const { code, reason } of ends) {
        expect(code).toBe(ROOM_FAULT);
        expect(reason).toMatch(/^room\/fault: a fault of the server at tick \d+ ended this room/);
        expect(reason).toContain("this is no fault of the game's rules");
      }
      const found = said.find(([, sentence]) => sentence.includes("the room ends"))!;
      expect(found[1]).toBe("a fault of the server: the room ends; this is no fault of the game's rules");
      const fields = { room: room.roomId, game: room.game.name, err: { message: `planted in ${where}` } };
      expect(found[0]).toMatchObject(fields);
      expect(found[0].module).toMatch(/^[\w/.-]+\.ts:\d+$/);
      expect(server.app.registry.room(room.roomId)).toBeUndefined();
      await stop();
    },
  );
});

describe("in the rules", () => {
  it.each(["join", "leave", "step", "bot"] as const)(
    "(%s): the room ends by them, and the log says which",
    async (rule) => {
      const game = gameOf(rule);
      const { session, room, stock, ends, stop } = await two(game, rule === "bot" ? 3 : 0);
      // Which seats they have depends on whether bots had sat down before they came.
      const plays = (id: string) => room.match.world.seats.isHeld(room.match.seats.seatOf(id)!);
      await until("both play", () => plays(session.room.sessionId) && plays(stock.sessionId));
      isArmed = true;
      if (rule === "leave") await stock.leave();
      // It may be told while it is still joining.
      if (rule === "join") await new ColyseusSDK(server.url).joinById(room.roomId).catch(() => {});
      await until("they are told", () => ends.some(({ code }) => code === ROOM_CRASHED));
      for (const { code, reason } of ends.filter(({ code }) => code !== 1000 && code !== 4000)) {
        expect(code).toBe(ROOM_CRASHED);
        expect(reason).toMatch(
          new RegExp(`^room/crashed: the rules of failing-${rule} failed at tick \\d+; the room ended`),
        );
      }
      const crash = said.find(([, sentence]) => sentence === "the rules threw; the room ends")!;
      expect(crash[0]).toMatchObject({ rule, game: game.name, err: { message: `planted in ${rule}` } });
      await stop();
    },
  );

  it("(accepts): the input is not accepted, which is told once, and everybody stays", async () => {
    const { room, stock, ends, stop } = await two(walkers());
    await until("they play", () => room.match.world.tick > 3);
    isArmed = true;
    for (let i = 0; i < 3; i++) stock.send("input", { dx: 1 });
    await until("they are refused", () => room.match.intake.counts["input/not-accepted"] === 3);
    const { tick } = room.match.world;
    await until("the match goes on", () => room.match.world.tick > tick + 3);
    expect(ends).toEqual([]);
    expect(sentences()).toEqual(["the rules threw on an input of a player; the input is not accepted; mend the rules"]);
    await stop();
  });

  it("(setup): there is no room, and who asked for one is told why", async () => {
    isArmed = true;
    const refused: Error = await new ColyseusSDK(server.url).create("failing-setup").then(
      () => Promise.reject(new Error("there is a room")),
      (error: Error) => error,
    );
    expect(refused.message).toBe("room/crashed: the rules of failing-setup failed at tick 0; the room ended");
    expect(said.find(([{ rule }]) => rule === "setup")![0]).toMatchObject({ err: { message: "planted in setup" } });
  });
});
