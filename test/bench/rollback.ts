/** Section: going back 8 ticks and stepping forward again, with our copy and with `structuredClone`. */
import { ByteWriter } from "../../shared/engine/codec/bytes.ts";
import { hashBytes } from "../../shared/engine/codec/hash.ts";
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import type { Plain } from "../../shared/engine/codec/plain.ts";
import type { Game, StepContext } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { OwnInputs } from "../../shared/engine/lockstep/own-inputs.ts";
import { PredictedWorld } from "../../shared/engine/lockstep/predicted-world.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";
import { arrayCrowd, mapCrowd } from "./crowd.ts";
import { inTurns, microsOf } from "./in-turns.ts";
import { floorOf, type Row, type Section } from "./row.ts";

const TICKS = 8;
const COPIES = TICKS + 1;
const REPETITIONS = 15;
const CALLS = 40;
const CLONE_CALLS = 3;
const MOST_MICROS = 500;
const LEAST_RATIO = 20;

/** The two ways of copying a world; `into` is what the copy may reuse. */
type CopyWorld<S> = (from: S, into: S) => S;

function rollbackOf<I, S>(game: Game<I, S>): Row[] {
  const { codec, state: confirmed } = new Simulation(game, 1);
  const neutral = inputCodecOf(game.input).create();
  const context = { tick: 0, random: new WorldRandom(1), input: () => neutral } as unknown as StepContext<Plain<I>>;
  const bytes = new ByteWriter();

  const hash = (state: Plain<S>): number => {
    codec.encode(state, bytes.reset());
    return hashBytes(bytes.view());
  };
  /** Back once, then for each tick: rules, check, save, hash. Returns the last hash. */
  const makeRollback = (copy: CopyWorld<Plain<S>>): (() => number) => {
    let world = codec.create();
    const saved = Array.from({ length: TICKS }, () => codec.create());
    return () => {
      let last = 0;
      world = copy(confirmed, world);
      for (let i = 0; i < TICKS; i++) {
        game.step(world, context);
        codec.settle(world);
        saved[i] = copy(world, saved[i]!);
        last = hash(world);
      }
      return last;
    };
  };
  const pooled: CopyWorld<Plain<S>> = (from, into) => {
    codec.copy(from, into);
    return into;
  };
  const cloned: CopyWorld<Plain<S>> = (from) => structuredClone(from);
  const [ours, theirs] = [makeRollback(pooled), makeRollback(cloned)];
  if (ours() !== theirs()) throw new Error(`${game.name}: the two rollbacks end in different worlds`);

  const copies = (copy: CopyWorld<Plain<S>>): (() => void) => {
    let into = codec.create();
    return () => {
      for (let i = 0; i < COPIES; i++) into = copy(confirmed, into);
    };
  };
  const stepped = new Simulation(game, 1).state;
  const samples = inTurns(REPETITIONS, {
    ours: microsOf(CALLS, ours),
    theirs: microsOf(CLONE_CALLS, theirs),
    copies: microsOf(CALLS, copies(pooled)),
    clones: microsOf(CLONE_CALLS, copies(cloned)),
    runtime: microsOf(CALLS, runtimeRollback(game)),
    rules: microsOf(CALLS, () => {
      for (let i = 0; i < TICKS; i++) game.step(stepped, context);
    }),
    settle: microsOf(CALLS, () => {
      for (let i = 0; i < TICKS; i++) codec.settle(stepped);
    }),
    hash: microsOf(CALLS, () => {
      for (let i = 0; i < TICKS; i++) hash(stepped);
    }),
  });

  const form = game.name === arrayCrowd.name ? "t.array" : "t.map";
  const floor = floorOf("the same with structuredClone", samples.of("theirs"), samples.of("ours"));
  const part = (name: "rules" | "settle" | "hash", about: string): Row => ({
    name: `${form} - of it, ${name} x ${TICKS}`,
    unit: "us",
    ours: samples.spread(name),
    about,
  });
  return [
    {
      name: `${form} ${TICKS}-tick rollback`,
      unit: "us",
      ours: samples.spread("ours"),
      floor,
      aim: {
        text: `< ${MOST_MICROS} us and > ${LEAST_RATIO} x`,
        isMet: samples.median("ours") < MOST_MICROS && floor.ratio.median > LEAST_RATIO,
      },
      about: `1,000 entities x (4 float64 + 4 int32): copy the confirmed world back once, then ${TICKS} x (game.step, codec.settle, copy to a saved state, encode + xxHash32 of the bytes)`,
    },
    {
      name: `${form} - of it, copies x ${COPIES}`,
      unit: "us",
      ours: samples.spread("copies"),
      floor: floorOf("structuredClone, as often", samples.of("clones"), samples.of("copies")),
      about: `codec.copy alone, ${COPIES} times, between two worlds of one shape`,
    },
    part("rules", "game.step alone"),
    part("settle", "codec.settle alone: the check that every value fits its declaration"),
    part("hash", "codec.encode (68 KB as an array, 72 KB as a map) and hashBytes"),
    {
      name: `${form} rollback as the client does it`,
      unit: "us",
      ours: samples.spread("runtime"),
      floor: floorOf("the rollback with structuredClone above", samples.of("theirs"), samples.of("runtime")),
      about: `PredictedWorld.rollback over ${TICKS} ticks: 2 copies back (world, previous), ${TICKS} x Simulation.step, 1 copy for drawing; no saves and no hashes, because the confirmed world is the saved state and the only one hashed`,
    },
  ];
}

function runtimeRollback<I, S>(game: Game<I, S>): () => void {
  const confirmed = new Simulation(game, 1);
  const predicted = new PredictedWorld(game, 2 * TICKS);
  const inputs = new OwnInputs(inputCodecOf(game.input), game.tickRate, 2 * TICKS);
  predicted.reset(confirmed);
  for (let i = 0; i < TICKS; i++) predicted.step(undefined, inputs);
  return () => {
    const ticks = predicted.rollback(confirmed, undefined, inputs);
    if (ticks !== TICKS) throw new Error(`${ticks} ticks were made again instead of ${TICKS}`);
  };
}

export function measureRollback(): Section {
  return {
    title: "rollback: 1,000 entities x 8 numbers",
    rows: [...rollbackOf(arrayCrowd), ...rollbackOf(mapCrowd)],
  };
}
