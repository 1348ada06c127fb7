/** Drawing between ticks: motion is never delayed, corrections glide, jumps jump, and effects are told once. */
import { describe, expect, test } from "vitest";
import { FallLatch, OnceLatch } from "../../client-demo/views/latch.ts";
import { Motion, turn } from "../../client-demo/views/motion.ts";

const at = (x: number) => ({ x, y: 0 });
const moment = (tick: number, alpha: number, elapsed = 16) => ({ tick, alpha, now: 0, elapsed });

describe("a thing that moves", () => {
  test("is drawn in between the two ticks, without delay", () => {
    const motion = new Motion(100);
    expect(motion.place(1, at(0), at(10), moment(1, 0.5)).x).toBe(5);
    expect(motion.place(1, at(10), at(20), moment(2, 0.25)).x).toBe(12.5);
    expect(motion.place(1, at(10), at(20), moment(2, 1)).x).toBe(20);
  });

  test("glides when a rollback within the tick puts it elsewhere", () => {
    const motion = new Motion(100);
    const drawn = motion.place(1, at(0), at(10), moment(1, 0.5)).x;
    const corrected = motion.place(1, at(0), at(30), moment(1, 0.5, 0)).x;
    expect(corrected).toBeCloseTo(drawn);
    expect(motion.place(1, at(0), at(30), moment(1, 0.5, 100)).x).toBeGreaterThan(14.4);
  });

  test("glides when the tick before turns out different from what was drawn", () => {
    const motion = new Motion(100);
    motion.place(1, at(0), at(10), moment(1, 1));
    expect(motion.place(1, at(25), at(35), moment(2, 0, 0)).x).toBeCloseTo(10);
    expect(motion.place(1, at(25), at(35), moment(2, 0, 100)).x).toBeGreaterThan(24);
  });

  test("is put there at once when it is teleported", () => {
    const motion = new Motion(100);
    motion.place(1, at(0), at(10), moment(1, 1));
    expect(motion.place(1, at(10), at(900), moment(2, 0.1)).x).toBe(900);
    expect(motion.place(1, at(900), at(905), moment(3, 1)).x).toBe(905);
  });

  test("is forgotten when a draw does not place it", () => {
    const motion = new Motion(100);
    motion.place(1, at(0), at(10), moment(1, 1));
    motion.sweep();
    motion.sweep();
    expect(motion.has(1)).toBe(false);
  });
});

test("an angle turns by the shorter way", () => {
  expect(turn(0.1, 2 * Math.PI - 0.1, 0.5)).toBeCloseTo(0);
  expect(turn(3, -3, 0.5)).toBeCloseTo(Math.PI);
});

describe("an effect", () => {
  test("is told once for a fall that a rollback takes back and repeats", () => {
    const latch = new FallLatch();
    const told = [100, 75, 100, 75, 75].map((health, index) => latch.fall(health, index * 50));
    expect(told).toEqual([0, 25, 0, 0, 0]);
  });

  test("is told again after a real rise", () => {
    const latch = new FallLatch();
    latch.fall(100, 0);
    expect(latch.fall(50, 10)).toBe(50);
    latch.fall(100, 1000);
    expect(latch.fall(75, 1100)).toBe(25);
  });

  test("of a key is shown once within the hold", () => {
    const latch = new OnceLatch(100);
    expect([latch.first(7, 0), latch.first(7, 99), latch.first(8, 99), latch.first(7, 100)]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });
});
