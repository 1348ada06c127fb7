/** A room in memory on a virtual clock, and somebody in it who may come back to a seat. */
import { afterEach, beforeEach, vi } from "vitest";
import { games } from "../../../shared/games/index.ts";
import { RoomInMemory } from "../memory/room-in-memory.ts";

export const game = games[0]!;

let table: RoomInMemory;

/** To be called at the top of a test file: each test has a room of its own. @returns where that is. */
export function withTable(): () => RoomInMemory {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance", "Date"] });
    table = await RoomInMemory.open(game);
  });
  afterEach(async () => {
    const closed = table.close();
    await wait(2000);
    await closed;
    vi.useRealTimers();
  });
  return () => table;
}

export const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** Somebody who has joined, with the ticket. */
export async function sitDown() {
  const { socket, session } = await table.join();
  const seat = table.room.match.seats.seatOf(session)!;
  socket.acknowledge();
  return { socket, session, seat, ticket: socket.ticket! };
}

/** Where the session sits, and whether it is shown as away; nowhere is undefined. */
export const placeOf = (session: string): readonly [number | undefined, boolean] => {
  const { seats } = table.room.match;
  const seat = seats.seatOf(session);
  return [seat, seat !== undefined && seats.isAway(seat)];
};
