/** The curves of our cost: one figure grows at a time, everything else stays as it is. */
import { spreadOf } from "../row.ts";
import type { Contender, Load } from "./loads/contender.ts";
import { type Measured, measure } from "./measure.ts";
import type { Options } from "./options.ts";
import type { Curve } from "./plot.ts";
import { digits, NOTHING, textTable } from "./table.ts";

export interface Sweep {
  readonly title: string;
  readonly unit: string;
  readonly contender: Contender;
  readonly values: readonly number[];
  /** Loads small enough that none fills the core: a full one batches, and costs less a client. */
  readonly load: (value: number) => Partial<Load>;
}

export const SWEEPS: readonly Sweep[] = [
  {
    title: "Rooms of two",
    unit: "rooms",
    contender: "phalanx arena",
    values: [1, 10, 50, 100, 200, 400],
    load: (rooms) => ({ rooms, perRoom: 2 }),
  },
  {
    title: "Players in a room, 256 in all",
    unit: "players a room",
    contender: "phalanx entities",
    values: [2, 4, 8, 16, 32, 64],
    load: (perRoom) => ({ rooms: 256 / perRoom, perRoom }),
  },
  {
    title: "Ticks a second, 40 rooms of eight",
    unit: "Hz",
    contender: "phalanx arena",
    values: [10, 20, 30, 60],
    load: (tickRate) => ({ rooms: 40, perRoom: 8, tickRate }),
  },
  {
    title: "Entities in the world, 10 rooms of eight",
    unit: "entities",
    contender: "phalanx entities",
    values: [10, 100, 1000, 5000],
    load: (entities) => ({ rooms: 10, perRoom: 8, entities }),
  },
];

/** A value of what is varied, and what every repetition measured there. */
export interface Measurements {
  readonly value: number;
  readonly all: readonly Measured[];
}

/** Medians over repetitions. */
export function curveOf({ title, unit }: Sweep, points: readonly Measurements[]) {
  const median = (all: readonly Measured[], of: (one: Measured) => number): number => spreadOf(all.map(of)).median;
  const rows = points.map(({ value, all }) => ({
    value,
    clients: all[0]!.clients,
    core: median(all, ({ serverLoad }) => serverLoad),
    micros: median(all, ({ microsPerClientTick }) => microsPerClientTick),
    down: median(all, ({ bytesDownPerSecond }) => bytesDownPerSecond),
    rate: median(all, ({ tickRate }) => tickRate),
    gap: all.some(({ interArrival }) => interArrival === null)
      ? null
      : median(all, ({ interArrival }) => interArrival!.p99),
  }));
  return { title, unit, points: rows };
}

export function curveTable({ unit, points }: ReturnType<typeof curveOf>): string {
  const header = [unit, "clients", "server core", "us/client-tick", "B/s down", "ticks/s", "gap p99 ms"];
  const cells = points.map((row) => [
    String(row.value),
    String(row.clients),
    digits(row.core),
    digits(row.micros),
    digits(row.down),
    row.rate.toFixed(2),
    row.gap === null ? NOTHING : digits(row.gap),
  ]);
  return textTable(header, cells);
}

export async function measureCurves(
  { load, repetitions }: Options,
  say: (text: string) => void,
  print: (text: string) => void,
): Promise<Curve[]> {
  const curves: Curve[] = [];
  for (const sweep of SWEEPS) {
    const points = sweep.values.map((value) => ({ value, all: [] as Measured[] }));
    for (let repetition = 1; repetition <= repetitions; repetition++)
      for (const { value, all } of points) {
        say(`${repetition}: ${sweep.title}: ${value}`);
        all.push(await measure(sweep.contender, { ...load, ...sweep.load(value) }));
      }
    const curve = curveOf(sweep, points);
    print(`${sweep.title} (${sweep.contender})\n${curveTable(curve)}\n\n`);
    curves.push(curve);
  }
  return curves;
}
