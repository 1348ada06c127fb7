/** Section: the skirmish with 2,000 units: a step, a rollback, and how large the world is. */
import {
  type ArmyWorld,
  armiesAtRest,
  armiesInBattle,
  armiesMarching,
  emptyWorld,
  stepQuietly,
  unitsIn,
} from "../kit/games/armies.ts";
import { inTurns, microsOf } from "./in-turns.ts";
import { type Row, type Section, type Spread, spreadOf } from "./row.ts";

const TICKS = 8;
const REPETITIONS = 15;
const CALLS = 10;
const MOST_STEP_MS = 2;
/** What four times slower is still within a draw at 60 Hz. */
const MOST_ROLLBACK_MS = 1000 / 60 / 4;

export async function measureArmies(): Promise<Section> {
  const worlds = { "at rest": armiesAtRest(), marching: armiesMarching(), "in battle": armiesInBattle() };
  const rows: Row[] = [];
  for (const [name, world] of Object.entries(worlds)) rows.push(...(await rowsOf(name, world)));
  return { title: "armies: the skirmish with 2,000 units", rows };
}

async function rowsOf(name: string, world: ArmyWorld): Promise<Row[]> {
  const predicted = emptyWorld();
  const rollback = (): void => {
    predicted.copyFrom(world);
    for (let i = 0; i < TICKS; i++) stepQuietly(predicted);
  };
  const samples = await inTurns(REPETITIONS, {
    rollback: microsOf(CALLS, rollback),
    copy: microsOf(CALLS, () => predicted.copyFrom(world)),
    hash: microsOf(CALLS, () => void world.hash()),
  });
  const millis = (part: "rollback" | "copy" | "hash"): Spread =>
    spreadOf(samples.of(part).map((micros) => micros / 1000));
  const copies = samples.of("copy");
  const step = spreadOf(samples.of("rollback").map((micros, i) => (micros - copies[i]!) / TICKS / 1000));
  const whole = millis("rollback");
  return [
    {
      name: `${name}: a step`,
      unit: "ms",
      ours: step,
      aim: { text: `< ${MOST_STEP_MS} ms`, isMet: step.median < MOST_STEP_MS },
      about: `${unitsIn(world)} units; rules and the check that every value fits`,
    },
    {
      name: `${name}: ${TICKS}-tick rollback`,
      unit: "ms",
      ours: whole,
      aim: { text: `< ${MOST_ROLLBACK_MS.toFixed(1)} ms`, isMet: whole.median < MOST_ROLLBACK_MS },
      about: `one copy of the world and ${TICKS} steps; the aim is a draw at 60 Hz on a device four times slower`,
    },
    {
      name: `${name}: a copy`,
      unit: "ms",
      ours: millis("copy"),
      about: "Simulation.copyFrom into a world that exists",
    },
    { name: `${name}: a hash`, unit: "ms", ours: millis("hash"), about: "of the snapshot's bytes" },
    {
      name: `${name}: a snapshot`,
      unit: "KB",
      ours: spreadOf([world.snapshot().length / 1024]),
      about: "the whole world as it travels",
    },
  ];
}
