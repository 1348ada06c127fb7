/** Both planes over real sockets: two lockstep clients and a stock SDK client without a line of ours, in one room. */

import type { Socket } from "node:net";
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainRecord } from "../../../../client/stream/plain-record.ts";
import type { FastSocket } from "../../../../server/socket/hardened-socket.ts";
import { codecOf } from "../../../../shared/engine/codec/codec.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { afterTick } from "../../../kit/after-tick.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const TICKS = 60;

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games });
});
afterAll(() => server.stop());

describe.each(games.map((game) => [game.name, game as AnyGame] as const))("%s over real sockets", (name, game) => {
  it("a stock SDK client streams the world that two lockstep clients step", async () => {
    const codec = codecOf<object>(game.state, name);
    const stock = await new ColyseusSDK(server.url).joinOrCreate(name, { bots: 4 });
    const { match } = server.room(stock.roomId);

    // The referee's world and hash by tick, noted as the ticks are closed.
    const worlds = new Map<number, object>();
    const hashes = new Map<number, number>();
    afterTick(match, () => {
      const copy = codec.create();
      codec.copy(match.world.state as object, copy);
      worlds.set(match.world.tick, copy);
      hashes.set(match.world.tick, match.world.hash());
    });

    const seen: { tick: number; world: unknown }[] = [];
    stock.onStateChange((state: { tick: number; world: { toJSON(): unknown } }) => {
      seen.push({ tick: state.tick, world: plainRecord(codec.layout, state.world) });
    });
    const players = [
      await joinPlayer(game, { url: server.url, roomId: stock.roomId, name: "Ada" }, 1),
      await joinPlayer(game, { url: server.url, roomId: stock.roomId, name: "Lin" }, 2),
    ];
    const start = match.world.tick;
    await until("60 ticks were played", () => match.world.tick >= start + TICKS);
    await until("the stock client saw them", () => (seen.at(-1)?.tick ?? 0) >= start + TICKS);

    const streamed = seen.filter(({ tick }) => worlds.has(tick));
    expect(streamed.length).toBeGreaterThanOrEqual(TICKS - 2);
    for (const { tick, world } of streamed)
      expect(world, `the stock client's world at tick ${tick}`).toEqual(worlds.get(tick));
    const ticks = streamed.map(({ tick }) => tick).filter((tick) => tick > start);
    expect(new Set(ticks).size, "a delta for each tick").toBeGreaterThanOrEqual(TICKS - 1);

    for (const { hashes: own, session } of players) {
      const common = [...own].filter(([tick]) => hashes.has(tick));
      expect(common.length).toBeGreaterThan(TICKS / 2);
      for (const [tick, hash] of common) expect(hash, `hash at tick ${tick}`).toBe(hashes.get(tick));
      expect(session.client.stats.hashMismatches).toBe(0);
      const state = session.room.state as { world?: unknown; tick?: unknown; seats: Map<string, { name: string }> };
      expect(state.world, "lockstep clients are sent no world").toBeUndefined();
      expect(state.tick, "nor a tick").toBeUndefined();
      expect([...session.roster().values()].map((seat) => seat.name)).toContain("Ada");
    }
    const roster = [...(stock.state as { seats: Map<string, { id: string; kind: string }> }).seats.values()];
    expect(roster.some(({ id }) => id === stock.sessionId)).toBe(true);

    await Promise.all([...players.map((player) => player.stop()), stock.leave()]);
  });

  it("a room without stream clients sends lockstep clients one message a tick and mirrors nothing", async () => {
    const player = await joinPlayer(game, { url: server.url, bots: 2 }, 3);
    const room = server.room(player.session.room.roomId);
    let writes = 0;
    const client = room.clients[0]!;
    const { line } = client.ref as unknown as FastSocket;
    const socket = (client.ref as unknown as { readonly _socket: Socket })._socket;
    // Past the stream, and through it.
    const [direct, stream] = [line.write.bind(line), socket.write.bind(socket)];
    line.write = (frame) => {
      writes++;
      direct(frame);
    };
    socket.write = (...values: unknown[]) => {
      writes++;
      return stream(...(values as [Uint8Array]));
    };
    await until("it plays", () => player.session.client.confirmedTick > 5);
    writes = 0;
    const start = room.match.world.tick;
    await until("40 ticks later", () => room.match.world.tick >= start + 40);
    const ticks = room.match.world.tick - start;
    // One frame a tick; the answers to pings (two a second) are all that may come on top.
    expect(writes).toBeLessThanOrEqual(ticks + Math.ceil((ticks / game.tickRate) * 2) + 1);
    expect(writes).toBeGreaterThanOrEqual(ticks - 1);
    expect(room.state.world, "there is no world to be sent").toBeUndefined();
    await player.stop();
  });
});

it("a stock client plays by sending the game's input fields, and is told by name what is wrong with others", async () => {
  const stock = await new ColyseusSDK(server.url).joinOrCreate("tag", { bots: 0 });
  const errors: { name: string; message: string }[] = [];
  stock.onMessage("error", (error: { name: string; message: string }) => errors.push(error));
  const { match } = server.room(stock.roomId);
  const seat = match.seats.seatOf(stock.sessionId)!;
  const runner = () => (match.world.state as { runners: Map<number, { x: number; y: number }> }).runners.get(seat);
  await until("it has a runner", () => runner() !== undefined);
  const before = { ...runner()! };
  stock.send("input", { dx: 0, dy: before.y > 10 ? -1 : 1 });
  await until("the runner moves", () => runner()!.y !== before.y);
  expect(runner()!.x).toBe(before.x);

  stock.send("input", { dx: "fast", dy: 0 });
  await until("a refusal arrives", () => errors.length > 0);
  expect(errors[0]).toEqual({ name: "input/invalid", message: expect.stringContaining("dx") });
  expect(match.sessions.answers.get("input/invalid")).toBe(1);
  await stock.leave();
});
