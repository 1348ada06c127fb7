/** The work of the armies section: what is measured of a world with 2,000 units, in Node and in a page alike. */
import {
  type ArmyWorld,
  armiesAtRest,
  armiesInBattle,
  armiesMarching,
  emptyWorld,
  stepQuietly,
  unitsIn,
} from "../../kit/games/armies.ts";
import { inTurns, microsOf } from "../in-turns.ts";

export const TICKS = 8;
const REPETITIONS = 15;
const CALLS = 10;

const WORLDS = { "at rest": armiesAtRest, marching: armiesMarching, "in battle": armiesInBattle };

/** Milliseconds of each repetition, and the size of the world. */
export interface ArmyFigures {
  readonly name: string;
  readonly units: number;
  readonly snapshotBytes: number;
  readonly step: readonly number[];
  readonly rollback: readonly number[];
  readonly copy: readonly number[];
  readonly hash: readonly number[];
}

export async function measureArmyWorlds(): Promise<ArmyFigures[]> {
  const figures: ArmyFigures[] = [];
  for (const [name, make] of Object.entries(WORLDS)) figures.push(await measure(name, make()));
  return figures;
}

async function measure(name: string, world: ArmyWorld): Promise<ArmyFigures> {
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
  const millis = (part: "rollback" | "copy" | "hash"): number[] => samples.of(part).map((micros) => micros / 1000);
  const copy = millis("copy");
  const whole = millis("rollback");
  return {
    name,
    units: unitsIn(world),
    snapshotBytes: world.snapshot().length,
    step: whole.map((ms, i) => (ms - copy[i]!) / TICKS),
    rollback: whole,
    copy,
    hash: millis("hash"),
  };
}
