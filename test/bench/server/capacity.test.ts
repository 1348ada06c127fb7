/** The capacity that `npm run bench:server -- capacity` finds, with an oracle instead of servers; and what counts as held. */
import { describe, expect, it } from "vitest";
import { capacityTable, failureOf } from "./capacity.ts";
import { LOAD, measuredWith } from "./kit/any-measured.ts";
import { mostHeld, type Tried } from "./most-held.ts";
import { oneByOne } from "./one-by-one.ts";

/** Holds up to so many; what was tried goes to `tried`. */
function oracle(most: number, isUnlucky: (attempt: number) => boolean = () => false) {
  const tried: number[] = [];
  const attempt = async (size: number): Promise<Tried<string>> => {
    tried.push(size);
    const isHeld = size <= most && !isUnlucky(tried.length);
    return { measured: `${size}`, failure: isHeld ? undefined : `${size} is too much` };
  };
  return { tried, attempt };
}

describe("the search", () => {
  it.each([1, 2, 3, 4, 5, 9, 10, 11, 100, 237, 1000])(
    "finds, from below and from above, at most a twentieth less than %i",
    async (most) => {
      for (const first of new Set([1, Math.ceil(most / 2), most, 2 * most])) {
        const { size, last, limit } = await mostHeld(first, oracle(most).attempt);
        expect(size).toBeLessThanOrEqual(most);
        expect(size, `from ${first}`).toBeGreaterThanOrEqual(Math.min(most, Math.floor(most / 1.05)));
        expect(last).toBe(`${size}`);
        expect(Number(limit.split(" ")[0]), "why no more").toBeGreaterThan(most);
      }
    },
  );

  it("goes up by a quarter, and from the last that was held by a twentieth", async () => {
    const { tried, attempt } = oracle(230);
    expect((await mostHeld(100, attempt)).size).toBe(226);
    expect(tried).toEqual([100, 125, 156, 195, 244, 244, 244, 205, 215, 226, 237, 237, 237]);
  });

  it("tries twice more what failed", async () => {
    const { tried, attempt } = oracle(150, (count) => [1, 3, 4].includes(count));
    expect((await mostHeld(100, attempt)).size).toBe(145);
    expect(tried).toEqual([100, 100, 125, 125, 125, 156, 156, 156, 131, 138, 145, 152, 152, 152]);
  });

  it("believes what failed three times, and that finer steps may hold more all the same", async () => {
    const { tried, attempt } = oracle(140, (count) => [2, 3, 4].includes(count));
    expect((await mostHeld(100, attempt)).size).toBe(134);
    expect(tried).toEqual([100, 125, 125, 125, 105, 110, 116, 122, 128, 134, 141, 141, 141]);
  });

  it("goes down by a quarter when not even the first is held", async () => {
    const { tried, attempt } = oracle(70);
    expect((await mostHeld(100, attempt)).size).toBe(70);
    expect(tried).toEqual([100, 100, 100, 80, 80, 80, 64, 67, 70, 74, 74, 74]);
  });

  it("says 0, and why, when not even a quarter of the first is held", async () => {
    const { tried, attempt } = oracle(24);
    expect(await mostHeld(100, attempt)).toEqual({ size: 0, last: undefined, limit: "26 is too much" });
    expect([...new Set(tried)]).toEqual([100, 80, 64, 51, 41, 33, 26]);
    expect((await mostHeld(1, oracle(0).attempt)).size).toBe(0);
  });
});

describe("searches side by side", () => {
  it("take turns, and one that fails does not keep the others from theirs", async () => {
    const said: string[] = [];
    let running = 0;
    const work = oneByOne(async (name: string, turn: number) => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
      said.push(`${name}${turn}`);
      if (name === "b" && turn === 1) throw new Error("b is broken");
    });
    const search = async (name: string): Promise<void> => {
      for (let turn = 0; turn < 3; turn++) await work(name, turn);
    };
    const [a, b] = await Promise.allSettled([search("a"), search("b")]);
    expect([a.status, b.status]).toEqual(["fulfilled", "rejected"]);
    expect(said).toEqual(["a0", "b0", "a1", "b1", "a2"]);
  });
});

describe("a load is held", () => {
  const failure = (
    different: Parameters<typeof measuredWith>[0],
    contender: "ws relay" | "colyseus broadcast" = "ws relay",
  ) => failureOf(contender, measuredWith(different), LOAD);

  it("when every tick and input is in time", () => {
    expect(failure({})).toBeUndefined();
    expect(failure({ tickRate: 19.91, generatorLoad: 0.95 })).toBeUndefined();
    expect(failure({ tickRate: 19.01 }, "colyseus broadcast"), "its timer is known to lose some").toBeUndefined();
    expect(failure({ interArrival: { p50: 50, p99: 99.9, max: 500 } })).toBeUndefined();
    expect(failure({ inputToFrame: { p50: 50, p99: 74.9, max: 500 } })).toBeUndefined();
  });

  it("else it says what was too late", () => {
    expect(failure({ tickRate: 19.89 })).toBe("19.89 ticks a second");
    expect(failure({ tickRate: 20.2 })).toBe("20.20 ticks a second");
    expect(failure({ tickRate: 18.98 }, "colyseus broadcast")).toBe("18.98 ticks a second");
    expect(failure({ interArrival: { p50: 50, p99: 100, max: 500 } })).toBe("frames 100 ms apart (p99)");
    expect(failure({ inputToFrame: { p50: 30, p99: 75, max: 500 } })).toBe("inputs in frames after 75 ms (p99)");
    expect(failure({ generatorLoad: 0.96 })).toBe("the generator is the limit");
  });

  it("nor when there is nothing to judge by", () => {
    expect(failure({ interArrival: null })).toBe("no frames");
    expect(failure({ inputToFrame: null })).toBe("no input in a frame");
  });
});

describe("the table", () => {
  const limit = "the generator is the limit";
  it("holds everybody against a Colyseus room that only sends on", () => {
    const text = capacityTable(
      new Map([
        ["colyseus broadcast", { clients: 1520, limit, last: measuredWith() }],
        ["phalanx arena", { clients: 2024, limit, last: measuredWith({ serverLoad: 0.9 }) }],
      ]),
    );
    const [header, floor, ours] = text.split("\n").map((line) => line.split(/ {2,}/));
    expect(header).toEqual([
      "",
      "clients",
      "x colyseus broadcast",
      "ticks a second",
      "gap p99 ms",
      "input p99 ms",
      "server core",
      "generator core",
      "then",
    ]);
    expect(floor).toEqual(["colyseus broadcast", "1520", "1.00", "20.00", "55.0", "50.0", "0.40", "0.50", limit]);
    expect(ours).toEqual(["phalanx arena", "2024", "1.33", "20.00", "55.0", "50.0", "0.90", "0.50", limit]);
  });

  it("has no number where there is none", () => {
    const text = capacityTable(new Map([["phalanx arena", { clients: 0, limit: "no frames", last: undefined }]]));
    expect(text.split("\n")[1]!.split(/ {2,}/)).toEqual([
      "phalanx arena",
      "0",
      "-",
      "-",
      "-",
      "-",
      "-",
      "-",
      "no frames",
    ]);
  });
});
