/** The results of `npm run bench:server -- pairs`, without servers. */
import { expect, it } from "vitest";
import { LOAD, measuredWith } from "./kit/any-measured.ts";
import type { Contender, Load } from "./loads/contender.ts";
import { readOptions } from "./options.ts";
import { measurePairs } from "./pairs.ts";

it("gives ours a multiple of the rooms, in turns, and says who held them", async () => {
  const tried: string[] = [];
  let text = "";
  const tryToHold = async (contender: Contender, { rooms }: Load) => {
    tried.push(`${contender} ${rooms}`);
    const isFirst = tried.length <= 2;
    if (contender === "colyseus broadcast") return measuredWith({ serverLoad: 0.8, tickRate: isFirst ? 19.1 : 18.9 });
    return measuredWith({ clients: 1504, serverLoad: isFirst ? 0.72 : 0.88, inputToFrame: null });
  };
  const { pairs } = await measurePairs({ load: LOAD, repetitions: 2, times: 1.5 }, tryToHold, (more) => {
    text += more;
  });
  const [floor, ours] = ["colyseus broadcast 125", "phalanx arena 188"];
  expect(tried).toEqual([floor, ours, floor, ours]);
  expect(pairs.map((pair) => [pair.floor.failure, pair.ours.failure])).toEqual([
    [undefined, "no input in a frame"],
    ["18.90 ticks a second", "no input in a frame"],
  ]);
  const lines = text.split("\n").map((line) => line.split(/ {2,}/));
  expect(lines[1]).toEqual(["colyseus broadcast", "1000", "held", "19.10", "55.0", "50.0", "0.80"]);
  expect(lines[4]).toEqual(["phalanx arena", "1504", "no input in a frame", "20.00", "55.0", "-", "0.88"]);
  expect(lines[5]).toEqual(["of 2 pairs the floor held 1, ours 0; ours needed 1.00 x the floor's (0.90 - 1.10)"]);
});

it("takes from the flags how many times the rooms ours is given", () => {
  expect(readOptions(["pairs"])).toMatchObject({ section: "pairs", times: 1.5 });
  expect(readOptions(["pairs", "--times", "2"])).toMatchObject({ times: 2 });
  expect(() => readOptions(["pairs", "--times", "many"])).toThrow("--times must be a number above 0");
});
