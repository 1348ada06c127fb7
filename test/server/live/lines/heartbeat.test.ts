/**
 * Heartbeats both ways: a dead peer, network or server is found, a slow one that lives is not cut. After how long is in
 * `test/server/socket/connections.test.ts`, whose clock stands still when the machine does.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { arena } from "../../../../shared/games/arena/arena.ts";
import { bothWays } from "../../../../shared/netsim/conditions.ts";
import { TcpProxy } from "../../../kit/lines/tcp-proxy.ts";
import { joinPlayer, type SocketPlayer } from "../../../kit/players/socket-player.ts";
import { Helper } from "../../../kit/servers/calls.ts";
import type { PlayerCalls } from "../../../kit/servers/player-process.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import type { ServerCalls } from "../../../kit/servers/server-process.ts";
import { until } from "../../../kit/until.ts";

const FOUND_MS = 30_000;
/** One way; Colyseus's own heartbeats would cut whoever answers a ping after eight seconds. */
const SLOW_MS = 4000;

let server: RealServer;
let elsewhere: Helper<ServerCalls>;
let stopped: Helper<PlayerCalls>;
beforeAll(async () => {
  server = await startServer({ games: [arena] });
  elsewhere = new Helper("server-process.ts");
  stopped = new Helper("player-process.ts");
});
afterAll(async () => {
  await Promise.all([elsewhere, stopped].map((helper) => helper.end()));
  await server.stop();
});

/** Milliseconds until it is so. */
async function msUntil(what: string, isTrue: () => boolean, mostMs: number): Promise<number> {
  const since = performance.now();
  await until(what, isTrue, mostMs);
  return Math.round(performance.now() - since);
}

const plays = ({ session }: SocketPlayer) => session.client.confirmedTick > 10 && session.client.roundTripMs > 0;

it.concurrent("a stopped process and a dark network are found, on both sides, and held; a slow one plays on; the server knows the round trips", {
  timeout: 90_000,
}, async () => {
  const [dark, slow] = await Promise.all([
    TcpProxy.listen({ port: server.port }),
    TcpProxy.listen({ port: server.port }),
  ]);
  const first = await joinPlayer(arena, { url: dark.url, newRoom: true }, 1);
  const { roomId } = first.session.room;
  const second = await joinPlayer(arena, { url: slow.url, roomId }, 2);
  await stopped.call("join", { url: server.url, roomId, seed: 3 });
  const { match } = server.room(roomId);
  await until("they play", () => plays(first) && plays(second) && match.seats.held() === 3);
  const seatIn = async (): Promise<number> => (await stopped.call("stand", undefined)).seat ?? seatIn();
  const [seat, slowSeat, stoppedSeat] = [first.session.seat!, second.session.seat!, await seatIn()];

  const { tick } = match.world;
  const drops: boolean[] = [];
  second.session.on("online", (isOnline) => drops.push(isOnline));
  const heldAt: number[] = [];
  const noted = (isFound: boolean): boolean => {
    if (isFound) heldAt.push(match.world.tick);
    return isFound;
  };
  dark.darken(true);
  slow.change(bothWays({ delayMs: SLOW_MS }));
  stopped.process.kill("SIGSTOP");
  const found = await Promise.all([
    msUntil("the server holds the seat of the dark one", () => noted(match.seats.isAway(seat)), FOUND_MS),
    msUntil("the dark one knows", () => noted(!first.session.isOnline), FOUND_MS),
    msUntil("the server holds the seat of the stopped one", () => noted(match.seats.isAway(stoppedSeat)), FOUND_MS),
  ]);
  process.stdout.write(`found dead after ${found.join(", ")} ms (dark: server, client; stopped: server)\n`);
  expect(Math.min(...heldAt) - tick, "but not at once: ticks that went by").toBeGreaterThan(3 * arena.tickRate);
  expect(server.app.registry.tally().counts.get("phalanx_drops_total")).toBe(2);

  dark.darken(false);
  stopped.process.kill("SIGCONT");
  await until("both are back", () => [seat, stoppedSeat].every((each) => !match.seats.isAway(each)));
  expect([first.session.seat, await seatIn()]).toEqual([seat, stoppedSeat]);
  const row = () => server.app.registry.room(roomId)!.seatRows()[slowSeat]!;
  await until("the server knows how slow it is", () => row().roundTripMs! > 2 * SLOW_MS - 100, 2 * SLOW_MS + 5000);
  expect([drops, match.seats.isAway(slowSeat)], "nobody cut it").toEqual([[], false]);
  const quick = () => server.app.registry.room(roomId)!.seatRows()[stoppedSeat]!.roundTripMs;
  await until("the one that is back has been pinged again", () => quick() !== undefined);
  expect(quick()).toBeLessThan(row().roundTripMs!);
  // The slow one's farewell would take as long as everything else.
  void second.stop();
  await first.stop();
  await Promise.all([dark.close(), slow.close()]);
});

it.concurrent("a client finds that its server stands still, tries again, and is back in its seat when it goes on", {
  timeout: 60_000,
}, async () => {
  const url = await elsewhere.call("url", undefined);
  const player = await joinPlayer(arena, { url, newRoom: true }, 4);
  await until("it plays", () => plays(player));
  const { seat } = player.session;
  elsewhere.process.kill("SIGSTOP");
  const ms = await msUntil("it is told", () => !player.session.isOnline, FOUND_MS);
  process.stdout.write(`a server that stands still is found after ${ms} ms\n`);
  elsewhere.process.kill("SIGCONT");
  await until("it is back", () => player.session.isOnline);
  const { confirmedTick } = player.session.client;
  await until("it plays on", () => player.session.client.confirmedTick > confirmedTick + 10);
  expect(player.session.seat).toBe(seat);
  expect(player.session.client.stats.hashMismatches).toBe(0);
  await player.stop();
});
