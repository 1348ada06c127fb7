/** Real clients over real sockets through a bad network: loss, jitter and cuts, and every world is the server's. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SimulatedNetwork } from "../../../../client/netsim/simulated-network.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { bothWays } from "../../../../shared/netsim/conditions.ts";
import { hashesOf } from "../../../kit/after-tick.ts";
import { TcpProxy } from "../../../kit/lines/tcp-proxy.ts";
import { joinPlayer, type SocketPlayer } from "../../../kit/players/socket-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const game = games[0] as AnyGame;

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games });
});
afterAll(() => server.stop());

/** Notes the server's hash at every tick from now on. */
function refereeOf(player: SocketPlayer) {
  const { match } = server.room(player.session.room.roomId);
  return { match, hashes: hashesOf(match) };
}

function expectEqualHashes(players: readonly SocketPlayer[], hashes: ReadonlyMap<number, number>, least: number): void {
  for (const { hashes: own, session } of players) {
    const common = [...own].filter(([tick]) => hashes.has(tick));
    expect(common.length, "hashes compared").toBeGreaterThan(least);
    for (const [tick, hash] of common) expect(hash, `tick ${tick}`).toBe(hashes.get(tick));
    expect(session.client.stats.hashMismatches).toBe(0);
  }
}

const playTicks = async (players: readonly SocketPlayer[], ticks: number): Promise<void> => {
  await until("they know the time", () => players.every(({ session }) => session.client.roundTripMs > 0));
  const from = Math.max(...players.map(({ session }) => session.client.confirmedTick));
  await until("they play", () => players.every(({ session }) => session.client.confirmedTick > from + ticks));
};

describe("two players behind a proxy", () => {
  it("play through jitter, loss, cuts and a while without any connection, and end with the server's hashes", {
    timeout: 60_000,
  }, async () => {
    const network = bothWays({ delayMs: 30, jitterMs: 20, lossRate: 0.02, stallMs: 150 });
    const proxy = await TcpProxy.listen({ port: server.port, network, seed: 5 });
    const first = await joinPlayer(game, { url: proxy.url, bots: 2 }, 1);
    const second = await joinPlayer(game, { url: proxy.url, roomId: first.session.room.roomId }, 2);
    const players = [first, second];
    const { match, hashes } = refereeOf(first);
    await playTicks(players, 40);
    expect(proxy.webSockets.length).toBe(2);
    for (const { session } of players)
      expect(session.client.roundTripMs).toBeGreaterThanOrEqual(2 * network.up.delayMs);
    const seats = players.map(({ session }) => session.client.seat!);

    proxy.cut(0);
    await until("one is away", () => match.seats.isAway(seats[0]!) || match.seats.isAway(seats[1]!));
    await until("it is back", () => proxy.webSockets.length === 2 && players.every(({ session }) => session.isOnline));
    await playTicks(players, 20);

    proxy.refuse(500);
    proxy.cutAll();
    await until("both are away", () => seats.every((seat) => match.seats.isAway(seat)));
    expect(proxy.webSockets).toEqual([]);
    await until("both are back", () => players.every(({ session }) => session.isOnline));
    expect(proxy.refused).toBeGreaterThan(0);

    proxy.change(bothWays({ delayMs: 5 }));
    await playTicks(players, 40);
    expect(players.map(({ session }) => session.client.seat)).toEqual(seats);
    expectEqualHashes(players, hashes, 50);
    await Promise.all(players.map((player) => player.stop()));
    await proxy.close();
  });
});

describe("a session that simulates its network", () => {
  it("feels it, changes it while it plays, and comes back by itself from a cut, not before it is over", {
    timeout: 60_000,
  }, async () => {
    const network = new SimulatedNetwork(bothWays({ delayMs: 60, jitterMs: 20, lossRate: 0.01 }), 9);
    const player = await joinPlayer(game, { url: server.url, bots: 2, network }, 3);
    const witness = await joinPlayer(game, { url: server.url, roomId: player.session.room.roomId }, 4);
    const players = [player, witness];
    const { match, hashes } = refereeOf(player);
    await playTicks(players, 20);
    const { client } = player.session;
    const { seat } = client;
    expect(client.roundTripMs, "both ways").toBeGreaterThanOrEqual(2 * network.conditions.up.delayMs);
    expect(witness.session.client.roundTripMs).toBeLessThan(client.roundTripMs);

    network.change(bothWays({ delayMs: 10 }));
    const { roundTripMs } = client;
    await until("it is better", () => client.roundTripMs < roundTripMs / 2);

    const news: boolean[] = [];
    const early: boolean[] = [];
    player.session.on("online", (isOnline) => {
      news.push(isOnline);
      early.push(isOnline && network.isCut);
    });
    network.cut(1200);
    expect([network.isCut, player.session.isOnline]).toEqual([true, false]);
    await until("the seat is held", () => match.seats.isAway(seat!));
    await until("it is back", () => player.session.isOnline);
    expect([news, early], "not before the cut was over").toEqual([
      [false, true],
      [false, false],
    ]);
    await playTicks(players, 20);
    expect([client.seat, client.stats.snapshots, match.seats.isAway(seat!)]).toEqual([seat, 1, false]);
    expect(witness.session.client.stats.stalledMs, "the other one plays on").toBe(0);
    expectEqualHashes(players, hashes, 30);
    await Promise.all(players.map((each) => each.stop()));
  });
});

it("chat and patches of a session on a simulated network are as late as its frames would be", {
  timeout: 30_000,
}, async () => {
  const delayMs = 200;
  const network = new SimulatedNetwork(bothWays({ delayMs }), 2);
  const late = await joinPlayer(game, { url: server.url, newRoom: true, plane: "stream", network }, 5);
  const witness = await joinPlayer(game, { url: server.url, roomId: late.session.room.roomId }, 6);
  const { match } = refereeOf(late);
  await until("it is shown a world", () => late.session.picture(performance.now()) !== undefined);
  const behind = match.world.tick - late.session.picture(performance.now())!.tick;
  expect(behind, "ticks that the patches are behind").toBeGreaterThanOrEqual(
    Math.floor((delayMs * game.tickRate) / 1000),
  );

  const said = performance.now();
  late.session.chat.say("hello");
  await until("the witness has it", () => witness.session.chat.lines.length > 0);
  expect(performance.now() - said, "on its way up").toBeGreaterThanOrEqual(delayMs);
  await until("its own line is back", () => late.session.chat.lines.length > 0);
  expect(performance.now() - said, "and down").toBeGreaterThanOrEqual(2 * delayMs);
  await Promise.all([late.stop(), witness.stop()]);
});
