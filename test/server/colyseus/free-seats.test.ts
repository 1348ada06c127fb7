/**
 * The rooms that matchmaking may send players to: those with a free seat, as soon as there is one, and for any client
 * that comes back.
 */
import type { Room } from "@colyseus/core";
import { describe, expect, it, vi } from "vitest";
import { FreeSeats } from "../../../server/colyseus/free-seats.ts";
import { Visibility } from "../../../server/rooms/visibility.ts";
import { Seats } from "../../../shared/referee/inputs/seats.ts";

const SEATS = 2;

const take = (seats: Seats, id: string): void => {
  expect(seats.take({ kind: "player", id, name: id })).toBeDefined();
};

/** A room as Colyseus has it: what is reserved is noted, until the client has come. */
function room() {
  const seats = new Seats(SEATS);
  const reserved: Record<string, [options: unknown, auth: unknown, isUsed: boolean, isReturn: boolean]> = {};
  const stock = {
    _reservedSeats: reserved,
    seatReservationTimeout: 15,
    async _reserveSeat(id: string, options: unknown, auth: unknown, _seconds?: number, isReturn = false) {
      reserved[id] = [options, auth, false, isReturn];
      return true;
    },
  };
  const reservations = new FreeSeats(stock as unknown as Room, () => seats);
  const ask = (id: string, options: object = {}, isReturn = false): Promise<boolean> =>
    stock._reserveSeat(id, options, undefined, 15, isReturn);
  const come = (id: string): void => {
    reserved[id]![2] = true;
    take(seats, id);
  };
  return { seats, ask, come, reserved, reservations };
}

describe("a reservation", () => {
  it("is to be had while a seat is free that nobody has reserved", async () => {
    const { ask, come, reserved } = room();
    expect([await ask("a"), await ask("b"), await ask("c")]).toEqual([true, true, false]);
    come("a");
    expect(await ask("c"), "who has come is not counted twice, nor forgotten").toBe(false);
    delete reserved.b;
    expect(await ask("c"), "a reservation that nobody came to is gone").toBe(true);
    expect(await ask("d")).toBe(false);
  });

  it("to watch takes no seat, and is to be had in a full room", async () => {
    const { ask } = room();
    for (const id of ["w", "x", "y"]) expect(await ask(id, { watch: true })).toBe(true);
    expect([await ask("a"), await ask("b"), await ask("c")]).toEqual([true, true, false]);
    expect(await ask("z", { watch: true })).toBe(true);
  });

  it("to come back is to be had in a full room, and is no second seat", async () => {
    const { ask, come, seats } = room();
    await ask("a");
    come("a");
    seats.setAway(seats.seatOf("a")!, true);
    expect(await ask("a", {}, true)).toBe(true);
    expect(await ask("b"), "the other seat is free").toBe(true);
    come("b");
    seats.setAway(seats.seatOf("b")!, true);
    expect(await ask("b", {}, true), "no seat is free but the own one").toBe(true);
    expect(await ask("c")).toBe(false);
  });
});

describe("the visibility", () => {
  it("is told of a reservation at once, and of its end after Colyseus has forgotten it", async () => {
    vi.useFakeTimers();
    try {
      const { reservations, ask, reserved } = room();
      const told: boolean[] = [];
      reservations.onChange = () => told.push(reservations.areAllTaken);
      const asked = [ask("a"), ask("b")];
      expect(told, "before anybody waited for anything").toEqual([false, true]);
      await Promise.all(asked);
      delete reserved.b;
      vi.advanceTimersByTime(15_000);
      expect(told.slice(2)).toEqual([false, false]);
    } finally {
      vi.useRealTimers();
    }
  });

  function visibility() {
    const seats = new Seats(SEATS);
    const told: boolean[] = [];
    const setPrivate = async (isPrivate: boolean): Promise<void> => void told.push(isPrivate);
    const owner = { roomId: "room", setPrivate } as unknown as Room;
    return { seats, told, visibility: new Visibility(owner, () => seats.held("player") >= seats.count) };
  }

  it("tells the matchmaker when a room becomes full, and when it has a free seat again, once each", () => {
    const { seats, told, visibility: own } = visibility();
    const when = (act: () => void): readonly boolean[] => {
      act();
      for (let tick = 0; tick < 3; tick++) own.update();
      return told.splice(0);
    };
    expect(when(() => {})).toEqual([]);
    expect(when(() => take(seats, "a"))).toEqual([]);
    expect(when(() => take(seats, "b"))).toEqual([true]);
    expect(
      when(() => seats.setAway(seats.seatOf("a")!, true)),
      "a seat that is held is not free",
    ).toEqual([]);
    expect(when(() => seats.free(seats.seatOf("a")!))).toEqual([false]);
    expect(when(() => take(seats, "c"))).toEqual([true]);
  });

  it("says nothing any more when the room is gone", () => {
    const { seats, told, visibility: own } = visibility();
    take(seats, "a");
    take(seats, "b");
    own.end();
    own.update();
    expect(told).toEqual([]);
  });
});
