/**
 * A match whose rules do not return, and nobody is left who knows: it is written down, hangs no process twice, and its players
 * are told, while all other matches go on.
 */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { CLOSE_CODES } from "../../../../shared/engine/protocol/close-codes.ts";
import { games } from "../../../../shared/games/index.ts";
import { HANGS_AT_TICK } from "../../../kit/games/hanging-game.ts";
import { isGone } from "../../../kit/is-gone.ts";
import { freePort } from "../../../kit/lines/started-proxy.ts";
import { joinPlayer, type SocketPlayer } from "../../../kit/players/socket-player.ts";
import { SeveralWorkers } from "../../../kit/servers/several-workers.ts";
import { TYPESCRIPT } from "../../../kit/typescript.ts";
import { until } from "../../../kit/until.ts";

const LONG_MS = 180_000;
const TICKS = 40;
/** Whose tick stands still for so long hangs, or nearly does. */
const HANGING_MS = 3000;
const arena = games.find(({ name }) => name === "arena") as AnyGame;
const program = (name: string): string[] => [process.execPath, ...TYPESCRIPT, `test/kit/servers/hanging-${name}.ts`];
const ALONE = program("alone");
const SEVERAL = program("primary");
const END = {
  code: CLOSE_CODES["room/crashed"].code,
  reason: `room/crashed: the rules of hanging did not return from tick ${HANGS_AT_TICK}; the room ended`,
};

const folder = mkdtempSync(join(tmpdir(), "phalanx-poison-"));
let workers: SeveralWorkers | undefined;
afterEach(async () => {
  await workers?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Victim {
  readonly room: Room;
  readonly told: { readonly code: number; readonly reason: string | undefined }[];
}

/** A client that steps nothing: whoever steps would hang, too. */
function victimOf(room: Room): Victim {
  room.reconnection.minUptime = 0;
  room.reconnection.maxRetries = 60;
  const victim: Victim = { room, told: [] };
  room.onLeave((code, reason) => victim.told.push({ code, reason }));
  return victim;
}

async function playsOn({ session }: SocketPlayer): Promise<void> {
  const tick = session.client.confirmedTick;
  await until("the other match plays on", () => session.client.confirmedTick > tick + TICKS);
  expect(session.client.stats.hashMismatches).toBe(0);
}

it("a server of one process ends itself and says where it hung; the next one, of any number, leaves that room alone", {
  timeout: LONG_MS,
}, async () => {
  const env = { PORT: String(await freePort()), JOURNAL: folder, WATCHDOG_SECONDS: "3" };
  workers = await SeveralWorkers.start(1, env, ALONE);
  const { url } = workers;
  const player = await joinPlayer(arena, { url, newRoom: true, bots: 4 }, 1);
  await playsOn(player);
  const victim = victimOf(await new ColyseusSDK(url).create("hanging"));
  const { server } = workers;
  expect(await server.ended).toEqual([null, "SIGKILL"]);
  const { roomId: room } = victim.room;
  expect(
    workers.said("the rules of a room do not return: this process is ended, and the next one leaves the room alone"),
  ).toMatchObject([{ room, game: "hanging", tick: HANGS_AT_TICK }]);
  workers = await SeveralWorkers.start(1, env, ALONE);
  await until("its player is told", () => victim.told.length > 0);
  expect(victim.told).toEqual([END]);
  await playsOn(player);
  expect(workers.said("a match is left alone: its rules did not return")).toMatchObject([{ room }]);
  // Whoever comes later, too, and to several processes.
  workers.server.signal("SIGKILL");
  await workers.server.ended;
  workers = await SeveralWorkers.start(2, env, SEVERAL);
  await playsOn(player);
  const late = new WebSocket(`${url}/any/${room}?sessionId=any&reconnectionToken=${victim.room.reconnectionToken}`);
  const [code, reason] = (await once(late, "close")) as [number, Buffer];
  expect({ code, reason: String(reason) }).toEqual(END);
  await player.stop();
});

it("primary and workers, which all hang, are gone: workers end by themselves, the next ones hang once at most, and come up", {
  timeout: LONG_MS,
}, async () => {
  const env = { PORT: String(await freePort()), JOURNAL: folder };
  // Nobody is ended for it as long as this primary lives.
  workers = await SeveralWorkers.start(2, { ...env, WATCHDOG_SECONDS: "600" }, SEVERAL);
  const { url } = workers;
  const player = await joinPlayer(arena, { url, newRoom: true, bots: 4 }, 1);
  await playsOn(player);
  const rooms = await workers.roomOfEach("hanging");
  const sdk = new ColyseusSDK(url);
  const victims = (await Promise.all([...rooms.values()].map((room) => sdk.joinById(room, {})))).map(victimOf);
  const tickOf = ({ room }: Victim): number => (room.state as { tick?: number }).tick ?? 0;
  // The last frames may not be shown any more.
  await until("both hang, or are about to", () => victims.every((each) => tickOf(each) > HANGS_AT_TICK - TICKS));
  let [ticks, since] = [victims.map(tickOf).join(), performance.now()];
  await until("both hang", () => {
    const now = victims.map(tickOf).join();
    if (now !== ticks) [ticks, since] = [now, performance.now()];
    return performance.now() - since > HANGING_MS;
  });
  const pids = [...workers.pids().values()];
  workers.server.signal("SIGKILL");
  await workers.server.ended;
  await until("the workers have ended", () => pids.every(isGone));

  workers = await SeveralWorkers.start(2, { ...env, WATCHDOG_SECONDS: "4" }, SEVERAL);
  await until("their players are told", () => victims.every(({ told }) => told.length > 0));
  expect(victims.map(({ told }) => told)).toEqual([[END], [END]]);
  await playsOn(player);
  const hung = workers.said("a worker hangs, and is ended").flatMap(({ room }) => room ?? []);
  expect(hung.toSorted(), "each once").toEqual([...rooms.values()].toSorted());
  await player.stop();
});
