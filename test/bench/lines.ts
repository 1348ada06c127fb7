/** Section: how long worlds of several sizes take to whoever joins, on lines of several rates (R14). */
import { ColyseusSDK } from "@colyseus/sdk";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { bulkGame, RECORD_BYTES } from "../kit/games/bulk-game.ts";
import { MBIT, RatedLink } from "../kit/lines/rated-link.ts";
import { joinPlayer } from "../kit/players/socket-player.ts";
import { pythonOrSkip } from "../kit/program.ts";
import { startServer } from "../kit/servers/server.ts";
import { until } from "../kit/until.ts";
import { type Row, type Section, spreadOf } from "./row.ts";

const KILOBYTES = [64, 256, 1024] as const;
const RATES = [100, 20, 4, 1] as const;
const TICK_RATE = 5;
const MOST_MS = 180_000;
/** In step: so many ticks behind the referee. */
const MOST_BEHIND = 2;

const games = KILOBYTES.map(
  (kilobytes) =>
    bulkGame({
      name: `world${kilobytes}`,
      records: (kilobytes * 1024) / RECORD_BYTES,
      tickRate: TICK_RATE,
    }) as unknown as AnyGame,
);

async function secondsOf(happens: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await happens();
  return (performance.now() - started) / 1000;
}

export async function measureLines(): Promise<Section> {
  const python = pythonOrSkip("asyncio", "python3", (why) => {
    throw new Error(why);
  });
  const server = await startServer({ games });
  const link = await RatedLink.open({ python, port: server.port });
  const rows: Row[] = [];
  for (const [i, game] of games.entries()) {
    link.change(0);
    // Keeps the room, and is no part of the line.
    const host = await joinPlayer(game, { url: server.url, plane: "stream" }, 1);
    const { roomId } = host.session.room;
    const { world } = server.room(roomId).match;
    for (const mbit of RATES) {
      link.change(mbit * MBIT);
      const lockstep = await secondsOf(async () => {
        const player = await joinPlayer(game, { url: link.url, roomId }, 2);
        const { client } = player.session;
        const isInStep = (): boolean => client.isSynced && world.tick - client.confirmedTick <= MOST_BEHIND;
        await until("it is in step", isInStep, MOST_MS);
        await player.stop();
      });
      const stream = await secondsOf(async () => {
        const room = await new ColyseusSDK(link.url).joinById(roomId, {});
        const tick = (): number => (room.state as { tick?: number } | undefined)?.tick ?? 0;
        await until("it is in the present", () => tick() > 0 && world.tick - tick() <= MOST_BEHIND, MOST_MS);
        await room.leave();
      });
      const name = `${KILOBYTES[i]} KB at ${mbit} Mbit/s`;
      const about = "of four uint32 that do not deflate; from the wish to join to two ticks behind the referee";
      rows.push({ name: `${name}, lockstep`, unit: "s", ours: spreadOf([lockstep]), about });
      rows.push({ name: `${name}, stream plane`, unit: "s", ours: spreadOf([stream]), about });
    }
    await host.stop();
  }
  await link.close();
  await server.stop();
  return { title: "lines: a world's size and a line's rate", rows };
}
