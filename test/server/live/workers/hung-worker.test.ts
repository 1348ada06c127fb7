/** A worker that hangs in the rules of a room: it is ended, the room is closed by name and left alone, everybody else plays on. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ColyseusSDK } from "@colyseus/sdk";
import { afterEach, expect, it } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { CLOSE_CODES } from "../../../../shared/engine/protocol/close-codes.ts";
import { games } from "../../../../shared/games/index.ts";
import { HANGS_AT_TICK } from "../../../kit/games/hanging-game.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { SeveralWorkers } from "../../../kit/servers/several-workers.ts";
import { TYPESCRIPT } from "../../../kit/typescript.ts";
import { until } from "../../../kit/until.ts";

const arena = games.find(({ name }) => name === "arena") as AnyGame;
const COMMAND = [process.execPath, ...TYPESCRIPT, "test/kit/servers/hanging-primary.ts"];

const folder = mkdtempSync(join(tmpdir(), "phalanx-hung-"));
let workers: SeveralWorkers | undefined;
afterEach(async () => {
  await workers?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("the log names worker, room, game and tick; its players are told; all other rooms go on", {
  timeout: 120_000,
}, async () => {
  workers = await SeveralWorkers.start(2, { JOURNAL: folder, WATCHDOG_SECONDS: "3" }, COMMAND);
  const { url } = workers;
  const rooms = await workers.roomOfEach("arena", { bots: 4 });
  const players = await Promise.all([...rooms.values()].map((roomId, i) => joinPlayer(arena, { url, roomId }, i)));
  await until("all play", () => players.every(({ session }) => session.client.confirmedTick > 20));
  const ends: unknown[] = [];
  for (const { session } of players) session.on("end", (end) => ends.push(end));

  // A client that steps nothing: whoever steps would hang, too.
  const victim = await new ColyseusSDK(url).create("hanging");
  victim.reconnection.minUptime = 0;
  const told = new Promise<readonly [number, string | undefined]>((resolve) => {
    victim.onLeave((code, reason) => resolve([code, reason]));
  });
  const worker = await workers.workerOf(victim.roomId);
  await until("it is ended", () => workers!.said("a worker hangs, and is ended").length > 0);
  expect(workers.said("a worker hangs, and is ended")).toMatchObject([
    { worker, room: victim.roomId, game: "hanging", tick: HANGS_AT_TICK },
  ]);
  const ticks = players.map(({ session }) => session.client.confirmedTick);
  await until("they play on", () => players.every(({ session }, i) => session.client.confirmedTick > ticks[i]! + 40));
  const [code, reason] = await told;
  expect(code).toBe(CLOSE_CODES["room/crashed"].code);
  expect(reason).toContain(`the rules of hanging did not return from tick ${HANGS_AT_TICK}`);
  expect(ends).toEqual([]);
  for (const { session } of players) expect(session.client.stats.hashMismatches).toBe(0);
  expect(workers.said("a worker hangs, and is ended"), "it hung once").toHaveLength(1);
  expect(workers.said("room goes on").map(({ room }) => room)).toEqual([rooms.get(worker)]);
  await Promise.all(players.map((player) => player.stop()));
});
