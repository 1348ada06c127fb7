/** The local clock's pace: within five per cent of real time, towards its target, and a jump only when far away. */
import { describe, expect, it } from "vitest";
import { LocalClock } from "../../../shared/engine/lockstep/local-clock.ts";
import { Pacer } from "../../../shared/engine/lockstep/pacer.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/engine/lockstep/pacer.test.ts";
const TICK_RATE = 20;
const DRAW_MS = 16;

/** Draws for some seconds towards a target that runs at real speed, `ahead` ticks ahead of the clock at first. */
function run(ahead: number, seconds: number): { positions: number[]; error: number } {
  const pacer = new Pacer(TICK_RATE);
  const start = 100;
  pacer.advance(0, start);
  const positions = [pacer.position];
  let target = start;
  for (let now = DRAW_MS; now <= seconds * 1000; now += DRAW_MS) {
    target = start + ahead + (now * TICK_RATE) / 1000;
    positions.push(pacer.advance(now, target));
  }
  return { positions, error: target - pacer.position };
}

describe("a pacer", () => {
  it("stands at its target at first, and again after a reset", () => {
    const pacer = new Pacer(TICK_RATE);
    expect(pacer.position).toBe(0);
    expect([pacer.advance(5000, 77.5), pacer.position]).toEqual([77.5, 77.5]);
    pacer.reset();
    expect([pacer.position, pacer.advance(5016, 3)]).toEqual([0, 3]);
  });

  it("runs at real speed when it is right", () => {
    const { positions, error } = run(0, 10);
    expect(Math.abs(error)).toBeLessThan(1e-9);
    expect(positions.at(-1)).toBeCloseTo(100 + 10 * TICK_RATE, 6);
  });

  it.each([1, -1, 5, -5, 9.9, -9.9])("catches up an error of %d ticks without a jump", (ahead) => {
    const { positions, error } = run(ahead, 20);
    const real = (DRAW_MS * TICK_RATE) / 1000;
    for (const [i, position] of positions.slice(1).entries()) {
      const pace = (position - positions[i]!) / real;
      expect(pace).toBeGreaterThanOrEqual(0.95 - 1e-9);
      expect(pace).toBeLessThanOrEqual(1.05 + 1e-9);
    }
    expect(Math.abs(error), "after 20 seconds").toBeLessThan(0.05);
    expect(Math.sign(error) * Math.sign(ahead), "and does not overshoot").toBeGreaterThanOrEqual(0);
  });

  it.each([10.1, -10.1, 1000])("jumps at once over an error of %d ticks, more than half a second", (ahead) => {
    const { positions } = run(ahead, 0.016);
    expect(positions.at(-1)).toBeCloseTo(100 + ahead + 0.32, 9);
  });

  it("is monotone, and within five per cent of real time but for its jumps, for any target and any draws", () => {
    everySeed(FILE, (random) => {
      const rate = random.pick([1, 20, 60, 120]);
      const pacer = new Pacer(rate);
      let now = random.float() * 1e6;
      let target = random.float() * 1e5;
      let before = pacer.advance(now, target);
      for (let i = 0; i < 300; i++) {
        const elapsed = random.float() * random.pick([0, 5, 40, 400]);
        now += elapsed;
        target += (elapsed * rate) / 1000 + (random.float() - 0.5) * random.pick([0.1, 1, 20]);
        const after = pacer.advance(now, target);
        const real = (elapsed * rate) / 1000;
        const hasJumped = after === target;
        if (!hasJumped) {
          expect(after).toBeGreaterThanOrEqual(before);
          expect(Math.abs(after - before - real)).toBeLessThanOrEqual(real * 0.05 + 1e-6);
        } else if (real > 0) expect(Math.abs(target - before - real)).toBeGreaterThan(rate * 0.5 - 1e-6);
        before = after;
      }
    });
  });
});

describe("the local clock", () => {
  it("is ahead of the server by the way there, less the tick an input may be early, and half a tick of margin", () => {
    for (const [delay, inputDelay] of [
      [0, 0],
      [100, 0],
      [100, 2],
    ] as const) {
      const clock = new LocalClock({ tickRate: TICK_RATE, inputDelay });
      clock.pong(0, 2 * delay, 50 + (delay * TICK_RATE) / 1000);
      expect(clock.roundTripMs).toBe(2 * delay);
      const server = 50 + (1000 * TICK_RATE) / 1000;
      expect(clock.advance(1000, 0)).toBeCloseTo(server + (delay * TICK_RATE) / 1000 - 0.5 - inputDelay, 9);
    }
  });

  it("is never steered behind what is confirmed", () => {
    const clock = new LocalClock({ tickRate: TICK_RATE });
    clock.pong(0, 100, 50);
    expect(clock.advance(100, 500)).toBe(500);
  });
});
