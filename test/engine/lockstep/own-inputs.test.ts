/** The local player's inputs: kept for resimulation, sent when they change, and said again while they are held (R3). */
import { beforeEach, describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { schema, t } from "../../../shared/engine/index.ts";
import { OwnInputs } from "../../../shared/engine/lockstep/own-inputs.ts";

const TICK_RATE = 20;
const HEARTBEAT_TICKS = 5;
const CAPACITY = 8;

const codec = inputCodecOf(schema({ dx: t.int8() }, "OwnInput"), "own.input");
let inputs: OwnInputs<{ dx: number }>;
beforeEach(() => {
  inputs = new OwnInputs(codec, TICK_RATE, CAPACITY);
});

/** The ticks of a run at which the input had to be sent. */
const sentOf = (from: number, wanted: readonly number[]): number[] =>
  wanted.map((dx, i) => (inputs.set(from + i, { dx }) ? from + i : -1)).filter((tick) => tick >= 0);

describe("an own input", () => {
  it("travels the first time even if it is neutral, and then at once whenever it changes", () => {
    expect(sentOf(10, [0, 0, 1, 1, 2, 1])).toEqual([10, 12, 14, 15]);
  });

  it("that is held travels every quarter of a second, counted from the last one sent", () => {
    expect(sentOf(10, new Array(12).fill(1))).toEqual([10, 10 + HEARTBEAT_TICKS, 10 + 2 * HEARTBEAT_TICKS]);
    expect(sentOf(22, [2, 2, 2, 2, 2, 2])).toEqual([22, 27]);
  });

  it("travels again after a jump over ticks in which nothing was sampled", () => {
    sentOf(10, [1]);
    expect(sentOf(100, [1, 1])).toEqual([100]);
  });

  it("travels at every tick where a quarter of a second is less than one", () => {
    inputs = new OwnInputs(codec, 1, CAPACITY);
    expect(sentOf(0, [1, 1, 1])).toEqual([0, 1, 2]);
  });

  it("is kept for exactly its tick, as long as there is room for it", () => {
    sentOf(0, [10, 11, 12, 13, 14, 15, 16, 17, 18]);
    expect([0, 1, 8, 9].map((tick) => inputs.get(tick)?.dx)).toEqual([undefined, 11, 18, undefined]);
  });

  it("is kept as a copy", () => {
    const input = { dx: 1 };
    inputs.set(0, input);
    input.dx = 2;
    expect(inputs.get(0)).toEqual({ dx: 1 });
    expect(inputs.set(1, input), "and so is what was sent last").toBe(true);
  });

  it("that does not fit its declaration is refused with the path, and nothing is kept or sent of it", () => {
    sentOf(0, [1]);
    expect(() => inputs.set(1, { dx: 300 })).toThrow(/^own\.input\.dx: 300 /);
    expect(() => inputs.set(1, {} as never)).toThrow(/^own\.input\.dx: is missing/);
    expect(inputs.get(1)).toBeUndefined();
    expect(sentOf(1, [1])).toEqual([]);
  });

  it("of -0 is the 0 that travels", () => {
    inputs.set(0, { dx: -0 });
    expect(Object.is(inputs.get(0)!.dx, 0)).toBe(true);
  });

  it("is forgotten by a reset, after which the next one travels in any case", () => {
    sentOf(0, [1, 1]);
    inputs.reset();
    expect([inputs.get(0), inputs.get(1)]).toEqual([undefined, undefined]);
    expect(sentOf(2, [1, 1])).toEqual([2]);
  });

  it("is looked for in what a frame holds: the first that was not in force yet", () => {
    sentOf(0, [1, 1, 2, 3]);
    const missing = (tick: number, dx: number) => inputs.firstMissing(tick, { dx });
    expect([missing(3, 3), missing(1, 1)], "in force").toEqual([undefined, undefined]);
    expect([missing(3, 2), missing(3, 1), missing(2, 1)], "late").toEqual([3, 2, 2]);
    expect([missing(3, 7), missing(4, 3), missing(20, 3)], "not to be told").toEqual([undefined, undefined, undefined]);
    inputs.reset();
    expect(missing(3, 2)).toBeUndefined();
  });
});
