/** One timer for all rooms, when some stand still: ticks that stay open, and a process that was not run for a while. */
import { describe, expect, it, vi } from "vitest";
import { slotMs, TickScheduler } from "../../../server/clock/tick-scheduler.ts";
import { beatingRooms, offSlot, slotOf, standStill } from "../../kit/parts/beating-rooms.ts";

const LONG_PAUSE_MS = 300_000;
const RETRY_MS = 10;

const { open } = beatingRooms();

it("one that is removed while it rings, itself or one before it, keeps nobody from being woken in the same ring", () => {
  const scheduler = new TickScheduler();
  const now = performance.now();
  const woken: number[] = [];
  const beats = Array.from({ length: 6 }, (_, i) => ({
    tickRate: 20,
    nextDue: now + 5,
    wake(): void {
      woken.push(i);
      this.nextDue += 50;
      if (i === 1) scheduler.remove(beats[1]!);
      if (i === 3) scheduler.remove(beats[0]!);
      if (i === 4) scheduler.remove(beats[5]!);
    },
  }));
  for (const beat of beats) scheduler.add(beat);
  const armed = vi.spyOn(globalThis, "setTimeout");
  vi.advanceTimersToNextTimer();
  expect(woken).toEqual([0, 1, 2, 3, 4]);
  expect(armed).toHaveBeenCalledTimes(1);
  armed.mockRestore();
  vi.advanceTimersByTime(60);
  expect(woken.slice(5)).toEqual([2, 3, 4]);
});

describe("what stays open", () => {
  it("is tried again soon, in the slots of its rate, and then goes on as far apart as before", () => {
    let isPaused = false;
    const tries: number[] = [];
    const rooms = Array.from({ length: 10 }, () =>
      open(
        20,
        () => !isPaused,
        () => isPaused && tries.push(performance.now()),
      ),
    );
    vi.advanceTimersByTime(1000);
    isPaused = true;
    vi.advanceTimersByTime(60_000);
    for (const { timer } of rooms) expect(offSlot(timer.nextDue, 20)).toBeLessThan(0.001);
    expect(tries.length / rooms.length / 60, "tries a second and room").toBeGreaterThan(60);
    expect(tries.length / rooms.length / 60).toBeLessThanOrEqual(1000 / RETRY_MS);
    isPaused = false;
    const before = rooms.map(({ closed }) => closed.length);
    vi.advanceTimersByTime(60_000);
    for (const [i, { closed, timer }] of rooms.entries()) {
      expect(Math.abs(closed.length - before[i]! - 1200)).toBeLessThanOrEqual(1);
      expect(offSlot(timer.nextDue, 20)).toBeLessThan(0.001);
      expect(timer.skipped, "a pause is no standstill").toBe(0);
    }
  });

  it.each([10, 30, 60])("at %i ticks a second, after minutes, opens within a slot and the retry", (tickRate) => {
    let isPaused = true;
    const room = open(tickRate, () => !isPaused);
    vi.advanceTimersByTime(LONG_PAUSE_MS);
    const opened = performance.now();
    isPaused = false;
    vi.advanceTimersByTime(1000);
    expect(room.closed[0]! - opened).toBeLessThanOrEqual(RETRY_MS + slotMs(tickRate) + 2);
    expect(offSlot(room.timer.nextDue, tickRate)).toBeLessThan(0.001);
  });
});

describe("a process that stood still", () => {
  it("for less than a second makes up each tick in one waking, all rooms", () => {
    const rooms = [10, 20, 60].map((tickRate) => open(tickRate));
    vi.advanceTimersByTime(1000);
    const before = rooms.map(({ closed, wakings }) => ({ ticks: closed.length, wakings }));
    standStill(900);
    vi.advanceTimersByTime(100);
    for (const [i, { closed, timer }] of rooms.entries()) {
      expect(Math.abs(closed.length - before[i]!.ticks - timer.tickRate), `at ${timer.tickRate}`).toBeLessThanOrEqual(
        1,
      );
      expect(timer.skipped).toBe(0);
    }
    expect(rooms[2]!.wakings - before[2]!.wakings).toBeLessThanOrEqual(8);
  });

  it("for a minute gives the ticks up, and every room keeps its slot", () => {
    const rooms = [10, 20, 30, 60, 20].map((tickRate) => open(tickRate));
    vi.advanceTimersByTime(1000);
    const slots = rooms.map(slotOf);
    const before = rooms.map(({ closed }) => closed.length);
    standStill(60_000);
    vi.advanceTimersByTime(101);
    for (const [i, { closed, timer }] of rooms.entries()) {
      expect(closed.length - before[i]!, "not in one burst").toBeLessThanOrEqual(timer.tickRate / 10 + 2);
      expect(timer.skipped).toBeGreaterThanOrEqual(59 * timer.tickRate);
    }
    expect(rooms.map(slotOf)).toEqual(slots);
    const after = rooms.map(({ closed }) => closed.length);
    vi.advanceTimersByTime(10_000);
    for (const [i, { closed, timer }] of rooms.entries())
      expect(Math.abs(closed.length - after[i]! - timer.tickRate * 10)).toBeLessThanOrEqual(1);
  });
});
