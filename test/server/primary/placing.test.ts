/** New rooms go to the worker that has the fewest, those on their way to it counted; what was refused is forgotten. */
import { expect, it } from "vitest";
import { place, RoomCount } from "../../../server/primary/placing.ts";

const worker = (processId: string, isReady = true) => ({ processId, isReady, rooms: new RoomCount() });

it("rooms asked for at once are spread, before any of them has opened", () => {
  const workers = [worker("a"), worker("b"), worker("c")];
  workers[0]!.rooms.told(2);
  expect(Array.from({ length: 7 }, () => place(workers, 0))).toEqual(["b", "c", "b", "c", "a", "b", "c"]);
});

it("one that opens is no longer on its way, and one that was refused is forgotten", () => {
  const workers = [worker("a"), worker("b")];
  expect([place(workers, 0), place(workers, 0), place(workers, 0)]).toEqual(["a", "b", "a"]);
  workers[0]!.rooms.told(2);
  expect(workers.map(({ rooms }) => rooms.expected(0))).toEqual([2, 1]);
  expect(
    workers.map(({ rooms }) => rooms.expected(10_000)),
    "b's was refused",
  ).toEqual([2, 0]);
  workers[0]!.rooms.told(1);
  expect(workers[0]!.rooms.expected(10_000)).toBe(1);
});

it("a worker that is not ready gets none, and without one there is no place", () => {
  expect(place([worker("a", false), worker("b")], 0)).toBe("b");
  expect(place([worker("a", false)], 0)).toBe(undefined);
});
