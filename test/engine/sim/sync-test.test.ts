/** The sync test finds rules that a rollback does not undo, and a difference between two worlds has a path (R6, R7). */
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import { createFrame, type Frame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { diffWorlds } from "../../../shared/engine/sim/state-diff.ts";
import { type SyncFault, SyncTest } from "../../../shared/engine/sim/sync-test.ts";
import { everySeed } from "../../kit/every-seed.ts";
import { hiddenState, staleReference } from "../../kit/games/broken-games.ts";
import { anyFrame, mixedGame } from "../../kit/games/mixed-game.ts";

const FILE = "test/engine/sim/sync-test.test.ts";

/** The first fault of a game within some ticks in which seat 0 is taken and nothing else happens. */
function firstFault(game: AnyGame, ticks: number): SyncFault | undefined {
  const test = new SyncTest<unknown, unknown>(game, 1);
  const frame = createFrame(game) as Frame<never>;
  for (let tick = 0; tick < ticks; tick++) {
    frame.tick = tick;
    frame.joins.length = 0;
    if (tick === 0) frame.joins.push(0);
    const fault = test.step(frame);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

describe("the sync test", () => {
  it("finds nothing in a sound game, and steps it once a frame", () => {
    everySeed(
      FILE,
      (random, seed) => {
        const game = mixedGame(4);
        const test = new SyncTest(game, seed);
        const witness = new Simulation(game, seed);
        for (let tick = 0; tick < 40; tick++) {
          const frame = anyFrame(game, witness.seats, tick, random);
          expect(test.step(frame), `tick ${tick}`).toBeUndefined();
          witness.step(frame);
        }
        expect([test.world.tick, test.world.hash()]).toEqual([40, witness.hash()]);
      },
      { inCi: 60, onLaptop: 15 },
    );
  });

  it("finds state that rules keep where no rollback reaches it, at once and with the path", () => {
    expect(firstFault(hiddenState() as AnyGame, 10)).toEqual({
      tick: 0,
      from: "rollback",
      differences: [{ path: "count", a: 1, b: 2 }],
    });
  });

  it("finds a reference into a world that is gone", () => {
    expect(firstFault(staleReference() as AnyGame, 10)).toMatchObject({ from: "snapshot" });
  });

  it("goes by bytes too: it finds rules that know an object again, which only a snapshot replaces", () => {
    const known = new WeakSet<object>();
    const clinging = defineGame({
      name: "clinging",
      tickRate: 20,
      seats: { min: 1, max: 1 },
      input: schema({ on: t.boolean() }, "ClingingInput"),
      state: schema({ at: t.map("int8"), strangers: t.uint8() }, "ClingingState"),
      setup: () => ({ at: new Map(), strangers: 0 }),
      step(state, { tick }) {
        if (tick < 3) known.add(state.at);
        else if (!known.has(state.at)) state.strangers++;
      },
    });
    expect(firstFault(clinging as AnyGame, 10)).toEqual({
      tick: 3,
      from: "snapshot",
      differences: [{ path: "strangers", a: 0, b: 1 }],
    });
  });

  it("finds what would be lost on the wire: one object in two places", () => {
    const shared = defineGame({
      name: "shared",
      tickRate: 20,
      seats: { min: 1, max: 1 },
      input: schema({ on: t.boolean() }, "SharedInput"),
      state: schema({ all: t.array(schema({ x: t.int8() }, "SharedItem")) }, "SharedState"),
      setup: () => ({ all: [{ x: 1 }, { x: 2 }] }),
      step(state, { tick }) {
        if (tick === 3) state.all[1] = state.all[0]!;
      },
    });
    expect(() => firstFault(shared as AnyGame, 10)).toThrow(
      /^shared\.all\[1\]: is the same object as shared\.all\[0\]/,
    );
  });
});

describe("where two worlds differ", () => {
  const game = mixedGame(3);
  /** Two equal worlds in which seats 0 and 1 are held and have wanted something. */
  function twins() {
    const [a, b] = [new Simulation(game, 5), new Simulation(game, 5)];
    const frame = createFrame(game);
    frame.joins.push(0, 1);
    frame.inputs[0]!.dx = 3;
    for (const world of [a, b]) world.step(frame);
    return { a, b };
  }

  it("is nowhere when their hashes are equal", () => {
    const { a, b } = twins();
    expect(diffWorlds(a, b)).toEqual([]);
  });

  it("is named for state, by its path", () => {
    const { a, b } = twins();
    b.state.bodies.get(1)!.x = 77;
    b.state.ticks = 9;
    expect(diffWorlds(a, b)).toEqual([
      { path: "bodies[1].x", a: a.state.bodies.get(1)!.x, b: 77 },
      { path: "ticks", a: 0, b: 9 },
    ]);
  });

  it("is named for the tick, for seats, and for what they wanted", () => {
    const { a, b } = twins();
    const frame = createFrame(game);
    frame.tick = 1;
    frame.leaves.push(1);
    frame.inputs[0]!.dx = 4;
    b.step(frame);
    expect(diffWorlds(a, b).slice(0, 3)).toEqual([
      { path: "tick", a: 1, b: 2 },
      { path: "seats[0].input", a: expect.stringContaining('"dx":3'), b: expect.stringContaining('"dx":4') },
      { path: "seats[1].held", a: true, b: false },
    ]);
  });

  it("is the random stream when it is nothing else", () => {
    const { a, b } = twins();
    const snapshot = b.snapshot();
    snapshot[1]! ^= 1;
    expect(b.restore(snapshot)).toBe(true);
    expect(diffWorlds(a, b)).toEqual([{ path: "random", a: a.randomState.join(" "), b: b.randomState.join(" ") }]);
    expect(a.randomState[0]! ^ b.randomState[0]!, "one bit of four numbers").toBe(1);
    expect(b.randomState.slice(1)).toEqual(a.randomState.slice(1));
  });

  it("is told up to a limit, 20 when none is given", () => {
    const { a, b } = twins();
    a.state.trail = Array.from({ length: 30 }, () => 1);
    b.state.trail = Array.from({ length: 30 }, () => 2);
    expect(diffWorlds(a, b)).toHaveLength(20);
    expect(diffWorlds(a, b, 3)).toHaveLength(3);
  });

  it("is empty exactly when the hashes are equal, for random worlds", () => {
    everySeed(FILE, (random) => {
      const [a, b] = [new Simulation(game, 1), new Simulation(game, 1)];
      for (let tick = 0; tick < 6; tick++) {
        const frame = anyFrame(game, a.seats, tick, random);
        a.step(frame);
        if (random.chance(0.1)) frame.inputs[0]!.dx ^= 1;
        b.step(frame);
        expect(diffWorlds(a, b).length === 0).toBe(a.hash() === b.hash());
        b.copyFrom(a);
      }
    });
  });
});
