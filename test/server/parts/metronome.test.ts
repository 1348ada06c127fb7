/** One timer for all rooms: no drift, few wakings, and no room is forgotten, whatever happens while it rings. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FrameTimer } from "../../../server/rooms/frame-timer.ts";
import { type Beat, Metronome, slotMs } from "../../../server/rooms/metronome.ts";

const HOUR_MS = 3_600_000;
const LONG_PAUSE_MS = 300_000;
/** The process's clock has no whole milliseconds, and started some time ago. */
const START = 1_234_567.891;
const RETRY_MS = 10;

const realNow = performance.now;
let metronome: Metronome;
/** When the timer rang, in milliseconds of the process. */
let rings: number[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: 0 });
  // Not a spy: it would keep a note of each of a million calls.
  performance.now = () => START + Date.now();
  metronome = new Metronome();
  rings = [];
});
afterEach(() => {
  performance.now = realNow;
  vi.useRealTimers();
});

interface Room {
  readonly timer: FrameTimer;
  /** When each tick was closed. */
  readonly closed: number[];
  readonly lateness: number[];
  wakings: number;
}

function open(tickRate: number, isOpen: () => boolean = () => true, act: (room: Room) => void = () => {}): Room {
  const room: { timer?: FrameTimer; closed: number[]; lateness: number[]; wakings: number } = {
    closed: [],
    lateness: [],
    wakings: 0,
  };
  room.timer = new FrameTimer({
    tickRate,
    metronome,
    onTick: (latenessMs) => {
      act(room as Room);
      if (!isOpen()) return false;
      room.closed.push(performance.now());
      room.lateness.push(latenessMs);
      return true;
    },
    onWake: () => {
      room.wakings++;
      if (rings.at(-1) !== performance.now()) rings.push(performance.now());
    },
  });
  return room as Room;
}

/** Everything stands still for so long, timers too. */
function standStill(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

/** Which slot of its tick a room is in. */
const slotOf = ({ timer }: Room): number =>
  Math.round((timer.nextDue % (1000 / timer.tickRate)) / slotMs(timer.tickRate)) %
  Math.round(1000 / timer.tickRate / slotMs(timer.tickRate));

/** How far a time is from the slots of a tick rate; milliseconds. */
function offSlot(at: number, tickRate: number): number {
  const rest = at % slotMs(tickRate);
  return Math.min(rest, slotMs(tickRate) - rest);
}

describe("one room", () => {
  it.each([10, 20, 30, 60])(
    "at %i ticks a second has not drifted after an hour, and no tick is two ms late",
    (tickRate) => {
      const room = open(tickRate);
      const first = room.timer.nextDue;
      expect(first).toBeGreaterThan(START);
      expect(first).toBeLessThanOrEqual(START + 1000 / tickRate);
      vi.advanceTimersByTime(HOUR_MS);
      const passed = START + HOUR_MS - first;
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
    const rooms: Room[] = [];
    for (let i = 0; i < slots * 5; i++) {
      rooms.push(open(tickRate));
      vi.advanceTimersByTime(7);
    }
    const counts = new Array<number>(slots).fill(0);
    for (const room of rooms) counts[slotOf(room)]!++;
    expect(counts).toEqual(new Array(slots).fill(5));
    rings = [];
    vi.advanceTimersByTime(10_000);
    expect(rings.length, "wakings in ten seconds").toBeLessThanOrEqual(slots * tickRate * 10 + 1);
    for (const { closed, timer } of rooms) {
      expect(closed.length).toBeGreaterThanOrEqual(tickRate * 10);
      expect(timer.skipped).toBe(0);
    }
  });

  it("of different rates keep each its own, at no more wakings than the slots of all", () => {
    const rooms = [10, 20, 30, 60, 20, 10, 60, 30].map((tickRate) => open(tickRate));
    vi.advanceTimersByTime(60_000);
    for (const { timer, closed } of rooms)
      expect(Math.abs(closed.length - timer.tickRate * 60), `at ${timer.tickRate}`).toBeLessThanOrEqual(1);
    expect(vi.getTimerCount()).toBe(1);
  });

  it("a slot that rooms have left is filled first", () => {
    const rooms = Array.from({ length: 30 }, () => open(20));
    const left = slotOf(rooms[4]!);
    for (const room of rooms.filter((one) => slotOf(one) === left)) room.timer.stop();
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
    const greedy: Beat & { count: number } = {
      tickRate: 20,
      count: 0,
      get nextDue() {
        return performance.now();
      },
      wake() {
        this.count++;
      },
    };
    metronome.add(greedy);
    const room = open(20);
    vi.advanceTimersByTime(1000);
    expect(room.closed.length).toBe(20);
    expect(greedy.count).toBeGreaterThan(500);
    metronome.remove(greedy);
  });
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

  it("for a minute gives the ticks up, and everybody keeps the own slot", () => {
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
