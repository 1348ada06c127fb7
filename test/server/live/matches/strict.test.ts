/** Strict mode and pause over real sockets: everybody waits for whom the list names, and not for ever (R2). */

import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { hashesOf } from "../../../kit/after-tick.ts";
import { pause } from "../../../kit/pause.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const arena = games[0] as AnyGame;
let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games });
});
afterAll(async () => {
  await server.stop();
});

it("in a strict room every tick waits for a client that is away, the list names it, and after the timeout the match goes on", async () => {
  const ada = await joinPlayer(
    arena,
    { url: server.url, newRoom: true, mode: "strict", stallTimeout: 3, name: "Ada" },
    1,
  );
  const { roomId } = ada.session.room;
  const lin = await joinPlayer(arena, { url: server.url, roomId, name: "Lin" }, 2);
  const { match } = server.room(roomId);
  // A room of the same server that waits for nobody: what a machine that is busy does to one, it does to the other.
  const beside = await joinPlayer(arena, { url: server.url, newRoom: true }, 3);
  const { world } = server.room(beside.session.room.roomId).match;
  const hashes = hashesOf(match);
  await until("both play", () => [ada, lin].every(({ session }) => session.client.confirmedTick > 60));
  expect(match.intake.counts["input/late-moved"] + match.intake.counts.filled, "strict: no input is late").toBeLessThan(
    60,
  );
  const awaited = () => [...ada.session.roster().values()].filter(({ isAwaited }) => isAwaited).map(({ name }) => name);
  expect(awaited()).toEqual([]);

  lin.pause();
  const stoodAt = world.tick;
  await until("Ada's list names Lin", () => awaited().includes("Lin"));
  const { tick } = match.world;
  await until("Ada is told that ticks stand still", () => ada.session.client.isHalted);
  const { tick: halted } = world;
  await until("the room beside it plays a second", () => world.tick > halted + arena.tickRate);
  expect(match.world.tick, "every tick waits").toBe(tick);
  await until("the match goes on", () => match.world.tick > tick);
  expect(world.tick - stoodAt, "ticks of the room that waits for nobody").toBeGreaterThan(2 * arena.tickRate);
  await until("and on", () => match.world.tick > tick + 20);
  expect(awaited()).toEqual([]);
  expect(ada.session.client.isHalted).toBe(false);

  lin.resume();
  await until("Lin is in step again", () => lin.session.client.confirmedTick > match.world.tick - 10);
  const later = match.world.tick + 40;
  await until("and they play on", () => match.world.tick > later);
  expect(awaited()).toEqual([]);
  for (const player of [ada, lin])
    for (const [at, hash] of player.hashes) if (hashes.has(at)) expect(hash, `at ${at}`).toBe(hashes.get(at));
  await Promise.all([ada.stop(), lin.stop(), beside.stop()]);
}, 60_000);

it("a majority pauses the room and resumes it; a stock client has a vote too", async () => {
  const ada = await joinPlayer(arena, { url: server.url, newRoom: true, name: "Ada" }, 1);
  const { roomId } = ada.session.room;
  const stock = await new ColyseusSDK(server.url).joinById(roomId, { name: "Stock" });
  const { match } = server.room(roomId);
  await until("they play", () => ada.session.client.confirmedTick > 20);
  ada.session.wishPause(true);
  await until("the wish is seen", () => [...ada.session.roster().values()].some(({ wantsPause }) => wantsPause));
  expect(match.phase).toBe("playing");
  stock.send("pause", true);
  await until("the room is paused", () => ada.session.phase === "paused" && ada.session.client.isHalted);
  const { tick } = match.world;
  await pause(500);
  expect(match.world.tick).toBe(tick);
  const late = await joinPlayer(arena, { url: server.url, roomId, watch: true }, 3);
  await until("somebody who comes in a pause sees the world", () => late.session.client.isSynced);
  stock.send("pause", false);
  await until("it goes on", () => match.world.tick > tick + 20);
  await until(
    "everybody with it",
    () => ada.session.client.confirmedTick > tick + 20 && late.session.client.confirmedTick > tick + 10,
  );
  expect(ada.session.client.stats.hashMismatches).toBe(0);
  await Promise.all([ada.stop(), late.stop()]);
  await stock.leave();
}, 60_000);

it("in a host room only the one who was there first may pause", async () => {
  const host = await joinPlayer(arena, { url: server.url, newRoom: true, pause: "host", name: "Host" }, 1);
  const { roomId } = host.session.room;
  const guest = await joinPlayer(arena, { url: server.url, roomId, name: "Guest" }, 2);
  const { match } = server.room(roomId);
  await until("they play", () => guest.session.client.confirmedTick > 10);
  guest.session.wishPause(true);
  await until("the guest is refused", () => (match.sessions.answers.get("pause/not-allowed") ?? 0) > 0);
  host.session.wishPause(true);
  await until("the host is not", () => match.phase === "paused");
  host.session.wishPause(false);
  await until("it goes on", () => match.phase === "playing");
  await Promise.all([host.stop(), guest.stop()]);
}, 60_000);
