/** One timer for all rooms: no drift, few wakings, and no room is forgotten, whatever happens while it rings. */
import { describe, expect, it, vi } from "vitest";
import { slotMs, type TickJob } from "../../../server/clock/tick-scheduler.ts";
import { beatingRooms, type Room, START, slotOf } from "../../kit/parts/beating-rooms.ts";

/** An hour; on a laptop ten minutes of it. */
const LONG_MS = process.env.CI ? 3_600_000 : 600_000;

const rooms = beatingRooms();
const { open } = rooms;

describe("one room", () => {
  it.each([10, 20, 30, 60])(
    "at %i ticks a second has not drifted after a long time, and no tick is two ms late",
    (tickRate) => {
      const room = open(tickRate);
      const first = room.timer.nextDue;
      expect(first).toBeGreaterThan(START);
      expect(first).toBeLessThanOrEqual(START + 1000 / tickRate);
      vi.advanceTimersByTime(LONG_MS);
      const passed = START + LONG_MS - first;
      expect(room.closed.length).toBe(Math.floor((passed * tickRate) / 1000) + 1);
      expect(room.timer.nextDue).toBeCloseTo(first + (room.closed.length * 1000) / tickRate, 3);
      expect(Math.max(...room.lateness.slice(0, 100_000))).toBeLessThan(2);
      expect(room.timer.skipped).toBe(0);
      expect(vi.getTimerCount()).toBe(1);
    },
  );

  it("stopped, leaves no timer; another one opened later is woken", () => {
    const room = open(20);
    vi.advanceTimersByTime(1000);
    room.timer.stop();
    expect(vi.getTimerCount()).toBe(0);
    const { length } = room.closed;
    vi.advanceTimersByTime(1000);
    expect(room.closed.length).toBe(length);
    const next = open(20);
    vi.advanceTimersByTime(1000);
    expect(next.closed.length).toBe(20);
  });
});

describe("many rooms", () => {
  it.each([10, 20, 30, 60])("of %i ticks a second are spread evenly over the slots, and woken together", (tickRate) => {
    const slots = Math.round(1000 / tickRate / slotMs(tickRate));
    const all: Room[] = [];
    for (let i = 0; i < slots * 5; i++) {
      all.push(open(tickRate));
      vi.advanceTimersByTime(7);
    }
    const counts = new Array<number>(slots).fill(0);
    for (const room of all) counts[slotOf(room)]!++;
    expect(counts).toEqual(new Array(slots).fill(5));
    rooms.rings = [];
    vi.advanceTimersByTime(10_000);
    expect(rooms.rings.length, "wakings in ten seconds").toBeLessThanOrEqual(slots * tickRate * 10 + 1);
    for (const { closed, timer } of all) {
      expect(closed.length).toBeGreaterThanOrEqual(tickRate * 10);
      expect(timer.skipped).toBe(0);
    }
  });

  it("of different rates keep each its own, at no more wakings than the slots of all", () => {
    const all = [10, 20, 30, 60, 20, 10, 60, 30].map((tickRate) => open(tickRate));
    vi.advanceTimersByTime(60_000);
    for (const { timer, closed } of all)
      expect(Math.abs(closed.length - timer.tickRate * 60), `at ${timer.tickRate}`).toBeLessThanOrEqual(1);
    expect(vi.getTimerCount()).toBe(1);
  });

  it("a slot that rooms have left is filled first", () => {
    const all = Array.from({ length: 30 }, () => open(20));
    const left = slotOf(all[4]!);
    for (const room of all.filter((one) => slotOf(one) === left)) room.timer.stop();
    vi.advanceTimersByTime(333);
    expect([open(20), open(20), open(20)].map(slotOf)).toEqual([left, left, left]);
  });

  it("opened and stopped while it rings: who is there is woken, who is gone is not", () => {
    const opened: Room[] = [];
    const victims = Array.from({ length: 20 }, () => open(20));
    let rounds = 0;
    const actor = open(
      20,
      () => true,
      () => {
        rounds++;
        if (rounds === 5) for (const { timer } of victims) timer.stop();
        if (rounds === 10) for (let i = 0; i < 10; i++) opened.push(open(20));
      },
    );
    const later = Array.from({ length: 20 }, () => open(20));
    vi.advanceTimersByTime(5000);
    expect(actor.closed.length).toBe(100);
    for (const { closed } of victims) expect(closed.length).toBeLessThanOrEqual(5);
    for (const { closed } of later) expect(closed.length).toBeGreaterThanOrEqual(99);
    for (const { closed } of opened) expect(closed.length).toBeGreaterThanOrEqual(89);
  });

  it("the last one that stops itself while it rings, and opens another, leaves that one ticking", () => {
    let next: Room | undefined;
    const only = open(
      20,
      () => true,
      (room) => {
        room.timer.stop();
        next ??= open(20);
      },
    );
    vi.advanceTimersByTime(1000);
    expect(only.closed.length).toBe(1);
    expect(only.wakings, "nothing is published of a room that is gone").toBe(0);
    expect(next!.closed.length).toBeGreaterThanOrEqual(18);
    next!.timer.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("one that throws is not woken again, the process hears of it, and the others miss nothing", () => {
    const before = Array.from({ length: 3 }, () => open(20));
    let calls = 0;
    const sick = open(
      20,
      () => true,
      () => {
        calls++;
        throw new Error("sick");
      },
    );
    const after = Array.from({ length: 20 }, () => open(20));
    const heard: unknown[] = [];
    const schedule = vi.spyOn(globalThis, "queueMicrotask").mockImplementation((act) => {
      try {
        act();
      } catch (error) {
        heard.push(error);
      }
    });
    vi.advanceTimersByTime(1000);
    schedule.mockRestore();
    for (const { closed } of [...before, ...after]) expect(closed.length).toBeGreaterThanOrEqual(19);
    expect([calls, sick.closed.length, heard]).toEqual([1, 0, [new Error("sick")]]);
  });

  it("one that is woken at once again and again keeps nobody from the turn", () => {
    const greedy: TickJob & { count: number } = {
      tickRate: 20,
      count: 0,
      get nextDue() {
        return performance.now();
      },
      wake() {
        this.count++;
      },
    };
    rooms.scheduler.add(greedy);
    const room = open(20);
    vi.advanceTimersByTime(1000);
    expect(room.closed.length).toBe(20);
    expect(greedy.count).toBeGreaterThan(500);
    rooms.scheduler.remove(greedy);
  });
});
