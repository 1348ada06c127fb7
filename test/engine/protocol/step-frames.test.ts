/** Closed frames stepped in order: the world they make is that of a client that was there all the time (R6). */
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { encodeFrame } from "../../../shared/engine/protocol/frame-codec.ts";
import { stepFrames } from "../../../shared/engine/protocol/step-frames.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { everySeed } from "../../kit/every-seed.ts";
import { anyFrame, mixedGame } from "../../kit/games/mixed-game.ts";

const FILE = "test/engine/protocol/step-frames.test.ts";
const game = mixedGame(4);

/** A match of some ticks from the middle of another: where it begins, its frames, and its worlds by tick. */
function play(random: WorldRandom, ticks: number) {
  const world = new Simulation(game, random.uint32());
  for (let i = random.int(0, 9); i > 0; i--) world.step(anyFrame(game, world.seats, world.tick, random));
  const start = world.snapshot();
  const out = new ByteWriter();
  const hashes = new Map<number, number>();
  for (let i = 0; i < ticks; i++) {
    hashes.set(world.tick, world.hash());
    const frame = anyFrame(game, world.seats, world.tick, random);
    encodeFrame(frame, world.seats, random.chance(0.3) ? random.uint32() : undefined, out);
    world.step(frame);
  }
  hashes.set(world.tick, world.hash());
  const at = (): Simulation<unknown, unknown> => {
    const copy = new Simulation(game, 0);
    copy.restore(start);
    return copy as unknown as Simulation<unknown, unknown>;
  };
  return { at, bodies: out.view().slice(), hashes, end: world.tick };
}

describe("frames", () => {
  it("bring a world to any later tick, and tell each tick on the way", () => {
    everySeed(FILE, (random) => {
      const { at, bodies, hashes, end } = play(random, 20);
      const world = at();
      const from = world.tick;
      const to = random.int(from, end);
      const seen: [number, number, number][] = [];
      expect(stepFrames(world, bodies, to, (before, { tick }) => seen.push([before.tick, tick, before.hash()]))).toBe(
        true,
      );
      expect([world.tick, world.hash()]).toEqual([to, hashes.get(to)]);
      expect(seen).toEqual(Array.from({ length: to - from }, (_, i) => [from + i, from + i, hashes.get(from + i)]));
    });
  });

  it("that end too early leave the world at the last tick they reach, and that is said", () => {
    everySeed(FILE, (random) => {
      const { at, bodies, hashes, end } = play(random, 12);
      const world = at();
      expect(stepFrames(world, bodies, end + 1)).toBe(false);
      expect([world.tick, world.hash()]).toEqual([end, hashes.get(end)]);
      const cut = at();
      expect(stepFrames(cut, bodies.subarray(0, bodies.length - 1), end)).toBe(false);
      expect(cut.tick).toBe(end - 1);
    });
  });

  it("of no tick change nothing", () => {
    const world = new Simulation(game, 1);
    const before = world.snapshot();
    expect([stepFrames(world, new Uint8Array(0), 0), stepFrames(world, Uint8Array.of(1, 2, 3), 0)]).toEqual([
      true,
      true,
    ]);
    expect(world.snapshot()).toEqual(before);
  });
});
