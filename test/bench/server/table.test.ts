/** The table of `npm run bench:server`: medians and ranges of repetitions, ratios of the same repetition, "-" for nothing. */
import { describe, expect, it } from "vitest";
import { spreadOf } from "../row.ts";
import { compareInTurns } from "./compare.ts";
import { LOAD, measuredWith } from "./kit/any-measured.ts";
import type { Contender } from "./loads/contender.ts";
import { micros, percentiles } from "./percentiles.ts";
import { tableOf } from "./table.ts";

const micro = (...values: readonly number[]) =>
  values.map((microsPerClientTick) => measuredWith({ microsPerClientTick }));

/** The cells of the row of a contender, by the titles of their columns. */
function rowOf(contender: Contender, ...args: Parameters<typeof tableOf>): Record<string, string> {
  const lines = tableOf(...args).split("\n");
  const header = lines.find((line) => line.includes("us/client-tick"))!;
  const starts = [...header.matchAll(/(?<= {2}|^)\S+( \S+)*/g)].map(({ index, 0: title }) => ({ index, title }));
  const line = lines.find((one) => one.startsWith(contender))!;
  return Object.fromEntries(
    starts.map(({ index, title }, i) => [title, line.slice(index, starts[i + 1]?.index).trim()]),
  );
}

describe("a spread", () => {
  it.each([
    [[3], { median: 3, min: 3, max: 3 }],
    [[9, 1, 5], { median: 5, min: 1, max: 9 }],
    [[10, 9, 1, 2], { median: 5.5, min: 1, max: 10 }],
  ])("of %j is %j", (values, spread) => expect(spreadOf(values)).toEqual(spread));

  it("of nothing is an error", () => expect(() => spreadOf([])).toThrow("nothing was measured"));
});

describe("percentiles", () => {
  it("are milliseconds", () => {
    const histogram = micros();
    for (let i = 1; i <= 1000; i++) histogram.recordValue(i * 100);
    const found = percentiles(histogram)!;
    for (const [is, wanted] of [
      [found.p50, 50],
      [found.p99, 99],
      [found.max, 100],
    ] as const)
      expect(Math.abs(is / wanted - 1)).toBeLessThan(0.002);
  });

  it("of nothing are null, and so they travel between processes", () => {
    expect(percentiles(micros())).toBeNull();
  });
});

describe("the table", () => {
  it("has medians with their range, and ratios of the same repetition", () => {
    const measured = new Map<Contender, ReturnType<typeof micro>>([
      ["ws relay", micro(20, 40, 30)],
      ["colyseus broadcast", micro(40, 40, 60)],
      ["phalanx arena", micro(10, 40, 60)],
    ]);
    expect(rowOf("phalanx arena", measured, LOAD)).toMatchObject({
      "us/client-tick": "40.0 (10.0 - 60.0)",
      // 0.5, 1 and 2; the ratio of the medians would be 1.33.
      "x ws relay": "1.00 (0.50 - 2.00)",
      "x colyseus broadcast": "1.00 (0.25 - 1.00)",
      "input p99 ms": "50.0 (50.0 - 50.0)",
      "RSS MB": "150 (150 - 150)",
    });
    expect(rowOf("ws relay", measured, LOAD)).toMatchObject({ "x ws relay": "1.00 (1.00 - 1.00)" });
  });

  it("has every column with what it says", () => {
    const one = measuredWith({
      ...{ microsPerClientTick: 1, serverLoad: 2, tickRate: 3, saidPerSecond: 4, bytesDownPerSecond: 5 },
      ...{ bytesUpPerSecond: 6, rssBytes: 7e6, generatorLoad: 8 },
      interArrival: { p50: 0.1, p99: 0.2, max: 99 },
      inputToFrame: { p50: 0.3, p99: 0.4, max: 99 },
    });
    const row = rowOf("ws relay", new Map([["ws relay", [one]]]), LOAD);
    expect(Object.fromEntries(Object.entries(row).map(([title, cell]) => [title, cell.split(" ")[0]]))).toMatchObject({
      ...{ "us/client-tick": "1.00", "server core": "2.00", "ticks/s": "3.00", "said/s": "4.00", "B/s down": "5.00" },
      ...{ "B/s up": "6.00", "RSS MB": "7.00", "generator core": "8.00" },
      ...{ "gap p50 ms": "0.10", "gap p99 ms": "0.20", "input p50 ms": "0.30", "input p99 ms": "0.40" },
    });
  });

  it("says nothing where nothing was measured: no latency without echoes, no ratio without its floor", () => {
    const measured = new Map([["colyseus patches" as const, [measuredWith({ inputToFrame: null })]]]);
    const row = rowOf("colyseus patches", measured, LOAD);
    expect(row).toMatchObject({
      "input p50 ms": "-",
      "input p99 ms": "-",
      "x ws relay": "",
      "x colyseus broadcast": "",
    });
    expect(row["gap p99 ms"]).toBe("55.0 (55.0 - 55.0)");
  });

  it("says of each row how its clients speak", () => {
    const measured = new Map(
      (["ws relay", "phalanx arena", "phalanx arena, talkative"] as const).map((name) => [name, micro(1)]),
    );
    const says = (inputEvery: number): (string | undefined)[] =>
      [...measured.keys()].map((name) => rowOf(name, measured, { ...LOAD, inputEvery })["clients speak"]);
    expect(says(1)).toEqual(["after every frame", "as bots do", "after every frame"]);
    expect(says(3)).toEqual(["after every 3 frames", "as bots do", "after every 3 frames"]);
    expect(tableOf(measured, LOAD).split("\n")[0]).toBe("125 rooms x 8 clients at 20 Hz");
  });
});

it("contenders take turns", async () => {
  const order: string[] = [];
  const measured = await compareInTurns(["b", "a"], 3, async (name, repetition) => {
    order.push(`${name}${repetition}`);
    return order.length;
  });
  expect(order).toEqual(["b1", "a1", "b2", "a2", "b3", "a3"]);
  expect([...measured]).toEqual([
    ["b", [1, 3, 5]],
    ["a", [2, 4, 6]],
  ]);
});
