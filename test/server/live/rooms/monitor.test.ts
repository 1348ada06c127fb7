/** The monitor's room with a stock SDK: who is let in, what is pushed, what an operator may do, and what nobody may. */
import { once } from "node:events";
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { Session } from "../../../../client/session/session.ts";
import { MOST_WATCHERS } from "../../../../server/monitor/monitor-room.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import type { Push, RoomPush } from "../../../../shared/monitor/feed.ts";
import { METRICS } from "../../../../shared/monitor/metrics.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const TOKEN_SECRET = "a secret of at least thirty-two characters";
const MONITOR_PASSWORD = "twelve characters or more";
const tag = games.find(({ name }) => name === "tag") as AnyGame;

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games, env: { MONITOR_PASSWORD, TOKEN_SECRET } });
});
afterAll(() => server.stop());

const tokenOf = (claims: object): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject("ada")
    .setAudience("phalanx")
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(TOKEN_SECRET));

const basic = (password: string) => ({ authorization: `Basic ${btoa(`operator:${password}`)}` });
const get = (path: string, headers = {}) => fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
const ticket = async (): Promise<string> => (await get("/monitor/ticket", basic(MONITOR_PASSWORD))).text();

function sdkWith(token?: string): ColyseusSDK {
  const sdk = new ColyseusSDK(server.url);
  if (token !== undefined) sdk.auth.token = token;
  return sdk;
}

interface Watcher {
  readonly room: Room;
  readonly pushes: Push[];
  readonly rooms: RoomPush[];
}

async function watch(token: string): Promise<Watcher> {
  const room = await sdkWith(token).joinOrCreate("monitor");
  const watcher: Watcher = { room, pushes: [], rooms: [] };
  room.onMessage("push", (push: Push) => watcher.pushes.push(push));
  room.onMessage("room", (told: RoomPush) => watcher.rooms.push(told));
  return watcher;
}

const play = async (name: string) =>
  Session.join<unknown, unknown>(tag, {
    url: server.url,
    newRoom: true,
    token: await tokenOf({ name }),
    sample: () => ({ dx: 0, dy: 0 }),
  });

it("strangers, players and wrong tickets are refused, whatever they ask for", async () => {
  const watcher = await watch(await ticket());
  for (const token of [undefined, await tokenOf({ name: "Ada" }), "1.x", `${await ticket()}x`]) {
    const sdk = sdkWith(token);
    await expect(sdk.joinOrCreate("monitor"), String(token)).rejects.toThrow("monitor/login");
    await expect(sdk.create("monitor")).rejects.toThrow("monitor/login");
    await expect(sdk.joinById(watcher.room.roomId)).rejects.toThrow(/monitor\/login/);
  }
  expect((await get("/metrics")).status).toBe(401);
  expect((await get("/metrics")).headers.get("www-authenticate")).toMatch(/^Basic realm=/);
  await watcher.room.leave();
});

it("a seat of the monitor is not to be had at the socket without the ticket it was reserved with", async () => {
  const good = await ticket();
  const answer = await fetch(`http://127.0.0.1:${server.port}/matchmake/joinOrCreate/monitor`, {
    method: "POST",
    headers: { authorization: `Bearer ${good}`, "content-type": "application/json" },
    body: "{}",
  });
  const { processId, roomId, sessionId } = (await answer.json()) as Record<string, string>;
  const path = `${server.url}/${processId}/${roomId}?sessionId=${sessionId}`;
  const refused = await once(new WebSocket(path), "unexpected-response");
  expect((refused[1] as { statusCode: number }).statusCode).toBe(401);
  const ws = new WebSocket(`${path}&_authToken=${good}`);
  await once(ws, "open");
  ws.terminate();
});

it("pushes every figure once a second, and a room's seats to who looks into it", async () => {
  const player = await play("Ada");
  const watcher = await watch(await tokenOf({ name: "Olga", role: "operator" }));
  const { pushes, rooms } = watcher;
  watcher.room.send("watch", { room: player.room.roomId });
  await until("four pushes", () => pushes.length >= 4);
  expect(Object.keys(pushes[0]!.figures)).toEqual(Object.keys(METRICS));
  // The first one comes at once, the next ones once a second.
  expect(pushes.length - 1).toBeLessThanOrEqual((pushes.at(-1)!.at - pushes[0]!.at) / 1000 + 1);
  const row = pushes.at(-1)!.rooms.find(({ id }) => id === player.room.roomId)!;
  expect(row).toMatchObject({ game: "tag", tickRate: tag.tickRate, players: 1, lockstep: 1, away: 0 });
  const earlier = pushes.map(({ rooms }) => rooms.find(({ id }) => id === player.room.roomId)?.ticks ?? 0);
  expect(row.ticks, "more with each push").toBeGreaterThan(earlier.at(-2)!);
  expect(row.ticks).toBeLessThanOrEqual(server.room(player.room.roomId).meter.ticks);
  expect(row.sentBytes).toBeGreaterThan(0);
  expect(rooms.at(-1)!.seats![0]).toMatchObject({
    seat: 0,
    name: "Ada",
    kind: "player",
    plane: "lockstep",
    isAway: false,
  });
  watcher.room.send("watch", {});
  const told = rooms.length;
  await until("two pushes more", () => pushes.length >= 6);
  expect(rooms.length, "nobody looks any more").toBeLessThanOrEqual(told + 1);
  await Promise.all([player.leave(), watcher.room.leave()]);
});

it("removes a player and closes a room, each with its sentence; orders that are none do nothing", async () => {
  const [first, second] = [await play("Ada"), await play("Bob")];
  const ends: string[] = [];
  first.on("end", ({ code, reason }) => ends.push(`${code} ${reason}`));
  second.on("end", ({ code, reason }) => ends.push(`${code} ${reason}`));
  const { room, pushes } = await watch(await ticket());
  for (const order of [7, null, "x", {}, { room: 5 }, { room: "nowhere", id: "nobody" }, { room: first.room.roomId }])
    for (const type of ["watch", "kick"]) room.send(type, order);
  for (const order of [7, { room: "nowhere" }]) room.send("close", order);
  const before = pushes.length;
  await until("it goes on", () => pushes.length > before + 1);
  expect(ends).toEqual([]);
  room.send("kick", { room: first.room.roomId, id: first.room.sessionId });
  await until("the first is told", () => ends.length === 1);
  expect(ends[0]).toBe("4113 operator/kicked: An operator of this server has removed you from the room.");
  room.send("close", { room: second.room.roomId });
  await until("the second is told", () => ends.length === 2);
  expect(ends[1]).toBe("4114 operator/closed: An operator of this server has closed this room.");
  await until("the rooms are gone", () => server.app.registry.count === 0);
  await room.leave();
});

it("no more watchers than it can bear, and no place in public listings", async () => {
  const token = await ticket();
  const watchers = await Promise.all(Array.from({ length: MOST_WATCHERS }, () => watch(token)));
  expect(new Set(watchers.map(({ room }) => room.roomId)).size).toBe(1);
  await expect(watch(token)).rejects.toThrow("as many watch this server as can");
  await expect(sdkWith(token).create("monitor")).rejects.toThrow("as many watch this server as can");
  expect(await (await get("/api/rooms")).text()).not.toMatch(/monitor/);
  await Promise.all(watchers.map(({ room }) => room.leave()));
  for (let i = 0; i < 5; i++) await (await watch(token)).room.leave();
  for (let i = 0; i < 3; i++) void (await watch(token)).room.leave();
  const made = await Promise.allSettled(Array.from({ length: 8 }, () => sdkWith(token).create("monitor")));
  const rooms = made.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  expect(rooms.length, "whoever makes rooms on purpose").toBeLessThanOrEqual(4);
  await Promise.all(rooms.map((room) => room.leave()));
});

it("Prometheus reads the same names, totals that outlive their rooms, and what a tick costs", async () => {
  const player = await play("Ada");
  await until("ticks are closed", () => server.room(player.room.roomId).meter.ticks > 10);
  const read = async () => (await get("/metrics", basic(MONITOR_PASSWORD))).text();
  const numberOf = (text: string, name: string): number => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
  const open = await read();
  const names = [...open.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]);
  expect(names).toEqual(Object.entries(METRICS).map(([name, { type }]) => [name, type]));
  expect(open).toMatch(/^phalanx_rooms\{game="tag"\} 1$/m);
  expect(open).toMatch(/^phalanx_clients\{plane="lockstep"\} 1$/m);
  expect(numberOf(open, "phalanx_tick_duration_seconds_count")).toBe(numberOf(open, "phalanx_ticks_total"));
  expect(numberOf(open, "phalanx_tick_duration_seconds_sum")).toBeGreaterThan(0);
  await player.leave();
  await until("the room is gone", () => server.app.registry.count === 0);
  const closed = await read();
  for (const name of ["phalanx_ticks_total", "phalanx_joins_total", "phalanx_sent_bytes_total"])
    expect(numberOf(closed, name), name).toBeGreaterThanOrEqual(numberOf(open, name));
  expect(numberOf(closed, "phalanx_players")).toBe(0);
});
