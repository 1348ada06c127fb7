/** The watchdog: who does not answer is told once, who answers late, but in time, is left alone. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Watchdog } from "../../../server/primary/watchdog.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

const SECONDS = 5;
const passes = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

function watched() {
  let answer: () => void = () => {};
  const state = { hangs: 0, pings: 0, isHung: false, answer: () => answer() };
  const ping = (): Promise<void> => {
    state.pings++;
    return state.isHung
      ? new Promise((resolve) => {
          answer = resolve;
        })
      : Promise.resolve();
  };
  const dog = new Watchdog({ ping, onHang: () => void state.hangs++ }, SECONDS);
  return { dog, state };
}

it("who answers is asked again and again; who does not is told of once, after its time", async () => {
  const { state } = watched();
  await passes(60);
  expect(state.pings).toBeGreaterThan(60);
  state.isHung = true;
  await passes(SECONDS - 0.5);
  expect(state.hangs).toBe(0);
  await passes(1);
  expect(state.hangs).toBe(1);
  await passes(60);
  expect(state.hangs).toBe(1);
});

it("an answer that comes late, but in time, is one", async () => {
  const { state } = watched();
  for (let i = 0; i < 5; i++) {
    state.isHung = true;
    await passes(SECONDS - 1);
    state.isHung = false;
    state.answer();
    await passes(1);
  }
  expect(state.hangs).toBe(0);
});

it("a worker that has ended is not asked any more", async () => {
  const { dog, state } = watched();
  state.isHung = true;
  await passes(1);
  dog.stop();
  await passes(60);
  expect(state).toMatchObject({ hangs: 0, pings: 1 });
});
