/** Rooms that do nothing but tick, at one scheduler, in a process whose time the test moves. */
import { afterEach, beforeEach, vi } from "vitest";
import { RoomTicker } from "../../../server/clock/room-ticker.ts";
import { slotMs, TickScheduler } from "../../../server/clock/tick-scheduler.ts";

/** The process's clock has no whole milliseconds, and started some time ago. */
export const START = 1_234_567.891;

export interface Room {
  readonly timer: RoomTicker;
  /** When each tick was closed. */
  readonly closed: number[];
  readonly lateness: number[];
  wakings: number;
}

export interface BeatingRooms {
  scheduler: TickScheduler;
  /** When the timer rang, in milliseconds of the process. */
  rings: number[];
  /** One room more. `isOpen`: whether its ticks can be closed; `act` runs before each. */
  open(tickRate: number, isOpen?: () => boolean, act?: (room: Room) => void): Room;
}

/** For a test file: before each of its tests the time is START, and nothing has a timer. */
export function beatingRooms(): BeatingRooms {
  const realNow = performance.now;
  const rooms: BeatingRooms = { scheduler: new TickScheduler(), rings: [], open };
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: 0 });
    // Not a spy: it would keep a note of each of a million calls.
    performance.now = () => START + Date.now();
    rooms.scheduler = new TickScheduler();
    rooms.rings = [];
  });
  afterEach(() => {
    performance.now = realNow;
    vi.useRealTimers();
  });

  function open(tickRate: number, isOpen: () => boolean = () => true, act: (room: Room) => void = () => {}): Room {
    const made = { closed: [] as number[], lateness: [] as number[], wakings: 0 };
    const timer = new RoomTicker({
      tickRate,
      scheduler: rooms.scheduler,
      tick: {
        close: (latenessMs) => {
          act(room);
          if (!isOpen()) return false;
          made.closed.push(performance.now());
          made.lateness.push(latenessMs);
          return true;
        },
        publishOrFault: () => {
          made.wakings++;
          if (rooms.rings.at(-1) !== performance.now()) rooms.rings.push(performance.now());
        },
      },
    });
    const room: Room = Object.assign(made, { timer });
    return room;
  }
  return rooms;
}

/** Everything stands still for so long, timers too. */
export function standStill(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

/** Which slot of its tick a room is in. */
export const slotOf = ({ timer }: Room): number =>
  Math.round((timer.nextDue % (1000 / timer.tickRate)) / slotMs(timer.tickRate)) %
  Math.round(1000 / timer.tickRate / slotMs(timer.tickRate));

/** How far a time is from the slots of a tick rate; milliseconds. */
export function offSlot(at: number, tickRate: number): number {
  const rest = at % slotMs(tickRate);
  return Math.min(rest, slotMs(tickRate) - rest);
}
