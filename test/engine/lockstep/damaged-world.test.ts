/** A world that was changed from outside may be more than the rules can bear: once it is fetched anew, then it is a fault. */
import { expect, it } from "vitest";
import { busy, expectOneWorld, walkTable } from "../../kit/walk.ts";

function damaged() {
  const table = walkTable({ script: busy, network: { delayMs: 30 } });
  const me = table.add();
  table.add();
  table.runTo(60);
  const damage = (): void => {
    (me.client.confirmed.state as { ticks: number }).ticks = -5;
  };
  return { table, me, damage };
}

it("a client whose rules fail on a damaged world is in step again with a snapshot, in the same seat", () => {
  const { table, me, damage } = damaged();
  const { seat } = me.client;
  damage();
  table.runTo(120);
  expect([me.client.isSynced, me.client.stats.snapshots, me.client.seat]).toEqual([true, 2, seat]);
  table.settle();
  expect(me.client.confirmed.hash()).toBe(table.match.world.hash());
});

it("and whose world is damaged again at once ends with what the rules said", () => {
  const { table, damage } = damaged();
  damage();
  table.runTo(90);
  damage();
  expect(() => table.runTo(120)).toThrow(/walk\.ticks: -4 does not fit/);
});

it("a table without damage never fetches anything", () => {
  const { table, me } = damaged();
  table.runTo(120);
  expectOneWorld(table);
  expect(me.client.stats.snapshots).toBe(1);
});
