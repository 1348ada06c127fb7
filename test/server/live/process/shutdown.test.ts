/** SIGTERM during a match: players are told, nobody new is let in, the match ends or time passes, and the exit is 0. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { ColyseusSDK } from "@colyseus/sdk";
import { afterEach, expect, it } from "vitest";
import type { SessionEnd } from "../../../../client/match/session-end.ts";
import type { Session } from "../../../../client/session/session.ts";
import { ONE_PRESS_MS } from "../../../../server/boot/signals.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { CLOSE_CODES } from "../../../../shared/engine/protocol/close-codes.ts";
import { games } from "../../../../shared/games/index.ts";
import { balance } from "../../../kit/lines/relay.ts";
import { joinPlayer, type SocketPlayer } from "../../../kit/players/socket-player.ts";
import { StartedServer } from "../../../kit/servers/started-server.ts";
import { TYPESCRIPT } from "../../../kit/typescript.ts";
import { until } from "../../../kit/until.ts";

const tag = games.find(({ name }) => name === "tag") as AnyGame;

/** A seat is held for so long: `hold-time.ts`. */
const HOLD_SECONDS = 30;

const servers: StartedServer[] = [];
const players: SocketPlayer[] = [];
afterEach(async () => {
  for (const player of players.splice(0)) await player.stop();
  await Promise.all(servers.splice(0).map((server) => server.kill()));
});

async function start(SHUTDOWN_SECONDS: string): Promise<StartedServer> {
  const server = await StartedServer.start({ SHUTDOWN_SECONDS, LOG_LEVEL: "info" });
  servers.push(server);
  return server;
}

interface Told {
  readonly session: Session<unknown, unknown>;
  readonly notices: string[];
  readonly ends: SessionEnd[];
}

async function play(port: number): Promise<Told> {
  const player = await joinPlayer(tag, { url: `ws://127.0.0.1:${port}` }, 1);
  players.push(player);
  const { session } = player;
  const told: Told = { session, notices: [], ends: [] };
  session.on("notice", (message) => told.notices.push(message));
  session.on("end", (end) => told.ends.push(end));
  await until("it plays", () => session.client.confirmedTick > 0);
  return told;
}

const statusOf = async (port: number, path: string, method = "GET"): Promise<number> => {
  const body = method === "POST" ? { headers: { "content-type": "application/json" }, body: "{}" } : {};
  return (await fetch(`http://127.0.0.1:${port}${path}`, { method, ...body })).status;
};

it("when time passes, everybody is closed with server/shutdown", async () => {
  const server = await start("1.5");
  const { port, ended } = server;
  const { session, notices, ends } = await play(port);
  expect(await statusOf(port, "/readyz")).toBe(200);
  server.signal("SIGTERM");
  await until("players are told", () => notices.length === 1);
  const toldAt = session.client.confirmedTick;
  expect(notices[0]).toBe("The server goes down in 1.5 seconds. Bring the match to an end.");
  expect(await statusOf(port, "/readyz")).toBe(503);
  expect(await statusOf(port, "/healthz")).toBe(200);
  expect(await statusOf(port, "/matchmake/joinOrCreate/tag", "POST")).toBe(503);
  // Colyseus's word for a room that it does not know: whoever comes back to one that it knows still has its match.
  expect(await statusOf(port, "/matchmake/reconnect/nowhere", "POST")).toBe(522);
  expect(ends).toEqual([]);
  await until("the session ends", () => ends.length === 1);
  expect(ends[0]!.code).toBe(CLOSE_CODES["server/shutdown"].code);
  expect(ends[0]!.reason).toMatch(/^server\/shutdown: /);
  expect(await ended).toEqual([0, null]);
  // A machine that is busy closes ticks late and ends late: both are of one process.
  const due = 1.5 * tag.tickRate;
  expect(session.client.confirmedTick - toldAt, "ticks that were played meanwhile").toBeGreaterThan(due / 2);
});

it("when the match ends before, it does not wait", async () => {
  const server = await start("600");
  const { port, ended } = server;
  const { session, notices } = await play(port);
  server.signal("SIGTERM");
  await until("players are told", () => notices.length === 1);
  await session.leave();
  expect(await ended).toEqual([0, null]);
});

it("it does not wait for who is gone, whose seat is only held, but for who comes back", {
  timeout: 60_000,
}, async () => {
  const server = await start("600");
  const { port, ended } = server;
  const [gone, returning] = [await play(port), await play(port)];
  gone.session.reconnector.sleep();
  const online: boolean[] = [];
  returning.session.on("online", (isOnline) => online.push(isOnline));
  returning.session.room.connection.close(4010);
  server.signal("SIGTERM");
  await until("it goes down", () => server.log.some(({ msg }) => msg === "going down"));
  await until("one is back", () => online.length === 2);
  const tick = returning.session.client.confirmedTick;
  await until("it plays on", () => returning.session.client.confirmedTick > tick + 2 * tag.tickRate);
  const { seat } = gone.session;
  const isHeld = () => returning.session.roster().get(seat!)?.isAway;
  expect([online, returning.ends, isHeld()], "it is waited for, and the other's seat is held").toEqual([
    [false, true],
    [],
    true,
  ]);
  await returning.session.leave();
  expect(await ended).toEqual([0, null]);
  const closed = server.log.find(({ msg }) => msg === "room closed")!.tick as number;
  expect(closed - tick, "the seat would be held for longer, in ticks").toBeLessThan(HOLD_SECONDS * tag.tickRate);
});

it("a second signal ends it at once, with a word to the players", async () => {
  const server = await start("600");
  const { port, ended } = server;
  const { notices, ends } = await play(port);
  server.signal("SIGTERM");
  await until("players are told", () => notices.length === 1);
  // Two within a moment are one that was passed on.
  await after(ONE_PRESS_MS + 100);
  server.signal("SIGTERM");
  expect(await ended).toEqual([0, null]);
  await until("the session ends", () => ends.length === 1);
  expect(ends[0]!.code).toBe(CLOSE_CODES["server/shutdown"].code);
});

it("behind one address with another server, new players go to that one at once, and those who played follow", async () => {
  const [first, second] = await Promise.all([start("2"), start("2")]);
  const relay = await balance([first!.port, second!.port]);
  const sdk = new ColyseusSDK(`ws://127.0.0.1:${relay.port}`);
  const roomsOf = async ({ port }: StartedServer): Promise<number> => {
    const { rooms } = (await (await fetch(`http://127.0.0.1:${port}/api/rooms`)).json()) as { rooms: unknown[] };
    return rooms.length;
  };
  const join = () => sdk.joinOrCreate("tag");
  const joinAsStock = async () => {
    // Its HTTP connection may be on its way to the one that goes down, which is told and closes it.
    const room = await join().catch(join);
    room.onMessage("*", () => {});
    return room;
  };
  const player = await joinAsStock();
  const closed = new Promise<number>((resolve) => player.onLeave(resolve));
  expect([await roomsOf(first!), await roomsOf(second!)]).toEqual([1, 0]);

  first!.signal("SIGTERM");
  await until("the first one goes down", () => first!.log.some(({ msg }) => msg === "going down"));
  const newcomer = await joinAsStock();
  expect([await roomsOf(first!), await roomsOf(second!)]).toEqual([1, 1]);

  expect(await closed).toBe(CLOSE_CODES["server/shutdown"].code);
  const again = await joinAsStock();
  expect(again.roomId, "the newcomer's room has seats").toBe(newcomer.roomId);
  expect(await first!.ended).toEqual([0, null]);
  await until("it plays there", () => (again.state as { tick?: number }).tick! > 5);
  await Promise.all([newcomer.leave(), again.leave()]);
  await relay.close();
});

it("a bug that would end the process is logged with its cause, counted, and ends nothing", async () => {
  const child = spawn(process.execPath, [...TYPESCRIPT, "test/kit/servers/faulty-process.ts"], {
    env: { ...process.env, LOG_LEVEL: "info" },
  });
  let out = "";
  child.stdout?.on("data", (text: Buffer) => {
    out += text;
  });
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(out).toContain("Error: boom");
  expect(out).toContain("thrown: bang");
  expect(out).toContain("faults 2");
});
