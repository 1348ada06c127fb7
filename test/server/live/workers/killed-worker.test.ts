/** A worker that is killed: another one takes its place and goes on with its rooms, the port is open all the time, the others feel nothing. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterEach, expect, it, vi } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { SeveralWorkers } from "../../../kit/servers/several-workers.ts";
import { until } from "../../../kit/until.ts";

const LONG_MS = 120_000;
const TICKS = 40;
const arena = games.find(({ name }) => name === "arena") as AnyGame;

const folder = mkdtempSync(join(tmpdir(), "phalanx-workers-"));
let workers: SeveralWorkers | undefined;
afterEach(async () => {
  await workers?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const kill = (pid: number): true => process.kill(pid, "SIGKILL");

it("everybody is in their seat again, no tick is lost, and the port never refuses", { timeout: LONG_MS }, async () => {
  workers = await SeveralWorkers.start(2, { JOURNAL: folder });
  const { url } = workers;
  const rooms = await workers.roomOfEach("arena", { bots: 4 });
  const inRoom = (roomId: string, seed: number) => joinPlayer(arena, { url, roomId }, seed);
  const hit = [await inRoom(rooms.get(1)!, 1), await inRoom(rooms.get(1)!, 2)];
  const spared = await inRoom(rooms.get(2)!, 3);
  const streamer = await new ColyseusSDK(url).joinById(rooms.get(1)!, { name: "Stream" });
  streamer.reconnection.minUptime = 0;
  // Its decoder says in no other way that it has lost the thread.
  const errors = vi.spyOn(console, "error").mockReturnValue(undefined);
  const streamed = (): number => (streamer.state as { tick?: number }).tick ?? 0;
  const all = [...hit, spared];
  await until("all play", () => streamed() > TICKS && all.every(({ session }) => session.client.confirmedTick > TICKS));
  const seats = hit.map(({ session }) => session.client.seat);
  const drops: unknown[] = [];
  spared.session.on("end", (end) => drops.push(end));
  const tickAtDeath = Math.max(...hit.map(({ session }) => session.client.confirmedTick));

  const pid = workers.pids().get(1)!;
  kill(pid);
  // Whoever is asked has an answer: the port is the primary's.
  const asked: unknown[] = [];
  while ((workers.pids().get(1) ?? pid) === pid) asked.push(await workers.ask("GET", "/readyz"));
  expect(asked.length).toBeGreaterThan(0);
  await until("they play on", () => hit.every(({ session }) => session.client.confirmedTick > tickAtDeath + TICKS));
  await until("the stream goes on", () => streamed() > tickAtDeath + TICKS);

  expect(hit.map(({ session }) => session.client.seat)).toEqual(seats);
  for (const { session } of all) expect(session.client.stats.hashMismatches).toBe(0);
  expect(
    hit.map(({ session }) => session.client.stats.snapshots),
    "only frames were sent",
  ).toEqual([1, 1]);
  const [first, second] = hit.map(({ hashes }) => hashes);
  const common = [...first!].filter(([tick]) => tick > tickAtDeath && second!.has(tick));
  expect(common.length).toBeGreaterThan(TICKS / 2);
  for (const [tick, hash] of common) expect(hash, `tick ${tick}`).toBe(second!.get(tick));
  expect(drops).toEqual([]);
  expect(errors).not.toHaveBeenCalled();
  expect(workers.said("a worker has ended; another one is started")).toMatchObject([
    { worker: 1, pid, signal: "SIGKILL" },
  ]);
  await Promise.all([...all.map((player) => player.stop()), streamer.leave()]);
});

it("all workers and the primary: the next server goes on, with fewer workers too", { timeout: LONG_MS }, async () => {
  workers = await SeveralWorkers.start(2, { JOURNAL: folder });
  const { port } = workers.server;
  const rooms = await workers.roomOfEach("arena", { bots: 4 });
  const players = await Promise.all(
    [...rooms.values()].map((roomId, i) => joinPlayer(arena, { url: workers!.url, roomId }, i)),
  );
  await until("all play", () => players.every(({ session }) => session.client.confirmedTick > TICKS));
  const tickAtDeath = Math.max(...players.map(({ session }) => session.client.confirmedTick));
  const pids = [...workers.pids().values()];
  // The primary alone: its workers end by themselves.
  workers.server.signal("SIGKILL");
  await workers.server.ended;
  workers = await SeveralWorkers.start(1, { JOURNAL: folder, PORT: String(port) });
  await until("they play on", () => players.every(({ session }) => session.client.confirmedTick > tickAtDeath + TICKS));
  for (const { session } of players) expect(session.client.stats.hashMismatches).toBe(0);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  await Promise.all(players.map((player) => player.stop()));
});

it("rooms of every worker wait for theirs: whoever comes back before it is there is not sent away", {
  timeout: LONG_MS,
}, async () => {
  workers = await SeveralWorkers.start(2, { JOURNAL: folder });
  const { port } = workers.server;
  const { url } = workers;
  const players: Awaited<ReturnType<typeof joinPlayer>>[] = [];
  // So many that one worker still opens its rooms when the other one is there, which takes nobody for dead because of that.
  for (let i = 0; i < 12; i++) {
    const rooms = await workers.roomOfEach("arena", { bots: 6 });
    for (const roomId of rooms.values()) players.push(await joinPlayer(arena, { url, roomId }, players.length));
  }
  const ends: unknown[] = [];
  for (const { session } of players) session.on("end", (end) => ends.push(end));
  await until("all play", () => players.every(({ session }) => session.client.confirmedTick > TICKS));
  for (let i = 0; i < 3; i++) {
    const ticks = players.map(({ session }) => session.client.confirmedTick);
    workers.server.signal("SIGTERM");
    await workers.server.ended;
    workers = await SeveralWorkers.start(2, { JOURNAL: folder, PORT: String(port) });
    const areBack = () => players.every(({ session }, n) => session.client.confirmedTick > ticks[n]! + TICKS);
    await until("they play on, or are sent away", () => areBack() || ends.length > 0);
    expect(ends).toEqual([]);
  }
  for (const { session } of players) expect(session.client.stats.hashMismatches).toBe(0);
  await Promise.all(players.map((player) => player.stop()));
});

it("nobody is told that their room is gone while another worker is about to open it", {
  timeout: LONG_MS,
}, async () => {
  workers = await SeveralWorkers.start(2, { JOURNAL: folder });
  const { url } = workers;
  const clients: Room[] = [];
  for (let i = 0; i < 12; i++) {
    const room = (await workers.roomOfEach("arena")).get(1)!;
    clients.push(...(await Promise.all(Array.from({ length: 6 }, () => new ColyseusSDK(url).joinById(room, {})))));
  }
  const told: unknown[] = [];
  for (const client of clients) {
    Object.assign(client.reconnection, { minUptime: 0, minDelay: 0, backoff: () => 5 });
    client.onLeave((code) => told.push(code));
  }
  const tickOf = ({ state }: Room): number => (state as { tick?: number }).tick ?? 0;
  await until("all play", () => clients.every((client) => tickOf(client) > TICKS));
  const ticks = clients.map(tickOf);
  kill(workers.pids().get(1)!);
  await until(
    "all play on, or are sent away",
    () => told.length > 0 || clients.every((c, i) => tickOf(c) > ticks[i]! + TICKS),
  );
  expect(told).toEqual([]);
  await Promise.all(clients.map((client) => client.leave()));
});

it("without a journal its matches are over, and the port and the other worker go on", {
  timeout: LONG_MS,
}, async () => {
  workers = await SeveralWorkers.start(2, { JOURNAL: "none" });
  const { url } = workers;
  const rooms = await workers.roomOfEach("tag");
  const [hit, spared] = await Promise.all(
    [1, 2].map((worker) => new ColyseusSDK(url).joinById(rooms.get(worker)!, {})),
  );
  const end = new Promise((resolve) => hit!.onLeave(resolve));
  hit!.reconnection.minUptime = 0;
  const pid = workers.pids().get(1)!;
  kill(pid);
  await end;
  await until("another one is there", () => (workers!.pids().get(1) ?? pid) !== pid);
  expect(new Set((await workers.roomOfEach("tag")).keys())).toEqual(new Set([1, 2]));
  expect(spared!.connection.isOpen).toBe(true);
  await spared!.leave();
});

it("while no worker is there the port keeps those who come, and the first that is there answers them", {
  timeout: LONG_MS,
}, async () => {
  workers = await SeveralWorkers.start(2, { JOURNAL: "none" });
  const pids = [...workers.pids().values()];
  pids.forEach(kill);
  await until(
    "both are gone",
    () => workers!.said("a worker has ended; another one is started").length === pids.length,
  );
  const answers = await Promise.all(Array.from({ length: 40 }, () => workers!.ask<{ ok: boolean }>("GET", "/healthz")));
  expect(answers.map(({ ok }) => ok)).toEqual(answers.map(() => true));
});
