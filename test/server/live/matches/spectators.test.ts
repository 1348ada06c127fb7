/** Spectators over real sockets: no seat, any number, either plane, and as far behind as the room says. */
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainRecord } from "../../../../client/stream/plain-record.ts";
import { codecOf } from "../../../../shared/engine/codec/codec.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { Down, decodeDown } from "../../../../shared/engine/protocol/down.ts";
import { PROTOCOL_VERSION } from "../../../../shared/engine/protocol/version.ts";
import { games } from "../../../../shared/games/index.ts";
import { afterTick, hashesOf } from "../../../kit/after-tick.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const arena = games[0] as AnyGame;
const DELAY_SECONDS = process.env.CI ? 10 : 2;
const DELAY_TICKS = DELAY_SECONDS * arena.tickRate;
let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games });
});
afterAll(async () => {
  await server.stop();
});

async function fullRoom(options: { spectatorDelay?: number } = {}) {
  const player = await joinPlayer(arena, { url: server.url, newRoom: true, bots: arena.seats.max, ...options }, 1);
  const { roomId } = player.session.room;
  return { player, roomId, match: server.room(roomId).match };
}

it("watch a room that is full, on both planes; nobody new finds it by its game", async () => {
  const first = await joinPlayer(arena, { url: server.url, newRoom: true }, 1);
  const { roomId } = first.session.room;
  const players = [first];
  for (let i = 1; i < arena.seats.max; i++) players.push(await joinPlayer(arena, { url: server.url, roomId }, i + 1));
  const { match } = server.room(roomId);
  await expect(joinPlayer(arena, { url: server.url, roomId }, 20)).rejects.toThrow(/already full/);
  const other = await joinPlayer(arena, { url: server.url }, 21);
  expect(other.session.room.roomId).not.toBe(roomId);
  const watcher = await joinPlayer(arena, { url: server.url, roomId, watch: true }, 30);
  const stock = await new ColyseusSDK(server.url).joinById(roomId, { watch: true });
  const hashes = hashesOf(match);
  const compared = () => [...watcher.hashes].filter(([tick]) => hashes.has(tick));
  await until("the watcher steps, and is compared", () => compared().length > 10);
  expect(watcher.session.seat).toBeUndefined();
  expect(watcher.session.client.predictedTick).toBeLessThanOrEqual(watcher.session.client.confirmedTick);
  for (const [tick, hash] of compared()) expect(hash).toBe(hashes.get(tick));
  await until("both are counted", () => (stock.state as { spectators: number }).spectators === 2);
  expect(match.seats.held("player")).toBe(arena.seats.max);
  const refused = match.intake.counts["input/no-seat"];
  stock.send("input", { ...match.intake.codec.create() });
  await until("its input is refused", () => match.intake.counts["input/no-seat"] > refused);
  await Promise.all([...players, other, watcher].map((one) => one.stop()));
  await stock.leave();
}, 60_000);

describe("with a delay", () => {
  it("a lockstep spectator never receives a frame, a world or a clock younger than that", async () => {
    const { player, roomId, match } = await fullRoom({ spectatorDelay: DELAY_SECONDS });
    const room = await new ColyseusSDK(server.url).joinById(roomId, {
      ...{ plane: "lockstep", protocol: PROTOCOL_VERSION, watch: true },
    });
    const lags: number[] = [];
    let frames = 0;
    for (const type of [Down.snapshot, Down.frame, Down.frames, Down.pong])
      room.onMessage(type, (bytes: Uint8Array) => {
        const message = decodeDown(type, bytes);
        if (message.kind === "frames") {
          frames += message.count;
          lags.push(match.world.tick - (message.firstTick + message.count - 1));
        } else if (message.kind === "pong" && message.serverTicks >= 1)
          lags.push(match.world.tick - Math.floor(message.serverTicks));
      });
    room.sendBytes(1, Uint8Array.of(0));
    room.sendBytes(3, Uint8Array.of(1, 0, 0, 0));
    await until("frames came", () => frames > 40);
    room.sendBytes(3, Uint8Array.of(2, 0, 0, 0));
    await until("a later pong came", () => lags.length > 42);
    expect(Math.min(...lags)).toBeGreaterThanOrEqual(DELAY_TICKS);
    await room.leave();
    await player.stop();
  }, 60_000);

  it("a spectator of our own runtime draws the past in step, and asks again after a cut without seeing more", async () => {
    const { player, roomId, match } = await fullRoom({ spectatorDelay: DELAY_SECONDS });
    const hashes = hashesOf(match);
    const watcher = await joinPlayer(arena, { url: server.url, roomId, watch: true }, 2);
    const since = match.world.tick;
    await until("it steps the past", () => watcher.session.client.confirmedTick > since + 20);
    watcher.session.room.connection.close(4010);
    const at = watcher.session.client.confirmedTick;
    await until("it is back", () => watcher.session.client.confirmedTick > at + 20);
    expect(match.world.tick - watcher.session.client.confirmedTick).toBeGreaterThanOrEqual(DELAY_TICKS);
    const compared = [...watcher.hashes].filter(([tick]) => hashes.has(tick));
    expect(compared.length).toBeGreaterThan(10);
    for (const [tick, hash] of compared) expect(hash).toBe(hashes.get(tick));
    expect(watcher.session.client.stats.hashMismatches).toBe(0);
    await Promise.all([watcher.stop(), player.stop()]);
  }, 60_000);

  it("a stock SDK spectator streams the world as it was", async () => {
    const { player, roomId, match } = await fullRoom({ spectatorDelay: DELAY_SECONDS });
    const codec = codecOf<object>(arena.state, arena.name);
    const worlds = new Map<number, object>();
    afterTick(match, (tick) => {
      const copy = codec.create();
      codec.copy(match.world.state as object, copy);
      worlds.set(tick, copy);
    });
    const stock = await new ColyseusSDK(server.url).joinById(roomId, { watch: true });
    const seen: { tick: number; world: unknown; lag: number }[] = [];
    stock.onStateChange((state: { tick: number; world: unknown }) => {
      const lag = match.world.tick - state.tick;
      seen.push({ tick: state.tick, world: plainRecord(codec.layout, state.world), lag });
    });
    await until("it saw the past", () => seen.filter(({ tick }) => worlds.has(tick)).length > 20);
    const known = seen.filter(({ tick }) => worlds.has(tick));
    for (const { tick, world, lag } of known) {
      expect(world).toEqual(worlds.get(tick));
      expect(lag).toBeGreaterThanOrEqual(DELAY_TICKS);
    }
    await stock.leave();
    await player.stop();
  }, 60_000);
});
