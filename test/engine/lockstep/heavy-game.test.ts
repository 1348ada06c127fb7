/** A game whose steps are costly for this device: less is predicted, and inputs are given sooner instead (R8). */
import { describe, expect, it } from "vitest";
import { everySeed } from "../../kit/every-seed.ts";
import { Table } from "../../kit/memory/table.ts";
import type { TablePlayer } from "../../kit/memory/table-player.ts";
import { busy, expectOneWorld, TICK_RATE, walk } from "../../kit/walk.ts";

const FILE = "test/engine/lockstep/heavy-game.test.ts";
const WHOLE = TICK_RATE;
const TICK_MS = 1000 / TICK_RATE;

/** Two players of a game whose step takes as long as `costs.stepMs` says, by a clock that only those steps move. */
function heavyTable(oneWayMs: number, stepMs: number, hasClock = true) {
  const costs = { stepMs };
  let time = 0;
  const game = {
    ...walk,
    step(...args: Parameters<typeof walk.step>) {
      time += costs.stepMs;
      walk.step(...args);
    },
  };
  const table = new Table({
    ...{ game, seed: 1, script: busy, drawMs: 10 },
    network: () => ({ delayMs: oneWayMs, jitterMs: 0 }),
    ...(hasClock ? { clock: () => time } : {}),
  });
  const [me] = [table.add(), table.add()];
  return { table, me, costs };
}

type Player = TablePlayer<never, never>;

/** What is seen of a player in a run of ticks. */
function watch(table: ReturnType<typeof heavyTable>["table"], me: unknown, ticks: number) {
  const { client } = me as Player;
  const { stats } = client;
  const before = { ...stats };
  const seen = { aheads: new Set<number>(), delays: new Set<number>(), windows: new Set<number>(), deepest: 0 };
  const until = table.match.world.tick + ticks;
  for (let tick = table.match.world.tick + 1; tick <= until; tick++) {
    const { rollbacks } = stats;
    table.runTo(tick);
    if (stats.rollbacks > rollbacks) seen.deepest = Math.max(seen.deepest, stats.rollbackDepth);
    seen.aheads.add(client.predictedTick - client.confirmedTick);
    seen.delays.add(client.inputDelay);
    seen.windows.add(stats.predictionWindow);
  }
  const since = { stalledMs: stats.stalledMs - before.stalledMs, lateInputs: stats.lateInputs - before.lateInputs };
  return { ...seen, ...since };
}

describe.each([75, 150])("over a line of %i ms each way", (oneWayMs) => {
  const trip = (2 * oneWayMs) / TICK_MS;

  it("a heavy game is predicted no farther than can be made again; inputs wait, the world does not, and none is late", () => {
    const { table, me } = heavyTable(oneWayMs, 4);
    table.runTo(600);
    const { aheads, delays, windows, deepest, stalledMs, lateInputs } = watch(table, me, 400);
    expect([...windows]).toEqual([3]);
    expect(Math.max(...aheads)).toBeLessThanOrEqual(3);
    expect(deepest * 4, "milliseconds of the deepest rollback").toBeLessThanOrEqual(12);
    expect(delays.size, "the delay stands still").toBe(1);
    const [delay] = delays;
    expect(delay! >= trip - 3 && delay! <= trip, `${delay} ticks`).toBe(true);
    expect([stalledMs, lateInputs]).toEqual([0, 0]);
    expectOneWorld(table as never);
  });

  it("a light game is played as if nothing was measured", () => {
    const [measured, unmeasured] = [heavyTable(oneWayMs, 0.02), heavyTable(oneWayMs, 0.02, false)];
    for (const { table } of [measured, unmeasured]) table.runTo(400);
    const told = ({ me }: typeof measured) => ({ ...me.client.stats, stepMs: 0, delay: me.client.inputDelay });
    expect(told(measured)).toEqual(told(unmeasured));
    expect([measured.me.client.stats.predictionWindow, measured.me.client.inputDelay]).toEqual([WHOLE, 0]);
    expect(measured.me.client.stats.stepMs).toBeCloseTo(0.02, 9);
    expect(unmeasured.me.client.stats.stepMs).toBe(0);
  });
});

it("a game that becomes heavy and light again is predicted less and then as before, by a step at a time", () => {
  const { table, me, costs } = heavyTable(100, 0.1);
  table.runTo(300);
  const { aheads } = watch(table, me, 100);
  costs.stepMs = 3;
  const windows: number[] = [];
  const heavy = { tick: table.match.world.tick };
  for (let i = 1; i <= 40; i++) {
    table.runTo(heavy.tick + i * TICK_RATE);
    windows.push(me.client.stats.predictionWindow);
  }
  expect(windows.at(-1)).toBe(4);
  expect(windows, "down, and never up").toEqual([...windows].sort((a, b) => b - a));
  expect(me.client.inputDelay).toBeGreaterThan(0);
  costs.stepMs = 0.1;
  table.runTo(table.match.world.tick + 60 * TICK_RATE);
  expect([me.client.stats.predictionWindow, me.client.inputDelay]).toEqual([WHOLE, 0]);
  expect(watch(table, me, 100).aheads).toEqual(aheads);
  expectOneWorld(table as never);
});

it("a player's own choice of delay holds where it is more than the window needs, and not where it is less", () => {
  const { table, me } = heavyTable(150, 4);
  table.runTo(600);
  const needed = me.client.inputDelay;
  me.client.inputDelayWish = 0;
  expect(me.client.inputDelay).toBe(needed);
  me.client.inputDelayWish = needed + 2;
  expect(me.client.inputDelay).toBe(needed + 2);
  me.client.inputDelayWish = 0;
  expect(watch(table, me, 200).stalledMs).toBe(0);
});

it("standing still counts as such at the end of a lowered window, as it does at that of a whole one", () => {
  for (const [stepMs, window] of [
    [0.1, WHOLE],
    [2, 6],
  ] as const) {
    const { table, me } = heavyTable(50, stepMs);
    table.runTo(600);
    expect(me.client.stats.predictionWindow).toBe(window);
    const before = me.client.stats.stalledMs;
    const outage = 2000;
    me.down.hold(table.now + outage);
    table.runTo(table.match.world.tick + outage / TICK_MS - 1);
    expect(me.client.predictedTick - me.client.confirmedTick).toBe(window);
    const stalled = me.client.stats.stalledMs - before;
    expect(Math.abs(stalled - (outage - window * TICK_MS)), `${stalled} ms`).toBeLessThan(5 * TICK_MS);
    expectOneWorld(table as never);
  }
});

it("on a line that no delay makes up for, what is left is stood still, and one world comes of it", () => {
  const { table, me } = heavyTable(600, 6);
  table.runTo(800);
  expect([me.client.stats.predictionWindow, me.client.inputDelay]).toEqual([2, TICK_RATE / 2]);
  expect(watch(table, me, 200).stalledMs).toBeGreaterThan(0);
  expectOneWorld(table as never);
});

it("whatever steps cost and the line does, nobody predicts beyond the window, and all have one world (R7, R8)", () => {
  everySeed(
    FILE,
    (random) => {
      const { table, me, costs } = heavyTable(random.int(5, 200), 1);
      let before = WHOLE;
      for (let second = 0; second < 40; second++) {
        costs.stepMs = random.pick([0.05, 0.5, 2, 4, 9]);
        const jitterMs = random.int(0, 120);
        if (random.int(0, 3) === 0)
          for (const player of table.players) player.changeNetwork({ delayMs: random.int(5, 200), jitterMs });
        if (random.int(0, 7) === 0) me.down.hold(table.now + random.int(100, 1500));
        for (let tick = 0; tick < TICK_RATE; tick++) {
          table.runTo(table.match.world.tick + 1);
          const { predictedTick, confirmedTick, stats } = me.client;
          const ahead = predictedTick - confirmedTick;
          // What was predicted before a window sank stays until the confirmed world has come nearer.
          if (ahead > Math.max(before, stats.predictionWindow)) expect.fail(`${ahead} ticks of ${before}`);
          before = Math.max(stats.predictionWindow, Math.min(before, ahead));
        }
      }
      expectOneWorld(table as never);
    },
    { inCi: 60, onLaptop: 10 },
  );
});
