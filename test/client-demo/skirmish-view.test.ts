/** Skirmish's view in numbers: the lens keeps what is under the finger, motion never jumps, a box takes fighters first. */
import { expect, test } from "vitest";
import { blocksOf } from "../../client-demo/views/skirmish/ground.ts";
import { Lens } from "../../client-demo/views/skirmish/lens.ts";
import { countsOf, namesOf } from "../../client-demo/views/skirmish/muster.ts";
import { Selection, unitAt, unitsIn } from "../../client-demo/views/skirmish/selection.ts";
import { UnitMotion } from "../../client-demo/views/skirmish/unit-motion.ts";
import type { Moment, Screen } from "../../client-demo/views/view.ts";
import { Kind } from "../../shared/games/skirmish/kinds.ts";
import { CELL, COLUMNS, cellOf, ROCKS, ROWS } from "../../shared/games/skirmish/map.ts";
import { Order, type State, type Unit } from "../../shared/games/skirmish/schema.ts";
import { newUnit } from "../../shared/games/skirmish/units.ts";

const screen = (width: number, height: number): Screen => ({
  ...{ width, height, isCalm: false },
  insets: { top: 56, right: 0, bottom: 100, left: 0 },
});

const unit = (kind: number, column: number, row: number, owner = 0): Unit => ({
  ...newUnit(),
  ...{ kind, owner, health: 10, x: column * CELL, y: row * CELL },
});

const world = (...units: Unit[]): State => ({ units }) as State;
const at = (tick: number, alpha: number, elapsed = 16): Moment => ({ tick, alpha, elapsed, now: 0 });

test.each([
  [390, 844],
  [1400, 860],
])("on %i x %i pixels the lens keeps what is under the finger, and never looks past the field", (width, height) => {
  const lens = new Lens();
  lens.fit(screen(width, height));
  lens.lookAt({ x: 40, y: 30 });
  const finger = { x: width / 3, y: height / 2 };
  const under = lens.toField(finger);
  for (const factor of [1.3, 1.3, 0.8]) {
    lens.zoom(finger, factor);
    expect(lens.toField(finger).x).toBeCloseTo(under.x, 9);
    expect(lens.toScreen(lens.toField(finger)).y).toBeCloseTo(finger.y, 9);
  }
  lens.pan(30, -20);
  expect(lens.toScreen(under).x).toBeCloseTo(finger.x + 30, 6);
  for (const [dx, dy] of [
    [1e5, 1e5],
    [-1e5, -1e5],
  ] as const) {
    lens.pan(dx, dy);
    const { left, top, right, bottom } = lens.window;
    expect(left).toBeGreaterThan(-1e-9);
    expect(top).toBeGreaterThan(-1e-9);
    expect(right).toBeLessThan(COLUMNS + 1e-9);
    expect(bottom).toBeLessThan(ROWS + 1e-9);
  }
  for (let i = 0; i < 40; i++) lens.zoom(finger, 0.7);
  expect(lens.scale).toBeGreaterThanOrEqual(7);
});

test("what was looked at stays in the middle, or the field at its edge, when the page puts more above and below it", () => {
  const lens = new Lens();
  const corner = { x: 12, y: 12 };
  lens.fit({ ...screen(390, 844), insets: { top: 60, right: 0, bottom: 48, left: 0 } });
  lens.lookAt(corner);
  lens.fit({ ...screen(390, 844), insets: { top: 122, right: 0, bottom: 108, left: 0 } });
  expect(lens.toScreen({ x: 0, y: 0 }).y).toBeCloseTo(122, 6);
  lens.fit({ ...screen(390, 400), insets: { top: 122, right: 0, bottom: 108, left: 0 } });
  expect(lens.toScreen(corner).y).toBeCloseTo(122 + (400 - 122 - 108) / 2, 6);
});

test("rocks are drawn as few blocks, which are their cells and no others", () => {
  const drawn = blocksOf(ROCKS).flatMap(([column, row, width, height]) =>
    Array.from({ length: width * height }, (_, i) => cellOf(column + (i % width), row + Math.floor(i / width))),
  );
  expect(drawn.toSorted((a, b) => a - b)).toEqual([...new Set(ROCKS)].toSorted((a, b) => a - b));
  expect(blocksOf(ROCKS).length).toBeLessThan(40);
  // A step: neither a run into the next row, nor a cell twice.
  expect(blocksOf([COLUMNS - 1, COLUMNS, COLUMNS + 1, 2 * COLUMNS])).toEqual([
    [COLUMNS - 1, 0, 1, 1],
    [0, 1, 2, 1],
    [0, 2, 1, 1],
  ]);
});

test("who is there and who is chosen is said in words", () => {
  const resting = { ...unit(Kind.worker, 1, 1), order: Order.rest };
  const state = world(
    resting,
    { ...unit(Kind.worker, 2, 1), order: Order.gather },
    ...[unit(Kind.soldier, 3, 1), unit(Kind.soldier, 4, 1), unit(Kind.archer, 5, 1)],
    ...[unit(Kind.barracks, 9, 9), unit(Kind.barracks, 14, 9), unit(Kind.base, 20, 9), unit(Kind.soldier, 6, 1, 1)],
    newUnit(),
  );
  expect(countsOf(state, 0)).toEqual({ all: 8, fighters: 3, idle: 1 });
  expect(namesOf(state, new Set([2, 3, 4]))).toBe("2 soldiers, 1 archer");
  expect(namesOf(state, new Set([5, 6, 7, 99]))).toBe("1 base, 2 barracks");
  expect(namesOf(state, new Set())).toBe("");
});

test("a unit is drawn between two ticks, and a correction by a rollback is spread over moments", () => {
  const motion = new UnitMotion();
  const [before, after] = [world(unit(Kind.soldier, 10, 5)), world(unit(Kind.soldier, 10.5, 5))];
  motion.place(after, before, at(7, 0.5));
  expect(motion.xs[0]).toBeCloseTo(10.25, 5);
  // The rollback says that it went up instead: it is drawn nearly where it was, and a moment later nearly there.
  const other = world(unit(Kind.soldier, 10, 4.5));
  motion.place(other, before, at(7, 0.5, 0));
  expect([motion.xs[0], motion.ys[0]]).toEqual([expect.closeTo(10.25, 4), expect.closeTo(5, 4)]);
  motion.place(other, before, at(7, 0.5, 500));
  expect([motion.xs[0], motion.ys[0]]).toEqual([expect.closeTo(10, 2), expect.closeTo(4.75, 2)]);
  // Another unit in the same place of the list is there at once.
  motion.place(world(unit(Kind.worker, 60, 40)), other, at(8, 0.5));
  expect([motion.xs[0], motion.ys[0]]).toEqual([60, 40]);
});

test("a box takes the own fighters, else workers, else buildings; a finger the nearest within its reach", () => {
  const motion = new UnitMotion();
  const units = [
    unit(Kind.worker, 10, 10),
    unit(Kind.soldier, 11, 10),
    unit(Kind.base, 15, 10),
    unit(Kind.archer, 12, 10, 1),
    unit(Kind.archer, 12, 11),
    unit(Kind.none, 12, 12),
  ];
  const state = world(...units);
  motion.place(state, state, at(1, 1));
  const box = (left: number, right: number) => unitsIn(state, motion, 0, { left, right, top: 9, bottom: 13 });
  expect(box(9, 16)).toEqual([1, 4]);
  expect(box(9.5, 10.5)).toEqual([0]);
  expect(box(13, 16)).toEqual([2]);
  const own = ({ owner }: { readonly owner: number }): boolean => owner === 0;
  expect(unitAt(state, motion, { x: 12.1, y: 10.2 }, 0.9, own)).toBe(4);
  expect(unitAt(state, motion, { x: 16.2, y: 10 }, 0.1, own)).toBe(2);
  expect(unitAt(state, motion, { x: 30, y: 30 }, 0.9, own)).toBeUndefined();
});

test("the chosen are told in ascending order, and who fell or changed hands is chosen no longer", () => {
  const selection = new Selection();
  const units = [unit(Kind.soldier, 1, 1), unit(Kind.soldier, 2, 1), unit(Kind.soldier, 3, 1, 1), newUnit()];
  selection.choose([3, 2, 1, 0], false);
  selection.prune(world(...units), 0);
  expect(selection.ids(world(...units))).toEqual([0, 1]);
  selection.choose([2], true);
  expect([...selection.chosen]).toContain(0);
  selection.choose([], false);
  expect(selection.ids(world(...units))).toEqual([]);
});
