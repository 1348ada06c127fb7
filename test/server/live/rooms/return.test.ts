/** A cut connection over real sockets: the seat is held, the same player returns to it, and only missed frames travel. */
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { hashesOf } from "../../../kit/after-tick.ts";
import { joinPlayer, type SocketPlayer } from "../../../kit/players/socket-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const game = games[0] as AnyGame;

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games });
});
afterAll(() => server.stop());

/** Cuts a player's connection at the server, as a lost network would. */
function cut(player: SocketPlayer): void {
  const { room } = player.session;
  const client = server.room(room.roomId).clients.find(({ sessionId }) => sessionId === room.sessionId)!;
  (client.ref as unknown as { terminate(): void }).terminate();
}

describe("a player whose connection is cut", () => {
  it("is back in the same seat in step with the server, ten times over, and the others see no leave", async () => {
    const player = await joinPlayer(game, { url: server.url, bots: 3 }, 1);
    const witness = await joinPlayer(game, { url: server.url, roomId: player.session.room.roomId }, 2);
    const { match } = server.room(player.session.room.roomId);
    const hashes = hashesOf(match);
    await until("both play", () => [player, witness].every(({ session }) => session.client.confirmedTick > 5));
    const seat = player.session.client.seat!;
    const news: boolean[] = [];
    player.session.on("online", (isOnline) => news.push(isOnline));
    for (let i = 1; i <= 10; i++) {
      cut(player);
      await until("the seat is held", () => match.seats.isAway(seat) || news.length === 2 * i);
      await until("it is back", () => news.length === 2 * i);
      const tick = match.world.tick + 3;
      await until("it is in step", () => player.session.client.confirmedTick >= tick);
      expect(match.seats.isAway(seat)).toBe(false);
    }
    expect(news).toEqual(Array.from({ length: 20 }, (_, i) => i % 2 === 1));
    expect(player.session.client.seat).toBe(seat);
    expect(match.seats.seatOf(player.session.room.sessionId)).toBe(seat);
    expect(player.session.client.stats.snapshots, "only frames were sent again").toBe(1);
    for (const { hashes: own, session } of [player, witness]) {
      expect(session.client.stats.hashMismatches).toBe(0);
      for (const [tick, hash] of own) if (hashes.has(tick)) expect(hash, `tick ${tick}`).toBe(hashes.get(tick));
    }
    const roster = witness.session.roster();
    expect(roster.get(seat)?.isAway).toBe(false);
    await Promise.all([player.stop(), witness.stop()]);
  });

  it("is shown as away, wants nothing meanwhile, and leaves in a frame when it does not come back", async () => {
    const player = await joinPlayer(game, { url: server.url, bots: 0 }, 3);
    const witness = await joinPlayer(game, { url: server.url, roomId: player.session.room.roomId }, 4);
    const room = server.room(player.session.room.roomId);
    await until("both play", () => [player, witness].every(({ session }) => session.client.confirmedTick > 5));
    const seat = player.session.client.seat!;
    player.session.room.reconnection.enabled = false;
    cut(player);
    await until("the witness sees it", () => witness.session.roster().get(seat)?.isAway === true);
    const { match } = room;
    const tick = match.world.tick;
    await until("some ticks pass", () => match.world.tick > tick + 5);
    expect(match.world.seats.isHeld(seat)).toBe(true);
    expect(match.world.seats.codec.equals(match.world.seats.input(seat), match.world.seats.neutral)).toBe(true);
    // What Colyseus does when the time is up.
    room.onLeave({ sessionId: player.session.room.sessionId } as never);
    await until("the seat is given up", () => !match.world.seats.isHeld(seat));
    await until("the witness sees that too", () => witness.session.roster().get(seat) === undefined);
    await witness.stop();
    await player.stop().catch(() => {});
  });

  it("is played by the game's bot meanwhile if the room was made so", async () => {
    // A room of its own: the one before still holds a seat.
    const watcher = await new ColyseusSDK(server.url).create(game.name, { bots: 0, away: "bot" });
    const player = await joinPlayer(game, { url: server.url, roomId: watcher.roomId }, 5);
    const witness = await joinPlayer(game, { url: server.url, roomId: watcher.roomId }, 6);
    const { match } = server.room(watcher.roomId);
    await until("both play", () => [player, witness].every(({ session }) => session.client.confirmedTick > 5));
    const seat = player.session.client.seat!;
    player.session.room.reconnection.enabled = false;
    cut(player);
    await until("the seat is held", () => match.seats.isAway(seat));
    const { seats } = match.world;
    await until("somebody plays it", () => !seats.codec.equals(seats.input(seat), seats.neutral));
    await Promise.all([witness.stop(), watcher.leave()]);
    await player.stop().catch(() => {});
  });
});

it("a stock SDK client returns by itself too, and streams on", async () => {
  const stock = await new ColyseusSDK(server.url).joinOrCreate("tag", { bots: 2 });
  stock.reconnection.minUptime = 0;
  const room = server.room(stock.roomId);
  const tickOf = () => (stock.state as { tick: number }).tick;
  await until("it streams", () => tickOf() > 5);
  const seat = room.match.seats.seatOf(stock.sessionId);
  let returned = 0;
  stock.onReconnect(() => returned++);
  (room.clients[0]!.ref as unknown as { terminate(): void }).terminate();
  await until("it is back", () => returned === 1);
  const tick = room.match.world.tick;
  await until("it streams on", () => tickOf() > tick + 5);
  expect(room.match.seats.seatOf(stock.sessionId)).toBe(seat);
  await stock.leave();
});

it("a forged reconnection token opens nothing; the seat and the others are untouched", async () => {
  const player = await joinPlayer(game, { url: server.url, newRoom: true, bots: 3 }, 1);
  const { room } = player.session;
  const { match } = server.room(room.roomId);
  await until("it plays", () => player.session.client.confirmedTick > 5);
  const seat = player.session.seat!;
  const elsewhere = await joinPlayer(game, { url: server.url, newRoom: true }, 2);
  const ofAnother = elsewhere.session.room.reconnectionToken.split(":")[1];
  let returned = 0;
  player.session.on("online", (isOnline) => {
    if (isOnline) returned++;
  });
  cut(player);
  await until("it is back", () => returned === 1);
  const tries = ["forged", "__proto__", ofAnother].map((token) => `${room.roomId}:${token}`).concat("nowhere:token");
  for (const token of tries) {
    const outcome = await new ColyseusSDK(server.url).reconnect(token).then(
      () => "let in",
      (error: Error) => error.message,
    );
    expect(outcome, token).toMatch(/invalid or expired|disposed|not found/);
  }
  const tick = match.world.tick;
  await until("it plays on", () => player.session.client.confirmedTick > tick + 10);
  expect([player.session.seat, match.seats.held("player"), returned]).toEqual([seat, 1, 1]);
  await Promise.all([player.stop(), elsewhere.stop()]);
});

it("a player who comes back with a new page has the same seat again", async () => {
  const before = await joinPlayer(game, { url: server.url, newRoom: true, name: "Ada" }, 1);
  const witness = await joinPlayer(game, { url: server.url, roomId: before.session.room.roomId }, 2);
  await until("both play", () => [before, witness].every(({ session }) => session.client.confirmedTick > 5));
  const { roomId, reconnectionToken } = before.session.room;
  const seat = before.session.seat!;
  const { match } = server.room(roomId);
  before.session.room.reconnection.enabled = false;
  cut(before);
  await until("the seat is held", () => match.seats.isAway(seat));
  const after = await joinPlayer(game, { url: server.url, roomId, returnToken: reconnectionToken }, 3);
  await until(
    "it plays on",
    () => after.session.client.confirmedTick > match.world.tick - 5 && after.session.client.isSynced,
  );
  expect([after.session.seat, match.seats.held("player"), match.seats.isAway(seat)]).toEqual([seat, 2, false]);
  await Promise.all([after.stop(), witness.stop()]);
  await before.stop().catch(() => {});
});
