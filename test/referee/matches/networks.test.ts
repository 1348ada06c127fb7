/** A match in memory over networks that lose, starve, change and break: every world is the referee's all the same. */
import { expect, it } from "vitest";
import { busy, expectOneWorld, walkTable } from "../../kit/walk.ts";

it("over a lossy, narrow network the worlds are one", () => {
  const network = { delayMs: 60, jitterMs: 40, lossRate: 0.05, bytesPerSecond: 2000 };
  const table = walkTable({ script: busy, network });
  const players = [table.add(), table.add(), table.add()];
  table.runTo(600);
  for (const { client } of players) expect(client.stats.rollbacks).toBeGreaterThan(50);
  expectOneWorld(table);
});

it("one player's network gets worse in the middle of the match, and better again, without the other noticing", () => {
  const table = walkTable({ script: busy, network: { delayMs: 20 } });
  const [me, other] = [table.add(), table.add()];
  // How far ahead of the server's present its inputs are made: by prediction, and by delay.
  const lead = (): number[] =>
    [me, other].map(({ client }) => client.predictedTick - client.confirmedTick + client.inputDelay);
  table.runTo(200);
  const before = lead();
  me.changeNetwork({ delayMs: 320, jitterMs: 10 });
  table.runTo(500);
  expect(lead()[0]).toBeGreaterThanOrEqual(before[0]! + 10);
  expect(me.client.inputDelay).toBeGreaterThan(0);
  expect(lead()[1]).toBeLessThanOrEqual(before[1]! + 1);
  me.changeNetwork({ delayMs: 20 });
  table.runTo(1500);
  expect(lead()[0]).toBeLessThanOrEqual(before[0]! + 1);
  expect(other.client.stats.stalledMs).toBe(0);
  expectOneWorld(table);
});

it("one direction can be changed alone", () => {
  const table = walkTable({ script: busy, network: { delayMs: 20 } });
  const me = table.add();
  table.runTo(100);
  me.down.change({ delayMs: 220 });
  table.runTo(400);
  expect(me.client.roundTripMs).toBeGreaterThan(235);
  expect(me.client.roundTripMs).toBeLessThan(260);
  expectOneWorld(table);
});

it("a player who is cut for three seconds is back in the same seat with the frames since, and nobody leaves", () => {
  const table = walkTable({ script: busy, network: { delayMs: 40, jitterMs: 20 } });
  const [me, other] = [table.add(), table.add()];
  table.runTo(100);
  const { seat } = me.client;
  const heard: number[] = [];
  const hear = table.hear.bind(table);
  table.hear = (player, ...message) => {
    if (player === me) heard.push(table.now);
    hear(player, ...message);
  };
  const backAt = table.now + 3000;
  table.cut(me, 3000);
  expect(table.match.seats.isAway(seat!)).toBe(true);
  const tick = me.client.confirmedTick;
  table.runTo(155);
  expect(me.client.confirmedTick, "nothing gets through").toBe(tick);
  expect(me.client.stalledMs).toBeGreaterThan(0);
  expect(other.client.stats.stalledMs).toBe(0);
  table.runTo(200);
  expect(table.match.seats.isAway(seat!)).toBe(false);
  expect([me.client.seat, me.client.stats.snapshots]).toEqual([seat, 1]);
  expect(table.match.world.seats.isHeld(seat!)).toBe(true);
  expect(heard[0], "what was wanted meanwhile went nowhere").toBeGreaterThanOrEqual(backAt + 40);
  expectOneWorld(table);
});
