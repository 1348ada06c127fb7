/** The server bench still runs: flags are checked, and a small load of each kind of contender is played and measured. */
import { describe, expect, it } from "vitest";
import type { Contender, Load } from "../../../bench/server/loads/contender.ts";
import { measure } from "../../../bench/server/measure.ts";
import { readOptions } from "../../../bench/server/options.ts";
import { TYPESCRIPT } from "../../../kit/typescript.ts";

describe("flags", () => {
  it("have defaults that are the load of the comparison", () => {
    const options = readOptions([]);
    expect(options).toMatchObject({
      section: "compare",
      repetitions: 3,
      load: { rooms: 125, perRoom: 8, tickRate: 20 },
    });
    expect(readOptions(["--help"])).toBe("help");
  });

  it.each([
    [["--rooms", "many"], "--rooms must be a number above 0"],
    [["sideways"], 'There is no section "sideways"'],
    [["--only", "ws relay; photon"], 'There is no contender "photon"'],
    [["--loud"], "--loud"],
  ])("%j are refused with a sentence", (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});

describe("a small load", () => {
  const load: Load = { rooms: 2, perRoom: 2, tickRate: 20, entities: 10, inputEvery: 1, warmSeconds: 1, seconds: 1 };

  const contenders: Contender[] = ["phalanx arena", "ws relay", "colyseus broadcast", "phalanx empty, talkative"];

  it.each<Contender>(process.env.CI ? contenders : contenders.slice(0, 1))(
    "is played and measured: %s",
    async (contender) => {
      const measured = await measure(contender, load, { loader: TYPESCRIPT });
      expect(measured.clients).toBe(4);
      const { tickRate, saidPerSecond, bytesDownPerSecond, microsPerClientTick, inputToFrame } = measured;
      for (const figure of [tickRate, saidPerSecond, bytesDownPerSecond, microsPerClientTick])
        expect(figure).toBeGreaterThan(0);
      expect(bytesDownPerSecond / tickRate, "a frame has some bytes").toBeGreaterThan(4);
      expect(inputToFrame!.p50, "inputs are found in frames").toBeGreaterThan(0);
    },
  );

  it("of patches has no latency: no input can be found again in them", async () => {
    const measured = await measure("colyseus patches", load, { loader: TYPESCRIPT });
    expect(measured.saidPerSecond).toBeGreaterThan(0);
    expect(measured.interArrival!.p50).toBeGreaterThan(0);
    expect(measured.inputToFrame).toBeNull();
  });

  it("is measured again, each time from zero, until it is enough or has been measured so often", async () => {
    const framesOf = async (measurements: number, enough: number): Promise<number[]> => {
      const rates: number[] = [];
      await measure("net relay", load, {
        loader: TYPESCRIPT,
        measurements,
        isEnough: ({ tickRate }) => rates.push(tickRate) === enough,
      });
      return rates;
    };
    const [until, atMost] = [await framesOf(3, 2), await framesOf(2, 9)];
    expect([until.length, atMost.length], "the last one is not asked for").toEqual([2, 1]);
    const [first, second] = until as [number, number];
    expect(second / first, "with the ticks of the first there would be twice as many").toBeLessThan(1.6);
  });
});
