/** The live view while bots play: redrawn in place on a terminal, a plain line every five seconds elsewhere. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Recorder } from "./bots/recorder.ts";
import { LiveView } from "./live-view.ts";
import { Tally } from "./verdict/tally.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What six seconds of a run write. */
function written(isTTY: boolean, hasColor: boolean): string {
  const tally = new Tally();
  for (let second = 0; second < 6; second++) {
    const recorder = new Recorder();
    recorder.record("frame_lateness", 1 + second);
    recorder.count("hash_checks", 3);
    const standing = { wanted: 4, inStep: 3 };
    tally.add(0, {
      second,
      measured: recorder.take(),
      ...standing,
      rooms: { a: [3], b: [1], over: [0] },
      happenings: [],
    });
  }
  let text = "";
  const write = (more: string): void => {
    text += more;
  };
  const terminal = { isTTY, write };
  const view = new LiveView({ terminal, hasColor, totalSeconds: 30, tally });
  vi.advanceTimersByTime(6000);
  view.stop();
  vi.advanceTimersByTime(60_000);
  return text;
}

it("without a terminal a line every five seconds, without control characters", () => {
  const text = written(false, false);
  expect(text).toMatch(/^\d\/30 s {2}bots 3\/4 in 2 rooms {2}hashes 18 equal 0 differ .*\n$/);
  expect(text).not.toContain("\x1b");
});

it("on a terminal the same lines again and again", () => {
  const text = written(true, true);
  const views = text.split("\x1b[7A");
  expect(views.length).toBeGreaterThan(10);
  for (const view of views) expect(view.match(/\n/g)?.length).toBe(7);
  expect(views.at(-1)).toContain("bots      3 of 4 in step, 2 rooms");
  expect(views.at(-1)).toContain("\x1b[32m0 differ\x1b[0m");
  expect(views.at(-1)).toContain("\x1b[36m▂▄▇█\x1b[0m");
});

it("NO_COLOR takes the colors away, not the redrawing", () => {
  expect(written(true, false)).not.toContain("\x1b[3");
});
