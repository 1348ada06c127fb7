/** Dual planes, live: a client moves between lockstep and stream while it plays, and nobody else notices. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { hashesOf } from "../../../kit/after-tick.ts";
import { joinPlayer, type SocketPlayer } from "../../../kit/players/socket-player.ts";
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

const isOn = (player: SocketPlayer, plane: string) => () => player.session.plane === plane;

it("a player goes to the stream plane and back, keeps the seat, and is in step again; the other sees no rollback more", async () => {
  const mover = await joinPlayer(arena, { url: server.url, newRoom: true, bots: 3, name: "Ada" }, 1);
  const { roomId } = mover.session.room;
  const witness = await joinPlayer(arena, { url: server.url, roomId, name: "Lin" }, 2);
  const { match } = server.room(roomId);
  // In a room where nobody moves: what a machine that is busy does to one, it does to the other.
  const beside = await joinPlayer(arena, { url: server.url, newRoom: true, bots: 3 }, 3);
  const hashes = hashesOf(match);
  await until("both play", () => [mover, witness, beside].every(({ session }) => session.client.confirmedTick > 5));
  const seat = mover.session.seat!;
  const ahead = () => witness.session.client.confirmedTick - beside.session.client.confirmedTick;
  const before = ahead();
  for (let i = 0; i < 2; i++) {
    mover.session.prefer("stream");
    await until("it streams", isOn(mover, "stream"));
    const tick = match.world.tick;
    await until("worlds come as patches", () => (mover.session.picture(performance.now())?.tick ?? 0) > tick + 20);
    expect(mover.session.seat).toBe(seat);
    const accepted = match.intake.counts.accepted;
    await until("its inputs count", () => match.intake.counts.accepted > accepted + 3);
    mover.session.prefer("lockstep");
    await until("it steps again", isOn(mover, "lockstep"));
    await until("it is in step", () => mover.session.client.confirmedTick > tick + 40);
  }
  expect(Math.abs(ahead() - before), "ticks that the other one stood still").toBeLessThanOrEqual(3);
  expect(mover.session.client.seat).toBe(seat);
  expect(mover.session.client.stats.snapshots).toBe(3);
  expect(witness.session.client.stats).toMatchObject({ snapshots: 1, hashMismatches: 0 });
  for (const player of [mover, witness])
    for (const [tick, hash] of player.hashes) if (hashes.has(tick)) expect(hash, `at ${tick}`).toBe(hashes.get(tick));
  expect(match.sessions.planes.moves).toBe(4);
  await Promise.all([mover.stop(), witness.stop(), beside.stop()]);
}, 60_000);
