/** Networks as people write them, and the sentences that refuse what is no network. */
import { describe, expect, it, test } from "vitest";
import { bothWays, type Conditions, LIMITS, PERFECT } from "../../shared/netsim/conditions.ts";
import { parseNetwork } from "../../shared/netsim/network-spec.ts";
import { PRESETS } from "../../shared/netsim/presets.ts";

const networkOf = (spec: string) => {
  const parsed = parseNetwork(spec);
  if (!parsed.ok) throw new Error(parsed.sentence);
  return parsed.network;
};
const refusalOf = (spec: string): string => {
  const parsed = parseNetwork(spec);
  if (parsed.ok) throw new Error(`${spec} was not refused`);
  return parsed.sentence;
};

describe("a network", () => {
  test.each([...PRESETS])("called %s is what its name stands for, within the limits", (name, preset) => {
    expect(networkOf(name)).toEqual(preset);
    for (const each of [preset.up, preset.down])
      for (const [field, [least, most]] of Object.entries(LIMITS)) {
        const value = each[field as keyof Conditions];
        if (value === undefined) continue;
        expect(value).toBeGreaterThanOrEqual(least);
        expect(value).toBeLessThanOrEqual(most);
      }
  });

  test.each<[string, Partial<Conditions>]>([
    ["delay=80,jitter=20,loss=2%,rate=64kB", { delayMs: 80, jitterMs: 20, lossRate: 0.02, bytesPerSecond: 64_000 }],
    ["delay=1.5s, stall=250ms", { delayMs: 1500, stallMs: 250 }],
    ["loss=0.07", { lossRate: 0.07 }],
    ["loss=17.5%", { lossRate: 0.175 }],
    ["rate=2Mbit", { bytesPerSecond: 250_000 }],
    ["rate=512kbit", { bytesPerSecond: 64_000 }],
    ["none,rate=1.5MB", { bytesPerSecond: 1_500_000 }],
    ["rate=100B", { bytesPerSecond: 100 }],
  ])("written as %s is perfect but for that", (spec, conditions) => {
    expect(networkOf(spec)).toEqual(bothWays(conditions));
  });

  it("begins with a preset, and each direction can be changed alone", () => {
    const preset = PRESETS.get("4g")!;
    expect(networkOf("4g,loss=10%,down-rate=20kB")).toEqual({
      up: { ...preset.up, lossRate: 0.1 },
      down: { ...preset.down, lossRate: 0.1, bytesPerSecond: 20_000 },
    });
    expect(networkOf("up-delay=5")).toEqual({ up: { ...PERFECT, delayMs: 5 }, down: PERFECT });
  });
});

test.each([
  [`${"x".repeat(39)}😀`, `There is no network called "${"x".repeat(39)}"; there are none`],
  ["5g", 'There is no network called "5g"; there are none, lan, cable, wifi-bad, far, 4g, 3g, satellite.'],
  ["", 'There is no network called ""; there are none'],
  ["4G", 'There is no network called "4G"'],
  ["delay", 'There is no network called "delay"'],
  ["delay=80,4g", "The network 4g must come first."],
  ["4g,lan", "The network lan must come first."],
  ["4g,", '"" must be written as name=value.'],
  ["4g,fast", '"fast" must be written as name=value.'],
  [
    "colour=red",
    'A network has no "colour"; it has delay, jitter, loss, stall, rate, each with up- or down- or neither.',
  ],
  ["=5", 'A network has no ""'],
  ["delay=", 'delay cannot be "": it must be milliseconds from 0 to 5000, such as 80 or 80ms.'],
  ["delay=abc", 'delay cannot be "abc"'],
  ["delay=-1", 'delay cannot be "-1"'],
  ["delay=5001", 'delay cannot be "5001"'],
  ["delay=1e3", 'delay cannot be "1e3"'],
  ["delay=5kB", 'delay cannot be "5kB"'],
  ["delay=5constructor", 'delay cannot be "5constructor"'],
  ["delay=0x10", 'delay cannot be "0x10"'],
  ["delay=1=2", 'delay cannot be "1=2"'],
  ["loss=101%", 'loss cannot be "101%": it must be a share from 0 to 1, such as 2% or 0.02.'],
  ["loss=2", 'loss cannot be "2"'],
  ["rate=64", 'rate cannot be "64": it must be at least 100B a second, with its unit'],
  ["rate=99B", 'rate cannot be "99B"'],
  [`rate=${"9".repeat(400)}MB`, "rate cannot be"],
  ["delay=1,delay=2", "delay is said twice."],
  ["up-delay=1,delay=2", "delay is said twice."],
])("%s is refused with a sentence", (spec, sentence) => {
  expect(refusalOf(spec)).toContain(sentence);
  expect(refusalOf(spec)).toMatch(/\.$/);
  expect(refusalOf(spec).length).toBeLessThan(200);
});
