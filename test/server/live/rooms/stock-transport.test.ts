/** Rooms of ours in somebody else's server, on a stock WebSocketTransport: they go the long way, and play no worse. */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { plainRecord } from "../../../../client/stream/plain-record.ts";
import { codecOf } from "../../../../shared/engine/codec/codec.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { afterTick } from "../../../kit/after-tick.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { type StockServer, startStockServer } from "../../../kit/servers/stock-server.ts";
import { until } from "../../../kit/until.ts";

const TICKS = 50;
const game = games[0] as AnyGame;
const codec = codecOf<object>(game.state, game.name);

let server: StockServer;
const advice = vi.fn();
beforeAll(async () => {
  server = await startStockServer([game]);
  server.services.advice.give = advice;
});
afterAll(() => server.stop());

/** What a stock client has seen of the world, by tick. */
function watch(client: Room): Map<number, unknown> {
  const seen = new Map<number, unknown>();
  client.onStateChange((state: { tick: number; world: unknown }) => {
    seen.set(state.tick, plainRecord(codec.layout, state.world));
  });
  return seen;
}

describe("a room on a stock transport", () => {
  it("plays fifty ticks on both planes, and brings both back to their seats when their connections are cut", async () => {
    const stock = await new ColyseusSDK(server.url).joinOrCreate(game.name, { bots: 3, name: "Lin" });
    stock.reconnection.minUptime = 0;
    const room = server.room(stock.roomId);
    const { match } = room;
    const hashes = new Map<number, number>();
    const worlds = new Map<number, object>();
    afterTick(match, () => {
      const copy = codec.create();
      codec.copy(match.world.state as object, copy);
      worlds.set(match.world.tick, copy);
      hashes.set(match.world.tick, match.world.hash());
    });
    const seen = watch(stock);
    const player = await joinPlayer(game, { url: server.url, roomId: stock.roomId, name: "Ada" }, 1);
    const { client } = player.session;
    const play = async (): Promise<void> => {
      const end = match.world.tick + TICKS;
      await until("both played fifty ticks", () => client.confirmedTick >= end && seen.has(end));
    };
    await play();

    const players = match.seats.held("player");
    const ids = [player.session.room.sessionId, stock.sessionId];
    const before = ids.map((id) => match.seats.seatOf(id));
    expect(before).not.toContain(undefined);
    const connections = ids.map((id) => room.clients.get(id)!.ref);
    for (const connection of connections) (connection as unknown as { terminate(): void }).terminate();
    // Other connections, not an "away" in between: one may be back before the other is missed.
    const isBack = (id: string, i: number): boolean => {
      const connection = room.clients.get(id)?.ref;
      return connection !== undefined && connection !== connections[i] && !match.seats.isAway(before[i]!);
    };
    await until("both are back", () => ids.every(isBack));
    await play();

    expect(ids.map((id) => match.seats.seatOf(id))).toEqual(before);
    expect(match.seats.held("player")).toBe(players);
    const common = [...player.hashes].filter(([tick]) => hashes.has(tick));
    expect(common.length).toBeGreaterThan(TICKS);
    for (const [tick, hash] of common) expect(hash, `hash at tick ${tick}`).toBe(hashes.get(tick));
    expect(client.stats.hashMismatches).toBe(0);
    const streamed = [...seen].filter(([tick]) => worlds.has(tick));
    expect(streamed.length).toBeGreaterThan(TICKS);
    for (const [tick, world] of streamed) expect(world, `world at tick ${tick}`).toEqual(worlds.get(tick));

    const row = server.services.registry
      .room(stock.roomId)!
      .seatRows()
      .find(({ id }) => id === ids[0])!;
    expect(row.roundTripMs, "nobody measures it").toBeUndefined();
    expect(row.acknowledgedTick).toBeGreaterThan(2 * TICKS);
    await Promise.all([player.stop(), stock.leave()]);
  });

  it("knows what waits for a client that does not read, and closes one that is thrown out for good", async () => {
    const player = await joinPlayer(game, { url: server.url }, 2);
    const { roomId, sessionId } = player.session.room;
    const room = server.room(roomId);
    const { match } = room;
    await until("it plays", () => player.session.client.confirmedTick > 5);
    const [peer] = match.sessions.presence.here.map((session) => session.peer);
    await until("all is taken", () => peer!.takenBytes === peer!.writtenBytes && peer!.writtenBytes > 100);
    player.session.room.reconnection.enabled = false;
    const { ref } = room.clients.get(sessionId)!;
    server.services.registry.room(roomId)!.kick(sessionId, "test");
    // It never answers the close: `ws` then tells of 1006, as of a connection that was lost.
    (ref as unknown as { terminate(): void }).terminate();
    await until("the seat is free", () => match.seats.seatOf(sessionId) === undefined);
    await player.stop().catch(() => {});
  });

  it("says once what is missing", () => {
    const [[said]] = advice.mock.calls as [[string]];
    expect(said).toMatch(/^rooms go the long way on a WebSocketTransport that is not this server's own: round trips/);
  });
});
