/** The desk where commands are given: a promise for each, kept once, and at once where none can be given. */
import { expect, it } from "vitest";
import { CommandDesk } from "../../../client/match/command-desk.ts";
import type { Settled } from "../../../shared/engine/lockstep/own-commands.ts";

function open() {
  const settled: Settled[] = [];
  const underWay = new Set<number>();
  let given = 0;
  const place = { isOnline: true, seat: 1 as number | undefined };
  const client = {
    give(name: string) {
      if (name === "wrong") throw new TypeError("there is no such command");
      underWay.add(++given);
      return given;
    },
    commands: {
      takeSettled: () => settled.splice(0),
      lose() {
        for (const number of underWay)
          settled.push({ number, outcome: { isApplied: false, code: "command/lost", reason: "lost" } });
        underWay.clear();
      },
    },
  };
  const settle = (number: number): void => {
    underWay.delete(number);
    settled.push({ number, outcome: { isApplied: true, tick: number * 10 } });
  };
  return { desk: new CommandDesk(client as never, place), place, settle };
}

it("each gets its own outcome, in whatever order they come", async () => {
  const { desk, settle } = open();
  const outcomes = [desk.give("a"), desk.give("b")];
  settle(2);
  settle(1);
  desk.tell();
  expect(await Promise.all(outcomes)).toEqual([
    { isApplied: true, tick: 10 },
    { isApplied: true, tick: 20 },
  ]);
});

it("nothing is given without a connection, without a seat, or when the match is over", async () => {
  const { desk, place } = open();
  place.isOnline = false;
  expect(await desk.give("a")).toMatchObject({ code: "command/away" });
  place.isOnline = true;
  place.seat = undefined;
  expect(await desk.give("a")).toMatchObject({ code: "command/no-seat" });
  place.seat = 1;
  const underWay = desk.give("a");
  desk.close();
  expect(await underWay).toMatchObject({ code: "command/lost" });
  expect(await desk.give("a")).toMatchObject({ code: "command/away" });
});

it("a mistake of the caller is thrown at once", () => {
  expect(() => open().desk.give("wrong")).toThrow("no such command");
});
