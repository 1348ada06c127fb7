/** The sliders of the network panel: each position is a value, and a move changes that value alone, both ways. */
import { describe, expect, it, test } from "vitest";
import { moved, NETWORK_SLIDERS, positionOf, valueIn } from "../../client-demo/app/panels/network-sliders.ts";
import { bothWays, LIMITS } from "../../shared/netsim/conditions.ts";
import { PRESETS } from "../../shared/netsim/presets.ts";

const sliderOf = (label: string) => NETWORK_SLIDERS.find((slider) => slider.label === label)!;

describe.each(NETWORK_SLIDERS.map((slider) => [slider.label, slider] as const))("%s", (_label, slider) => {
  it("stands at the first position for a perfect network", () => {
    expect(positionOf(slider, valueIn(slider, bothWays()))).toBe(0);
  });

  it("shows at every position what it makes of the network, and leaves the rest alone", () => {
    const before = PRESETS.get("3g")!;
    slider.values.forEach((value, position) => {
      const after = moved(slider, position, before);
      expect(positionOf(slider, valueIn(slider, after))).toBe(position);
      for (const way of ["up", "down"] as const) {
        expect(after[way][slider.field]).toBe(value);
        expect(after[way]).toEqual({ ...before[way], [slider.field]: value });
      }
      const [least, most] = LIMITS[slider.field];
      expect(value >= least && value <= most).toBe(true);
    });
  });

  it("says something else at every position", () => {
    expect(new Set(slider.values.map(slider.say)).size).toBe(slider.values.length);
  });
});

test.each([
  ["Delay", 80, 8, "80 ms"],
  ["Delay", 5000, 50, "5000 ms"],
  ["Jitter", 25, 3, "25 ms"],
  ["Loss", 0.02, 4, "2 %"],
  ["Loss", 0.003, 1, "0.3 %"],
  ["Rate", Number.POSITIVE_INFINITY, 0, "no limit"],
  ["Rate", 64_000, 3, "64 kB/s"],
  ["Rate", 1500, 8, "1.5 kB/s"],
  ["Rate", 100, 10, "100 B/s"],
])("%s of %d stands at position %d and says %s", (label, value, position, words) => {
  const slider = sliderOf(label);
  expect([positionOf(slider, value), slider.say(value)]).toEqual([position, words]);
});

test("a network that is not the same both ways stands at its worse direction", () => {
  const network = { up: bothWays({ bytesPerSecond: 1000 }).up, down: bothWays({ delayMs: 70 }).down };
  expect(valueIn(sliderOf("Rate"), network)).toBe(1000);
  expect(valueIn(sliderOf("Delay"), network)).toBe(70);
});
