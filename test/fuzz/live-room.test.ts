/** A million random client frames against a live room: no throw, no slow tick, each one accepted, counted or closed. */
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Session } from "../../client/session/session.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { closeName } from "../../shared/engine/protocol/close-codes.ts";
import { games } from "../../shared/games/index.ts";
import type { Peer } from "../../shared/referee/peers/peer.ts";
import { joinPlayer } from "../kit/players/socket-player.ts";
import { rerun, seeds } from "../kit/seeds.ts";
import { type RealServer, startServer } from "../kit/servers/server.ts";
import { until } from "../kit/until.ts";

const FRAMES = process.env.CI ? 1_000_000 : 100_000;
const BATCH = 2_000;
/** Of the CPU of the usual batch, a few milliseconds: a frame that hangs or blows up would take far more. */
const MOST_TIMES_USUAL = 50;

let server: RealServer;
const thrown: unknown[] = [];
const note = (error: unknown): void => {
  thrown.push(error);
};
beforeAll(async () => {
  server = await startServer({ games });
  process.on("uncaughtException", note);
  process.on("unhandledRejection", note);
});
afterAll(async () => {
  process.off("uncaughtException", note);
  process.off("unhandledRejection", note);
  await server.stop();
});

/** Opcodes, headers and lengths that mean something to Colyseus, msgpack or us, more often than chance would have it. */
const TELLING = [
  10, 11, 12, 13, 17, 18, 19, 20, 21, 0x81, 0xa5, 0xc1, 0xcb, 0xd9, 0xdd, 0xdf, 1, 2, 3, 4, 5, 6, 7, 8, 0, 255,
];

function randomFrame(random: WorldRandom): Uint8Array {
  const frame = new Uint8Array(random.int(0, random.chance(0.02) ? 1500 : 24));
  for (let i = 0; i < frame.length; i++) frame[i] = random.chance(0.5) ? random.pick(TELLING) : random.int(0, 255);
  if (random.chance(0.3) && frame.length > 7) frame.set([13, 0xa5, 0x69, 0x6e, 0x70, 0x75, 0x74]);
  if (random.chance(0.4) && frame.length > 2) frame.set([17, random.int(0, 9)]);
  // Leaving is legal, and would only end the connection early.
  if (frame[0] === 12) frame[0] = 17;
  return frame;
}

/**
 * Joins a room and returns a way to hand frames to it where the transport would. When the room closes the connection,
 * the close is noted and the attacker let in again, or a million frames would be a hundred thousand joins.
 */
async function attack(game: AnyGame, roomId: string, isLockstep: boolean, closes: Map<string, number>) {
  const room = server.room(roomId);
  const { match } = room;
  let peer: Peer | undefined;
  const admit = match.sessions.admit.bind(match.sessions);
  match.sessions.admit = (joining, admission) => {
    peer = joining;
    admit(joining, admission);
  };
  const attacker = isLockstep
    ? (await Session.join<unknown, unknown>(game, { url: server.url, roomId, sample: () => ({}) })).room
    : await new ColyseusSDK(server.url).joinById(roomId);
  match.sessions.admit = admit;
  attacker.onMessage("*", () => {});
  const client = room.clients.find(({ sessionId }) => sessionId === attacker.sessionId)!;
  const close = client.leave;
  client.leave = (code) => {
    const name = closeName(code ?? 0) ?? `code ${code}`;
    closes.set(name, (closes.get(name) ?? 0) + 1);
    match.sessions.dismiss(peer!);
    admit(peer!, { plane: isLockstep ? "lockstep" : "stream" });
  };
  const { ref } = client as unknown as { ref: { emit(event: "message", frame: Buffer): boolean } };
  return { send: (frame: Uint8Array) => ref.emit("message", Buffer.from(frame)), leave };
  async function leave() {
    client.leave = close;
    await attacker.leave();
  }
}

it.each(seeds(1, 1))("seed %i", { timeout: 120_000 }, async (seed) => {
  const random = new WorldRandom(seed);
  const game = games[0] as AnyGame;
  const witness = await joinPlayer(game, { url: server.url, bots: 4 }, seed);
  const room = server.room(witness.session.room.roomId);
  // Two attackers of four players: without the second witness they would be more than half, and may pause the match.
  const second = await joinPlayer(game, { url: server.url, roomId: room.roomId }, seed + 1);
  const { match } = room;
  const closes = new Map<string, number>();
  const attackers = [await attack(game, room.roomId, true, closes), await attack(game, room.roomId, false, closes)];
  const answersBefore = total(match.sessions.answers);
  let sent = 0;
  const costs: number[] = [];
  while (sent < FRAMES) {
    const before = process.cpuUsage();
    for (let i = 0; i < BATCH; i++, sent++) random.pick(attackers).send(randomFrame(random));
    const { user, system } = process.cpuUsage(before);
    costs.push(user + system);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const usual = costs.toSorted((a, b) => a - b)[costs.length >> 1]!;
  const most = Math.max(...costs) / usual;
  expect(most, `CPU of the dearest batch, in usual ones; ${rerun("test/fuzz", seed)}`).toBeLessThan(MOST_TIMES_USUAL);
  expect(thrown).toEqual([]);
  expect([...closes.keys()], "malformed frames come first, before there is a flood").toEqual(["protocol/malformed"]);
  expect(total(match.sessions.answers) - answersBefore, "every frame was answered").toBeGreaterThanOrEqual(FRAMES);
  expect(match.sessions.answers.get("accepted"), "some frames were inputs").toBeGreaterThan(0);
  expect(match.sessions.answers.get("input/invalid")).toBeGreaterThan(0);
  const tick = match.world.tick;
  await until("the witness plays on", () => witness.session.client.confirmedTick > tick + 20);
  expect(witness.session.client.stats.hashMismatches).toBe(0);
  await Promise.all([witness.stop(), second.stop(), ...attackers.map((attacker) => attacker.leave())]);
});

const total = (answers: ReadonlyMap<string, number>): number =>
  [...answers.values()].reduce((sum, count) => sum + count, 0);
