/** The log of encoded frames: what was appended comes back as it was, and no more than its capacity is kept (R1, R14). */
import { describe, expect, it } from "vitest";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { FrameLog } from "../../../shared/engine/sim/frame-log.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/engine/sim/frame-log.test.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const anyBytes = (random: WorldRandom, most: number): Uint8Array =>
  Uint8Array.from({ length: random.int(0, most) }, () => random.int(0, 255));

/** The same log without a ring: an array of frames. */
class NaiveLog {
  readonly #capacity: number;
  readonly #frames: Uint8Array[] = [];
  readonly #firstTick: number;

  constructor(capacity: number, firstTick: number) {
    this.#capacity = capacity;
    this.#firstTick = firstTick;
  }

  get nextTick(): number {
    return this.#firstTick + this.#frames.length;
  }

  get firstTick(): number {
    return Math.max(this.#firstTick, this.nextTick - this.#capacity);
  }

  append(frame: Uint8Array): void {
    this.#frames.push(frame.slice());
  }

  since(tick: number): Uint8Array | undefined {
    if (tick < this.firstTick || tick > this.nextTick) return undefined;
    return Buffer.concat(this.#frames.slice(tick - this.#firstTick));
  }
}

/** Text compares a hundred times faster than arrays do. */
const hex = (run: Uint8Array | undefined): string => (run === undefined ? "gone" : Buffer.from(run).toString("hex"));

describe("a frame log", () => {
  it("gives back the frames since any tick it has, one after the other", () => {
    const log = new FrameLog(10, 5);
    expect([log.firstTick, log.nextTick, log.since(5), log.since(4), log.since(6)]).toEqual([
      5,
      5,
      bytes(),
      undefined,
      undefined,
    ]);
    log.append(5, bytes(1));
    log.append(6, bytes());
    log.append(7, bytes(2, 3));
    expect([5, 6, 7, 8].map((tick) => log.since(tick))).toEqual([bytes(1, 2, 3), bytes(2, 3), bytes(2, 3), bytes()]);
    expect([log.since(4), log.since(9)]).toEqual([undefined, undefined]);
  });

  it("takes each tick once and in order, for a closed frame never changes (R1)", () => {
    const log = new FrameLog(10);
    log.append(0, bytes(1));
    for (const tick of [0, 2, -1])
      expect(() => log.append(tick, bytes(9))).toThrow(`the log is at tick 1 and was given the frame of tick ${tick}`);
    expect([log.nextTick, log.since(0)]).toEqual([1, bytes(1)]);
  });

  it("forgets the oldest beyond its capacity (R14)", () => {
    const log = new FrameLog(3);
    for (let tick = 0; tick < 5; tick++) log.append(tick, bytes(tick));
    expect([log.firstTick, log.nextTick]).toEqual([2, 5]);
    expect([log.since(1), log.since(2), log.since(4)]).toEqual([undefined, bytes(2, 3, 4), bytes(4)]);
  });

  it("keeps what it was given, whatever becomes of the caller's buffer, and hands out copies", () => {
    const log = new FrameLog(3);
    const buffer = bytes(1, 2);
    log.append(0, buffer);
    buffer.fill(9);
    log.since(0)!.fill(8);
    expect(log.since(0)).toEqual(bytes(1, 2));
  });

  it("grows in the middle of its ring without losing a byte", () => {
    const log = new FrameLog(100);
    const naive = new NaiveLog(100, 0);
    for (let tick = 0; tick < 400; tick++) {
      // Small frames turn the ring round; then one larger than the whole ring comes.
      const frame = new Uint8Array(tick === 333 ? 5000 : 9).fill(tick & 255);
      log.append(tick, frame);
      naive.append(frame);
      expect(hex(log.since(log.firstTick)), `tick ${tick}`).toBe(hex(naive.since(naive.firstTick)));
    }
  });

  it("is, for any capacity and any frames, what a plain array of frames would be", () => {
    everySeed(FILE, (random) => {
      const capacity = random.pick([1, 2, 7, 64, random.int(1, 100)]);
      const firstTick = random.pick([0, 1, random.int(0, 1_000_000)]);
      const [log, naive] = [new FrameLog(capacity, firstTick), new NaiveLog(capacity, firstTick)];
      const most = random.pick([0, 3, 40, 400]);
      for (let tick = firstTick; tick < firstTick + 200; tick++) {
        const frame = anyBytes(random, random.chance(0.02) ? 3000 : most);
        log.append(tick, frame);
        naive.append(frame);
        expect([log.firstTick, log.nextTick]).toEqual([naive.firstTick, naive.nextTick]);
        const since = random.int(log.firstTick - 2, log.nextTick + 2);
        const what = `since ${since} at tick ${tick}, capacity ${capacity}`;
        expect(hex(log.since(since)), what).toBe(hex(naive.since(since)));
      }
      expect(hex(log.since(log.firstTick))).toBe(hex(naive.since(naive.firstTick)));
    });
  });
});
