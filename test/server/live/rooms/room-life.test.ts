/** The life of rooms: how many there may be, whoever goes is not counted any more, and a room without anybody is gone. */
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { CLOSE_CODES } from "../../../../shared/engine/protocol/close-codes.ts";
import { games } from "../../../../shared/games/index.ts";
import { throwing } from "../../../kit/games/broken-games.ts";
import { joinStock } from "../../../kit/players/stock-chatter.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const MOST_ROOMS = 2;
const TICKS = 10;
const CRASH_TICK = 10;

const STANDSTILL_MS = 300;
/** In the tick before its rules throw they take so long that the next ticks are due together. */
const broken = throwing(CRASH_TICK) as AnyGame;
const failing: AnyGame = {
  ...broken,
  step(state, context) {
    const isLast = context.tick === CRASH_TICK - 1;
    for (const end = performance.now() + STANDSTILL_MS; isLast && performance.now() < end; );
    broken.step(state, context);
  },
};

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games: [...games, failing], env: { ROOMS: String(MOST_ROOMS) } });
});
afterAll(() => server.stop());

it("who only watches is counted while it is there", async () => {
  const player = await joinStock(server.url, undefined, "Ada");
  const seen = (): number => (player.room.state as { spectators: number }).spectators;
  const watchers = [];
  for (let i = 1; i <= 2; i++) {
    watchers.push(await new ColyseusSDK(server.url).joinById(player.room.roomId, { watch: true }));
    await until(`${i} are counted`, () => seen() === i);
  }
  const streamed = (): number => server.app.registry.reports()[0]!.streamClients;
  expect(streamed()).toBe(3);
  await watchers[0]!.leave();
  await until("one is counted", () => seen() === 1);
  await watchers[1]!.leave();
  await until("nobody is counted", () => seen() === 0);
  expect(streamed(), "nor is the world kept for them").toBe(1);
  await player.room.leave();
  await until("the room is gone", () => server.app.registry.count === 0);
});

it("a room that everybody left is gone: it closes no tick more, and what it counted stays counted", async () => {
  const [left, other] = [await joinStock(server.url, undefined, "Bo"), await joinStock(server.url, undefined, "Lin")];
  const { match, meter } = server.room(left.room.roomId);
  const clock = server.room(other.room.roomId).match.world;
  await until("they play", () => match.world.tick > TICKS && clock.tick > TICKS);
  await left.room.leave();
  await until("its room is gone", () => server.app.registry.count === 1);
  const [tick, ticks] = [match.world.tick, meter.ticks];
  const from = clock.tick;
  await until("the other room goes on", () => clock.tick > from + TICKS);
  expect(match.world.tick).toBe(tick);
  await other.room.leave();
  await until("both are gone", () => server.app.registry.count === 0);
  expect(server.app.registry.tally().counts.get("phalanx_ticks_total")).toBeGreaterThanOrEqual(ticks + TICKS);
});

it("the number of rooms is limited, and another one opens when one of them is gone", async () => {
  const all = [];
  for (let i = 0; i < MOST_ROOMS; i++) all.push(await joinStock(server.url, undefined, `${i}`));
  await expect(joinStock(server.url, undefined, "one more")).rejects.toThrow(/as many rooms as it can take/);
  expect(server.app.registry.count).toBe(MOST_ROOMS);
  await all.pop()!.room.leave();
  await until("there is place", () => server.app.registry.count < MOST_ROOMS);
  all.push(await joinStock(server.url, undefined, "one instead"));
  await Promise.all(all.map(({ room }) => room.leave()));
});

it("a room whose rules threw closes no tick more, although some are due by then", async () => {
  const room = await new ColyseusSDK(server.url).create(failing.name);
  const { match } = server.room(room.roomId);
  const close = match.closeTick.bind(match);
  const asked: number[] = [];
  match.closeTick = (now) => {
    asked.push(match.world.tick);
    return close(now);
  };
  const end = await new Promise((resolve) => room.onLeave(resolve));
  expect(end).toBe(CLOSE_CODES["room/crashed"].code);
  await until("the room is gone", () => server.app.registry.room(room.roomId) === undefined);
  expect(asked.slice(-2)).toEqual([CRASH_TICK - 1, CRASH_TICK]);
});
