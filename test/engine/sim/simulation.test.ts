/** One world, stepped: the order of a frame (R4), total inputs, and worlds that come back from copies and bytes (R6). */
import { describe, expect, it } from "vitest";
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import type { Plain } from "../../../shared/engine/layout/plain.ts";
import { createFrame, type Frame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { everySeed } from "../../kit/every-seed.ts";
import { anyFrame, mixedGame } from "../../kit/games/mixed-game.ts";

const FILE = "test/engine/sim/simulation.test.ts";
const SEATS = 4;

const Input = schema({ dx: t.int8() }, "OrderInput");
const State = schema({ held: t.map("boolean") }, "OrderState");
type OrderInput = Plain<typeof Input>;

/** Notes what happens in it, in order, outside of the world: for looking only. */
function orderGame() {
  const log: string[] = [];
  const game = defineGame({
    name: "order",
    tickRate: 20,
    seats: { min: 1, max: SEATS },
    input: Input,
    state: State,
    setup: ({ tick }) => {
      log.push(`setup at ${tick}`);
      return { held: new Map() };
    },
    join(state, seat, { tick }) {
      log.push(`join ${seat} at ${tick}, held ${[...state.held.keys()]}`);
      state.held.set(seat, true);
    },
    leave(state, seat, { tick }) {
      log.push(`leave ${seat} at ${tick}, held ${[...state.held.keys()]}`);
      state.held.delete(seat);
    },
    step(_state, { tick, input }) {
      log.push(`step ${tick}: ${Array.from({ length: SEATS }, (_, seat) => input(seat).dx)}`);
    },
  });
  log.length = 0;
  return { game, log };
}

function frameOf(game: ReturnType<typeof orderGame>["game"], change: Partial<Frame<OrderInput>>): Frame<OrderInput> {
  const frame = createFrame(game);
  for (const [seat, input] of frame.inputs.entries()) input.dx = 10 + seat;
  return { ...frame, ...change };
}

describe("a step", () => {
  it("is leaves first, then joins, ascending, then the rules (R4)", () => {
    const { game, log } = orderGame();
    const world = new Simulation(game, 1);
    world.step(frameOf(game, { joins: [0, 1, 2] }));
    log.length = 0;
    world.step(frameOf(game, { tick: 1, leaves: [1, 2], joins: [1, 3] }));
    expect(log).toEqual([
      "leave 1 at 1, held 0,1,2",
      "leave 2 at 1, held 0,2",
      "join 1 at 1, held 0",
      "join 3 at 1, held 0,1",
      "step 1: 10,11,0,13",
    ]);
    expect([0, 1, 2, 3].map((seat) => world.seats.isHeld(seat))).toEqual([true, true, false, true]);
  });

  it("has a seat that is left and taken in one frame leave before it joins, with the new holder's input", () => {
    const { game, log } = orderGame();
    const world = new Simulation(game, 1);
    world.step(frameOf(game, { joins: [2] }));
    log.length = 0;
    world.step(frameOf(game, { tick: 1, leaves: [2], joins: [2] }));
    expect(log).toEqual(["leave 2 at 1, held 2", "join 2 at 1, held ", "step 1: 0,0,12,0"]);
  });

  it("gives rules an input for any seat: neutral for one nobody holds, and for one that does not exist", () => {
    const seen: unknown[] = [];
    const { game } = orderGame();
    const curious = defineGame({
      ...game,
      name: "curious",
      step(_state, { input }) {
        for (const seat of [0, 1, -1, 4, 1e9, 0.5, Number.NaN]) seen.push({ ...input(seat) });
      },
    });
    const world = new Simulation(curious, 1);
    world.step(frameOf(game, { joins: [0] }));
    expect(seen).toEqual([{ dx: 10 }, ...new Array(6).fill({ dx: 0 })]);
  });

  it("gives rules a neutral input that they cannot change for everybody", () => {
    const { game } = orderGame();
    const world = new Simulation(game, 1);
    expect(Object.isFrozen(world.seats.input(3))).toBe(true);
    expect(world.seats.input(3)).toEqual({ dx: 0 });
  });

  it("takes the frame of its own tick only, and says both", () => {
    const { game, log } = orderGame();
    const world = new Simulation(game, 1);
    log.length = 0;
    for (const tick of [1, -1, 7])
      expect(() => world.step(frameOf(game, { tick }))).toThrow(
        `a world at tick 0 was given the frame of tick ${tick}`,
      );
    expect([world.tick, log]).toEqual([0, []]);
    world.step(frameOf(game, {}));
    expect(() => world.step(frameOf(game, {}))).toThrow("a world at tick 1 was given the frame of tick 0");
  });

  it("leaves the frame as it was, and keeps nothing of it", () => {
    const game = mixedGame(3);
    const world = new Simulation(game, 1);
    const frame = createFrame(game);
    frame.joins.push(0);
    frame.inputs[0]!.dx = 5;
    const before = structuredClone(frame);
    world.step(frame);
    expect(frame).toEqual(before);
    const hash = world.hash();
    frame.inputs[0]!.dx = 6;
    expect(world.hash()).toBe(hash);
  });

  it("ends with a world that fits its declaration, or says what does not, with the path", () => {
    const { game } = orderGame();
    const wrong = defineGame({
      ...game,
      name: "wrong",
      step: (state) => void state.held.set(0, "yes" as never),
    });
    expect(() => new Simulation(wrong, 1).step(frameOf(game, {}))).toThrow(/^wrong\.held\[0\]: /);
  });
});

describe("two worlds of one seed", () => {
  it("are equal, of two seeds are not, and what setup returned stays the game's own", () => {
    const base = new Map([[1, 5]]);
    const kept = defineGame({
      name: "kept",
      tickRate: 20,
      seats: { min: 1, max: 1 },
      input: Input,
      state: schema({ at: t.map("int32") }, "KeptState"),
      setup: () => ({ at: base }),
      step: (state) => void state.at.set(1, state.at.get(1)! + 1),
    });
    const [a, b, c] = [1, 1, 2].map((seed) => new Simulation(kept, seed));
    expect(a!.hash()).toBe(b!.hash());
    expect(a!.hash(), "the random stream is part of the world").not.toBe(c!.hash());
    a!.step(createFrame(kept));
    expect(base.get(1)).toBe(5);
    expect(b!.state.at.get(1)).toBe(5);
  });
});

describe("R6: a snapshot and the frames since are as good as having been there", () => {
  it("for random games, at any tick, also by a copy; and the way back by bytes is exact", () => {
    everySeed(FILE, (random) => {
      const game = mixedGame(random.int(1, 16));
      const world = new Simulation(game, random.uint32());
      const restored = new Simulation(game, 0);
      const copied = new Simulation(game, 1);
      const ticks = random.int(1, 60);
      const from = random.int(0, ticks - 1);
      // Both begin dirty: whatever they were before must not show.
      for (let i = random.int(0, 5); i > 0; i--) restored.step(anyFrame(game, restored.seats, restored.tick, random));
      for (let i = random.int(0, 5); i > 0; i--) copied.step(anyFrame(game, copied.seats, copied.tick, random));
      for (let tick = 0; tick < ticks; tick++) {
        if (tick === from) {
          const snapshot = world.snapshot();
          expect(restored.restore(snapshot)).toBe(true);
          expect(restored.snapshot()).toEqual(snapshot);
          copied.copyFrom(world);
        }
        const frame = anyFrame(game, world.seats, tick, random);
        world.step(frame);
        if (tick < from) continue;
        restored.step(frame);
        copied.step(frame);
        expect([restored.hash(), copied.hash()], `from tick ${from}, at tick ${tick}`).toEqual([
          world.hash(),
          world.hash(),
        ]);
        expect(restored.state).toEqual(world.state);
      }
      expect([...restored.state.bodies.keys()], "the order of maps is state").toEqual([...world.state.bodies.keys()]);
    });
  });

  it("a copy is independent: neither sees what the other one does afterwards", () => {
    everySeed(FILE, (random) => {
      const game = mixedGame(4);
      const [a, b] = [new Simulation(game, 1), new Simulation(game, 2)];
      for (let i = 0; i < 5; i++) a.step(anyFrame(game, a.seats, a.tick, random));
      b.copyFrom(a);
      const snapshot = a.snapshot();
      for (let i = 0; i < 5; i++) b.step(anyFrame(game, b.seats, b.tick, random));
      expect(a.snapshot()).toEqual(snapshot);
      expect([a.tick, b.tick]).toEqual([5, 10]);
      const ahead = b.snapshot();
      a.step(anyFrame(game, a.seats, a.tick, random));
      expect(b.snapshot()).toEqual(ahead);
    });
  });

  it("a snapshot stays as it was when the world goes on", () => {
    const game = mixedGame(2);
    const world = new Simulation(game, 1);
    const snapshot = world.snapshot();
    const before = snapshot.slice();
    world.step(createFrame(game));
    world.snapshot();
    world.hash();
    expect(snapshot).toEqual(before);
  });
});
