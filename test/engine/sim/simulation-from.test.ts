/** A world from a snapshot: the same one, made without running a rule; bytes that are of no world are refused. */
import { describe, expect, it } from "vitest";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { arena } from "../../../shared/games/arena/arena.ts";
import { everySeed } from "../../kit/every-seed.ts";
import { anyFrame, mixedGame } from "../../kit/games/mixed-game.ts";

const FILE = "test/engine/sim/simulation-from.test.ts";
const SEATS = 4;

describe("a world from a snapshot", () => {
  it("is the same world, and no rule runs to make it", () => {
    const log: string[] = [];
    const literal = mixedGame(SEATS);
    const game: typeof literal = {
      ...literal,
      setup: (context) => {
        log.push("setup");
        return literal.setup(context);
      },
    };
    const world = new Simulation(game, 1);
    const random = new WorldRandom(1);
    world.step(anyFrame(game, world.seats, world.tick, random));
    const snapshot = world.snapshot();
    log.length = 0;
    const made = Simulation.from(game, snapshot);
    const room = Simulation.empty(game);
    room.copyFrom(world);
    expect(log).toEqual([]);
    const next = structuredClone(anyFrame(game, world.seats, world.tick, random));
    for (const other of [made!, room]) {
      expect([other.tick, other.snapshot()]).toEqual([1, snapshot]);
      other.step(structuredClone(next));
    }
    world.step(next);
    expect([made!.hash(), room.hash()]).toEqual([world.hash(), world.hash()]);
  });

  it("is none when the bytes are of no world of this game", () => {
    const game = mixedGame(2);
    const snapshot = new Simulation(game, 1).snapshot();
    expect(Simulation.from(game, snapshot.slice(1))).toBeUndefined();
    expect(Simulation.from(game, Uint8Array.of(...snapshot, 0))).toBeUndefined();
    expect(Simulation.from(arena, snapshot)).toBeUndefined();
  });
});
describe("restore refuses", () => {
  it("a snapshot cut anywhere, with a byte too much, or empty", () => {
    everySeed(
      FILE,
      (random) => {
        const game = mixedGame(3);
        const world = new Simulation(game, 1);
        for (let i = 0; i < 4; i++) world.step(anyFrame(game, world.seats, world.tick, random));
        const snapshot = world.snapshot();
        const other = new Simulation(game, 1);
        for (let length = 0; length < snapshot.length; length++)
          expect(other.restore(snapshot.slice(0, length)), `cut to ${length}`).toBe(false);
        expect(other.restore(Uint8Array.of(...snapshot, 0))).toBe(false);
        expect(other.restore(snapshot)).toBe(true);
        expect(other.hash()).toBe(world.hash());
      },
      { inCi: 50, onLaptop: 10 },
    );
  });
});
