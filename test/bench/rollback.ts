/** Section: going back 8 ticks and stepping forward again, with our copy and with `structuredClone`. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Game } from "../../shared/engine/game/game.ts";
import type { CloneRequest } from "./clone-process.ts";
import { arrayCrowd, mapCrowd } from "./crowd.ts";
import { inTurns, microsOf } from "./in-turns.ts";
import { COPIES, runtimeRollback, TICKS, workOf } from "./rollback-work.ts";
import { floorOf, type Row, type Section } from "./row.ts";

const REPETITIONS = 15;
const CALLS = 40;
const MOST_MICROS = 500;
const LEAST_RATIO = 20;

/** Asks the other process and waits: while one side is measured the other one sleeps. */
type Ask = (what: CloneRequest["what"]) => Promise<number>;

async function rollbackOf<I, S>(game: Game<I, S>, form: string, ask: Ask): Promise<Row[]> {
  const work = workOf(game, false);
  if (work.rollback() !== (await ask("hash"))) throw new Error(`${form}: the two rollbacks end in different worlds`);
  const samples = await inTurns(REPETITIONS, {
    ours: microsOf(CALLS, () => void work.rollback()),
    theirs: () => ask("rollback"),
    copies: microsOf(CALLS, work.copies),
    clones: () => ask("copies"),
    rules: microsOf(CALLS, work.rules),
    settle: microsOf(CALLS, work.settle),
    hash: microsOf(CALLS, work.hash),
    runtime: microsOf(CALLS, runtimeRollback(game)),
  });
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
    part("rules", "game.step alone: what the designer wrote"),
    part("settle", "codec.settle alone: the check that every value fits its declaration"),
    part("hash", "codec.encode (48 KB as an array, 52 KB as a map) and hashBytes"),
    {
      name: `${form} rollback of the client runtime`,
      unit: "us",
      ours: samples.spread("runtime"),
      about: `PredictedWorld.rollback over ${TICKS} ticks: 2 copies back (world, previous), ${TICKS} x Simulation.step with settle, 1 copy for drawing; no saves and no hashes, because the confirmed world is the saved state and the only one hashed`,
    },
  ];
}

export async function measureRollback(): Promise<Section> {
  const clones = fork(fileURLToPath(new URL("./clone-process.ts", import.meta.url)));
  const askAbout =
    (form: CloneRequest["form"]): Ask =>
    async (what) => {
      clones.send({ form, what } satisfies CloneRequest);
      const [answer] = (await once(clones, "message")) as [number];
      return answer;
    };
  const rows = [
    ...(await rollbackOf(arrayCrowd, "t.array", askAbout("array"))),
    ...(await rollbackOf(mapCrowd, "t.map", askAbout("map"))),
  ];
  clones.disconnect();
  return { title: "rollback: 1,000 entities x 8 numbers", rows };
}
