/** R14 over real sockets: a client that stops stepping costs the others nothing and is sent nothing more. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games });
});
afterAll(() => server.stop());

it("a frozen page is parked after ten seconds, and back in step by a snapshot when it runs again", {
  timeout: 60_000,
}, async () => {
  const game = games[0] as AnyGame;
  const slow = await joinPlayer(game, { url: server.url, bots: 2 }, 1);
  const witness = await joinPlayer(game, { url: server.url, roomId: slow.session.room.roomId }, 2);
  const { match } = server.room(slow.session.room.roomId);
  await until("both play", () => [slow, witness].every(({ session }) => session.client.confirmedTick > 5));
  slow.pause();
  await until("it is parked", () => match.sessions.parked === 1);
  const { stalledMs } = witness.session.client.stats;
  expect(stalledMs).toBe(0);
  slow.resume();
  await until("it has the world of now", () => slow.session.client.stats.snapshots === 2);
  const tick = match.world.tick;
  await until("it is in step", () => slow.session.client.confirmedTick > tick + 10);
  expect(slow.session.client.stats.hashMismatches).toBe(0);
  expect(match.seats.seatOf(slow.session.room.sessionId)).toBe(slow.session.client.seat);
  await Promise.all([slow.stop(), witness.stop()]);
});
