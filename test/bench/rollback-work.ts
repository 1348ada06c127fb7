/** The work of the rollback section, for one world and one way of copying it. */
import { ByteWriter } from "../../shared/engine/bytes/bytes.ts";
import { hashBytes } from "../../shared/engine/bytes/hash.ts";
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import type { Game, StepContext } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";
import { OwnInputs } from "../../shared/engine/lockstep/own-inputs.ts";
import { PredictedWorld } from "../../shared/engine/lockstep/predicted-world.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";

export const TICKS = 8;
export const COPIES = TICKS + 1;
/** A world fresh from `setup` copies faster than one that has lived: its numbers lie in a row in memory. */
const LIVED_TICKS = 200;

export interface Work {
  /** Back once, then for each tick: rules, check, save, hash. Returns the last hash. */
  rollback(): number;
  /** As many copies as a rollback makes. */
  copies(): void;
  rules(): void;
  settle(): void;
  hash(): void;
}

/** @param isCloning copy with `structuredClone`; otherwise with the codec, into worlds that exist already. */
export function workOf<I, S>(game: Game<I, S>, isCloning: boolean): Work {
  const { codec, state: confirmed } = new Simulation(game, 1);
  const neutral = inputCodecOf(game.input).create();
  const context = { tick: 0, random: new WorldRandom(1), input: () => neutral } as unknown as StepContext<Plain<I>>;
  const bytes = new ByteWriter();
  for (let i = 0; i < LIVED_TICKS; i++) game.step(confirmed, context);

  const copy = isCloning
    ? (from: Plain<S>) => structuredClone(from)
    : (from: Plain<S>, into: Plain<S>) => {
        codec.copy(from, into);
        return into;
      };
  const hash = (state: Plain<S>): number => {
    codec.encode(state, bytes.reset());
    return hashBytes(bytes.view());
  };
  let world = copy(confirmed, codec.create());
  let spare = codec.create();
  const saved = Array.from({ length: TICKS }, () => codec.create());
  return {
    rollback() {
      let last = 0;
      world = copy(confirmed, world);
      for (let i = 0; i < TICKS; i++) {
        game.step(world, context);
        codec.settle(world);
        saved[i] = copy(world, saved[i]!);
        last = hash(world);
      }
      return last;
    },
    copies() {
      for (let i = 0; i < COPIES; i++) spare = copy(world, spare);
    },
    rules() {
      for (let i = 0; i < TICKS; i++) game.step(world, context);
    },
    settle() {
      for (let i = 0; i < TICKS; i++) codec.settle(world);
    },
    hash() {
      for (let i = 0; i < TICKS; i++) hash(world);
    },
  };
}

/** The rollback of the client runtime itself. */
export function runtimeRollback<I, S>(game: Game<I, S>): () => void {
  const inputs = new OwnInputs(inputCodecOf(game.input), game.tickRate, 2 * TICKS);
  const predicted = new PredictedWorld(game, 2 * TICKS);
  const confirmed = new Simulation(game, 1);
  predicted.reset(confirmed);
  for (let i = 0; i < TICKS; i++) predicted.step(undefined, inputs);
  return () => {
    const ticks = predicted.rollback(confirmed, undefined, inputs);
    if (ticks !== TICKS) throw new Error(`${ticks} ticks were made again instead of ${TICKS}`);
  };
}
