/** The note on a heavy game: plain words where less is predicted, and none where all is as usual. */
import { expect, it } from "vitest";
import { heavyNote } from "../../client-demo/app/panels/heavy-note.ts";

const heavy = { isHeavy: true, predictionWindow: 8, stepMs: 1.46 };

it("says what a tick takes, how far is predicted, and for how long inputs wait", () => {
  expect(heavyNote({ stats: heavy, inputDelay: 2 })).toBe(
    "A tick of this game takes 1.5 ms on this device, so no more than 8 ticks are predicted, and what you do waits for 2 ticks.",
  );
  expect(heavyNote({ stats: { ...heavy, predictionWindow: 2 }, inputDelay: 1 })).toMatch(/waits for 1 tick\.$/);
});

it("says nothing of waiting where nothing waits", () => {
  expect(heavyNote({ stats: heavy, inputDelay: 0 })).toBe(
    "A tick of this game takes 1.5 ms on this device, so no more than 8 ticks are predicted.",
  );
});

it("is not there where the whole second is predicted, whatever a tick takes", () => {
  expect(heavyNote({ stats: { isHeavy: false, predictionWindow: 20, stepMs: 0.5 }, inputDelay: 3 })).toBe("");
});
