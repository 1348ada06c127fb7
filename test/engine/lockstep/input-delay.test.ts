/** The input delay: what prediction does not hide, what a game wishes at least, and what a player wishes instead. */
import { beforeEach, describe, expect, it } from "vitest";
import { InputDelay } from "../../../shared/engine/lockstep/input-delay.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/engine/lockstep/input-delay.test.ts";
const TICK_RATE = 20;
const MOST = 5;

let delay: InputDelay;
beforeEach(() => {
  delay = new InputDelay(TICK_RATE);
});

/** The delay on a line whose inputs take so many milliseconds at least, and up to so many more. */
function on(leastMs: number, jitterMs = 0): number {
  delay.update((leastMs * TICK_RATE) / 1000, ((leastMs + jitterMs) * TICK_RATE) / 1000);
  return delay.ticks;
}

describe("an input delay", () => {
  it.each([
    [0, 0, 0],
    [150, 0, 0],
    [150, 75, 0],
    [150, 150, 0],
    [60, 150, 0],
    [200, 0, 0],
    [200, 75, 1],
    [300, 0, 2],
    [300, 150, 3],
    [5000, 1000, MOST],
  ])("on a line whose inputs take %i ms, and up to %i ms longer, is %i ticks", (least, jitter, ticks) => {
    expect(on(least, jitter)).toBe(ticks);
  });

  it("stays while it is right to three quarters of a tick", () => {
    expect([on(300), on(360), on(289), on(370), on(340), on(230)]).toEqual([2, 2, 2, 3, 3, 0]);
    expect([on(225), on(260), on(265), on(240), on(236)]).toEqual([0, 0, 1, 1, 0]);
  });

  it("stays while it is right to 35 ms where ticks are short", () => {
    delay = new InputDelay(120);
    const at = (ms: number): number => {
      delay.update((ms * 120) / 1000, (ms * 120) / 1000);
      return delay.ticks;
    };
    expect([at(300), at(330), at(268), at(345)]).toEqual([9, 9, 9, 14]);
  });

  it("is never less than the game wishes, and more where the line asks for it", () => {
    delay = new InputDelay(TICK_RATE, 2);
    expect([delay.ticks, on(0), on(400), on(150, 100), on(0)]).toEqual([2, 2, 4, 2, 2]);
  });

  it("is what the player wishes, whatever the game or the line does, until the wish is taken back", () => {
    delay = new InputDelay(TICK_RATE, 2, 1);
    expect([on(0), on(5000)]).toEqual([1, 1]);
    delay.chosen = 0;
    expect(on(5000)).toBe(0);
    delay.chosen = undefined;
    expect(on(5000)).toBe(MOST);
    expect(on(0)).toBe(2);
  });

  it("is never less than nothing, and no line makes it more than a quarter of a second", () => {
    everySeed(FILE, (random) => {
      delay = new InputDelay(TICK_RATE);
      for (let i = 0; i < 1000; i++) {
        const ticks = on(random.float() * random.pick([50, 500, 5000]) - 20, random.float() * 300);
        if (!(Number.isInteger(ticks) && ticks >= 0 && ticks <= MOST)) expect.fail(`${ticks} ticks`);
      }
    });
  });
});
