/** Frames received and not stepped yet: in order, none twice, and a gap is told. */
import { describe, expect, it } from "vitest";
import { FrameInbox } from "../../../shared/engine/lockstep/frame-inbox.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/engine/lockstep/frame-inbox.test.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** Reads one byte of each frame there is: bodies of one byte each. */
function drain(inbox: FrameInbox): number[] {
  const read: number[] = [];
  for (let reader = inbox.next(); reader !== undefined; reader = inbox.next()) read.push(reader.uint8());
  return read;
}

describe("a frame inbox", () => {
  it("hands out what it was given, one frame at a time, in order", () => {
    const inbox = new FrameInbox();
    inbox.reset(5);
    expect(inbox.push(5, 1, bytes(50))).toBe("taken");
    expect(inbox.push(6, 3, bytes(60, 70, 80))).toBe("taken");
    expect(inbox.push(9, 1, bytes(90))).toBe("taken");
    expect(inbox.nextTick).toBe(10);
    expect(drain(inbox)).toEqual([50, 60, 70, 80, 90]);
    expect(inbox.next()).toBeUndefined();
  });

  it("leaves out what it has already, also when that was stepped long ago", () => {
    const inbox = new FrameInbox();
    inbox.push(0, 2, bytes(0, 1));
    expect([inbox.push(0, 1, bytes(9)), inbox.push(1, 1, bytes(9)), inbox.push(0, 2, bytes(9, 9))]).toEqual([
      "old",
      "old",
      "old",
    ]);
    expect(drain(inbox)).toEqual([0, 1]);
    expect(inbox.push(1, 1, bytes(9))).toBe("old");
    expect(inbox.nextTick).toBe(2);
  });

  it("tells a gap and takes nothing of what lies behind it", () => {
    const inbox = new FrameInbox();
    inbox.push(0, 1, bytes(0));
    expect([inbox.push(2, 1, bytes(2)), inbox.push(2 ** 32 - 1, 2 ** 32 - 1, bytes())]).toEqual(["gap", "gap"]);
    expect([inbox.nextTick, drain(inbox)]).toEqual([1, [0]]);
    expect(inbox.push(1, 1, bytes(1))).toBe("taken");
  });

  it("forgets everything at a reset, and goes on from there, forwards or backwards", () => {
    const inbox = new FrameInbox();
    inbox.push(0, 2, bytes(0, 1));
    inbox.reset(7);
    expect(inbox.next()).toBeUndefined();
    expect([inbox.push(6, 1, bytes(6)), inbox.push(7, 1, bytes(7))]).toEqual(["old", "taken"]);
    inbox.reset(3);
    expect([inbox.push(3, 1, bytes(3)), drain(inbox)]).toEqual(["taken", [3]]);
  });

  it("takes no run of no frames", () => {
    const inbox = new FrameInbox();
    expect(inbox.push(0, 0, bytes(1, 2))).toBe("old");
    expect(inbox.next()).toBeUndefined();
  });

  it("never hands out a frame twice or out of order, whatever is pushed", () => {
    everySeed(FILE, (random) => {
      const inbox = new FrameInbox();
      let next = 0;
      let expected = 0;
      for (let i = 0; i < 100; i++) {
        const [first, count] = [Math.max(0, next + random.int(-3, 1)), random.int(0, 4)];
        const bodies = Uint8Array.from({ length: count }, (_, k) => first + k);
        const verdict = inbox.push(first, count, bodies);
        if (first === next && count > 0) expect(verdict).toBe("taken");
        else expect(verdict).not.toBe("taken");
        if (verdict === "taken") next += count;
        if (random.chance(0.5)) for (const tick of drain(inbox)) expect(tick).toBe(expected++ & 255);
      }
    });
  });
});
