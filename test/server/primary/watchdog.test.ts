/** The watchdog: who says nothing is told of once, who speaks late, but in time, is left alone. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Watchdog } from "../../../server/primary/watchdog.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

const SECONDS = 5;
const passes = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

function watched() {
  const state = { hangs: 0 };
  return { state, dog: new Watchdog(SECONDS, () => void state.hangs++) };
}

it("who is silent is told of once, after its time", async () => {
  const { dog, state } = watched();
  for (let i = 0; i < 60; i++) {
    await passes(1);
    dog.heard();
  }
  await passes(SECONDS - 0.5);
  expect(state.hangs).toBe(0);
  await passes(1);
  expect(state.hangs).toBe(1);
  await passes(60);
  expect(state.hangs).toBe(1);
});

it("who speaks late, but in time, is left alone", async () => {
  const { dog, state } = watched();
  for (let i = 0; i < 5; i++) {
    await passes(SECONDS - 0.5);
    dog.heard();
  }
  expect(state.hangs).toBe(0);
});

it("a worker that has ended is not told of", async () => {
  const { dog, state } = watched();
  await passes(1);
  dog.stop();
  await passes(60);
  expect(state.hangs).toBe(0);
});
