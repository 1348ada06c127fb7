/** The worlds of the last minute: any tick of it can be had again, and it is the referee's (R6). */
import { describe, expect, it } from "vitest";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { everySeed } from "../../kit/every-seed.ts";
import { mixedGame } from "../../kit/games/mixed-game.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { packInMemory } from "../../kit/memory/table.ts";

const FILE = "test/referee/history/keyframes.test.ts";
const RATE = 20;
const MINUTE = 60 * RATE;
const game = mixedGame(3, RATE);

function playTo(ticks: number, seed = 1) {
  const match = matchInMemory(game, { seed, bots: 3, pack: packInMemory });
  const hashes = [match.world.hash()];
  while (match.world.tick < ticks) {
    match.closeTick();
    hashes.push(match.hashes.latest!.hash);
  }
  return { match, hashes };
}

/** The ticks of which there is a keyframe. */
const ticksOf = (match: ReturnType<typeof playTo>["match"]): number[] => {
  const ticks = new Set<number>();
  for (let tick = 0; tick <= match.world.tick; tick++) {
    const found = match.keyframes.before(tick);
    if (found !== undefined) ticks.add(found.tick);
  }
  return [...ticks];
};

describe("the world at a tick", () => {
  it("is the referee's, at every tick of the last minute but for what no keyframe is left of, and at no other", () => {
    const { match, hashes } = playTo(MINUTE + 333);
    const oldest = ticksOf(match)[0]!;
    expect(oldest, "ten seconds at most of the minute are lost").toBeLessThanOrEqual(333 + 10 * RATE);
    const now = match.world.tick;
    for (let tick = oldest; tick <= now; tick += 7) {
      const world = match.keyframes.worldAt(tick);
      expect([world?.tick, world?.hash()]).toEqual([tick, hashes[tick]]);
    }
    for (const tick of [0, oldest - 1, now + 1, 2 ** 32 - 1]) expect(match.keyframes.worldAt(tick)).toBeUndefined();
  });

  it("is one of its own: changing it changes nothing here", () => {
    const { match } = playTo(50);
    const before = match.world.snapshot();
    const world = match.keyframes.worldAt(47)!;
    world.state.ticks = 99;
    expect(match.world.snapshot()).toEqual(before);
    expect(match.keyframes.worldAt(47)!.state.ticks).toBe(46);
  });

  it("at any tick of any match", () => {
    everySeed(
      FILE,
      (random, seed) => {
        const { match, hashes } = playTo(random.int(1, 500), seed);
        for (let i = 0; i < 10; i++) {
          const tick = random.int(0, match.world.tick);
          expect(match.keyframes.worldAt(tick)!.hash()).toBe(hashes[tick]);
        }
      },
      { inCi: 60, onLaptop: 10 },
    );
  });
});

describe("keyframes", () => {
  it("are one a second for ten seconds, then one in ten for as long as there are frames after it", () => {
    const { match } = playTo(72 * RATE + 10);
    const seconds = ticksOf(match).map((tick) => tick / RATE);
    expect(seconds).toEqual([20, 30, 40, 50, 60, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72]);
  });

  it("never become more, however long the match", () => {
    const { match } = playTo(3 * MINUTE);
    expect(ticksOf(match).length).toBeLessThanOrEqual(11 + 5);
  });

  it("that are fresh are shared up to an age, and packed once", () => {
    const { match } = playTo(45);
    const { keyframes, world } = match;
    const made = keyframes.made;
    const shared = keyframes.fresh(world, 5);
    expect([shared.tick, keyframes.made]).toEqual([40, made]);
    expect(keyframes.fresh(world, 5).parcel).toBe(shared.parcel);
    const fresh = keyframes.fresh(world, 4);
    expect([fresh.tick, keyframes.made]).toEqual([45, made + 1]);
    expect(fresh.snapshot).toEqual(world.snapshot());
    expect(keyframes.fresh(world, 4)).toBe(fresh);
    const copy = new Simulation(game, 0);
    expect(copy.restore(shared.snapshot)).toBe(true);
    expect(copy.tick).toBe(40);
  });

  it("before a tick are the newest that is not younger", () => {
    const { keyframes } = playTo(65).match;
    expect([0, 19, 20, 39, 65, 1000].map((tick) => keyframes.before(tick)?.tick)).toEqual([0, 0, 20, 20, 60, 60]);
    expect(keyframes.before(-1)).toBeUndefined();
  });
});
