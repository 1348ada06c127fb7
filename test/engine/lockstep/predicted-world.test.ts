/** The world ahead of the confirmed one: right guesses stay, wrong ones are stepped again, never past the window (R8). */
import { beforeEach, describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { OwnInputs } from "../../../shared/engine/lockstep/own-inputs.ts";
import { PredictedWorld } from "../../../shared/engine/lockstep/predicted-world.ts";
import { createFrame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { everySeed, playsAllSeeds } from "../../kit/every-seed.ts";
import { anyFrame, anyMixedInput, type MixedFrame, type MixedInput, mixedGame } from "../../kit/games/mixed-game.ts";

const FILE = "test/engine/lockstep/predicted-world.test.ts";
const WINDOW = 10;
const OWN = 1;
const SEATS = 3;

const game = mixedGame(SEATS);

function twoWorlds() {
  const confirmed = new Simulation(game, 7);
  const first = createFrame(game);
  first.joins.push(0, 1);
  first.inputs[0]!.dx = 3;
  confirmed.step(first);
  const predicted = new PredictedWorld(game, WINDOW);
  predicted.reset(confirmed);
  const inputs = new OwnInputs<MixedInput>(inputCodecOf(game.input), game.tickRate, 2 * WINDOW);
  return { confirmed, predicted, inputs };
}

let worlds: ReturnType<typeof twoWorlds>;
beforeEach(() => {
  worlds = twoWorlds();
});

/** Predicts one tick with an input of one's own. */
function predict(input: Partial<MixedInput> = {}): void {
  const { predicted, inputs } = worlds;
  inputs.set(predicted.world.tick, { ...inputCodecOf(game.input).create(), ...input });
  predicted.step(OWN, inputs);
}

/** The frame that follows the confirmed world when everybody goes on as before, but for the own input. */
function heldFrame(own: Partial<MixedInput> = {}): MixedFrame {
  const { confirmed } = worlds;
  const frame = createFrame(game);
  frame.tick = confirmed.tick;
  for (const seat of [0, 1]) frame.inputs[seat] = { ...confirmed.seats.input(seat) };
  Object.assign(frame.inputs[OWN]!, own);
  return frame;
}

/** Steps the confirmed world; true when that is what had been guessed. */
function confirm(frame: MixedFrame): boolean {
  const isGuessed = worlds.predicted.guessed(frame, worlds.confirmed);
  worlds.confirmed.step(frame);
  return isGuessed;
}

describe("a guess", () => {
  it("is right when others want what they wanted last: nothing needs to be stepped again", () => {
    for (let i = 0; i < 4; i++) predict({ dx: 1 });
    const ahead = worlds.predicted.world.hash();
    for (let i = 0; i < 4; i++) expect(confirm(heldFrame({ dx: 1 }))).toBe(true);
    expect(worlds.confirmed.hash()).toBe(ahead);
  });

  it.each([
    ["another wants something else", (frame: MixedFrame) => (frame.inputs[0]!.fires = true)],
    ["the own input came to something else", (frame: MixedFrame) => (frame.inputs[OWN]!.dx = 2)],
    ["somebody joins", (frame: MixedFrame) => frame.joins.push(2)],
    ["somebody leaves", (frame: MixedFrame) => frame.leaves.push(0)],
  ])("is wrong when %s", (_what, change) => {
    predict({ dx: 1 });
    const frame = heldFrame({ dx: 1 });
    change(frame);
    expect(confirm(frame)).toBe(false);
  });

  it("does not look at what seats want that nobody holds", () => {
    predict();
    const frame = heldFrame();
    frame.inputs[2]!.dx = 99;
    expect(confirm(frame)).toBe(true);
  });

  it("was not made for a tick that was never predicted", () => {
    expect(confirm(heldFrame())).toBe(false);
  });

  it("whose place in the ring has gone to a later tick is not known any more, however alike the two are", () => {
    for (let i = 0; i <= WINDOW; i++) predict();
    expect(worlds.predicted.guessed(heldFrame(), worlds.confirmed)).toBe(true);
    predict();
    expect(worlds.predicted.guessed(heldFrame(), worlds.confirmed)).toBe(false);
  });
});

describe("a rollback", () => {
  it("becomes the confirmed world, stepped again with the local inputs and everybody else's newest one", () => {
    for (const dx of [1, 2, 3, 4]) predict({ dx });
    const frame = heldFrame({ dx: 1 });
    frame.inputs[0]!.reach = 1000;
    expect(confirm(frame)).toBe(false);
    expect(worlds.predicted.rollback(worlds.confirmed, OWN, worlds.inputs)).toBe(3);
    expect(worlds.predicted.world.tick).toBe(5);

    const witness = new Simulation(game, 0);
    witness.copyFrom(worlds.confirmed);
    const before = [2, 3, 4].map((dx) => {
      const state = structuredClone(witness.state);
      const next = createFrame(game);
      next.tick = witness.tick;
      next.inputs[0] = { ...witness.seats.input(0) };
      next.inputs[OWN] = { ...witness.seats.input(OWN), dx };
      witness.step(next);
      return state;
    });
    expect(worlds.predicted.world.hash()).toBe(witness.hash());
    expect(worlds.predicted.previous, "and the tick before, for drawing in between").toEqual(before.at(-1));
  });

  it("steps nothing when the confirmed world is further, and is drawn from where it was", () => {
    predict();
    const { state, codec } = worlds.predicted.world;
    const shown = codec.create();
    codec.copy(state, shown);
    confirm(heldFrame());
    confirm(heldFrame({ dx: 9 }));
    expect(worlds.predicted.rollback(worlds.confirmed, OWN, worlds.inputs)).toBe(0);
    expect(worlds.predicted.world.hash()).toBe(worlds.confirmed.hash());
    expect(worlds.predicted.previous).toEqual(shown);
  });

  it("of the last tick alone leaves the tick before it to be drawn from: nobody jumps there", () => {
    const { confirmed, predicted, inputs } = worlds;
    predict();
    const before = predicted.world.codec.create();
    predicted.world.codec.copy(confirmed.state, before);
    const frame = heldFrame();
    frame.inputs[0]!.dx = -2;
    expect(confirm(frame)).toBe(false);
    expect(predicted.rollback(confirmed, OWN, inputs)).toBe(0);
    expect(predicted.world.hash()).toBe(confirmed.hash());
    expect(predicted.previous).toEqual(before);
  });

  it("never goes past the window (R8)", () => {
    for (let i = 0; i < WINDOW + 5; i++) predict();
    expect(worlds.predicted.rollback(worlds.confirmed, OWN, worlds.inputs)).toBe(WINDOW);
    expect(worlds.predicted.world.tick).toBe(worlds.confirmed.tick + WINDOW);
  });

  it("leaves the confirmed world as it is", () => {
    for (let i = 0; i < 5; i++) predict({ dx: 1 });
    const snapshot = worlds.confirmed.snapshot();
    worlds.predicted.rollback(worlds.confirmed, OWN, worlds.inputs);
    expect(worlds.confirmed.snapshot()).toEqual(snapshot);
  });
});

it("for any frames: not rolled back where guessed, and equal to the confirmed world resimulated where not", () => {
  let [right, wrong] = [0, 0];
  everySeed(FILE, (random: WorldRandom) => {
    worlds = twoWorlds();
    const { confirmed, predicted, inputs } = worlds;
    for (let i = 0; i < 60; i++) {
      while (predicted.world.tick < confirmed.tick + random.int(1, WINDOW)) {
        const last = predicted.world.seats.input(OWN);
        predict(random.chance(0.3) ? anyMixedInput(random) : { ...last });
      }
      const target = predicted.world.tick;
      const frame = anyFrame(game, confirmed.seats, confirmed.tick, random, { leave: 0.03, join: 0.1, change: 0.1 });
      const own = inputs.get(frame.tick);
      if (own !== undefined && random.chance(0.9)) frame.inputs[OWN] = { ...own };
      const isGuessed = confirm(frame);
      if (isGuessed) right++;
      else {
        wrong++;
        const depth = predicted.rollback(confirmed, OWN, inputs);
        expect([predicted.world.tick, depth]).toEqual([target, target - confirmed.tick]);
      }
      const witness = new PredictedWorld(game, WINDOW);
      witness.reset(confirmed);
      while (witness.world.tick < target) witness.step(OWN, inputs);
      expect(predicted.world.hash(), `after frame ${frame.tick}, guessed ${isGuessed}`).toBe(witness.world.hash());
    }
  });
  if (playsAllSeeds) expect([right > 100, wrong > 100]).toEqual([true, true]);
});
