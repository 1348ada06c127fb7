/** Section: the skirmish with 2,000 units: a step, a rollback, and how large the world is. */

import { type Row, type Section, spreadOf } from "../row.ts";
import { measureArmiesInPage, SLOWDOWN } from "./armies-page.ts";
import { type ArmyFigures, measureArmyWorlds, TICKS } from "./armies-work.ts";

const DRAW_MS = 1000 / 60;

/** Where it is measured, and what it may take there. */
interface Place {
  readonly name: string;
  readonly about: string;
  readonly mostStepMs: number;
  readonly mostRollbackMs: number;
}

const NODE: Place = {
  name: "",
  about: "the aim is a draw at 60 Hz on a device four times slower",
  mostStepMs: 2,
  mostRollbackMs: DRAW_MS / SLOWDOWN,
};
const PAGE: Place = {
  name: `Chromium, ${SLOWDOWN} x slower, `,
  about: `in a page built as for players, under DevTools' brake of ${SLOWDOWN}; the aim is a draw at 60 Hz`,
  mostStepMs: 8,
  mostRollbackMs: DRAW_MS,
};

export async function measureArmies(): Promise<Section> {
  const inPage = await measureArmiesInPage();
  const rows = (await measureArmyWorlds()).flatMap((figures) => [...timesOf(figures, NODE), ...sizesOf(figures)]);
  const title = "armies: the skirmish with 2,000 units";
  if (inPage === undefined) return { title: `${title} (there is no Chromium here: Node only)`, rows };
  return { title, rows: [...rows, ...inPage.flatMap((figures) => timesOf(figures, PAGE))] };
}

function timesOf({ name, units, step, rollback }: ArmyFigures, place: Place): Row[] {
  const steps = spreadOf(step);
  const rollbacks = spreadOf(rollback);
  return [
    {
      name: `${place.name}${name}: a step`,
      unit: "ms",
      ours: steps,
      aim: { text: `< ${place.mostStepMs} ms`, isMet: steps.median < place.mostStepMs },
      about: `${units} units; rules and the check that every value fits`,
    },
    {
      name: `${place.name}${name}: ${TICKS}-tick rollback`,
      unit: "ms",
      ours: rollbacks,
      aim: { text: `< ${place.mostRollbackMs.toFixed(1)} ms`, isMet: rollbacks.median < place.mostRollbackMs },
      about: `one copy of the world and ${TICKS} steps; ${place.about}`,
    },
  ];
}

function sizesOf({ name, copy, hash, snapshotBytes }: ArmyFigures): Row[] {
  return [
    {
      name: `${name}: a copy`,
      unit: "ms",
      ours: spreadOf(copy),
      about: "Simulation.copyFrom into a world that exists",
    },
    { name: `${name}: a hash`, unit: "ms", ours: spreadOf(hash), about: "of the snapshot's bytes" },
    {
      name: `${name}: a snapshot`,
      unit: "KB",
      ours: spreadOf([snapshotBytes / 1024]),
      about: "the whole world as it travels",
    },
  ];
}
