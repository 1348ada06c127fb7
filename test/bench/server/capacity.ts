/** The capacity of one core: more and more clients, until ticks or inputs come too late. */
import { type Contender, type LineJudge, type Load, NATURES } from "./loads/contender.ts";
import { type Measured, measure } from "./measure.ts";
import { mostHeld } from "./most-held.ts";
import { oneByOne } from "./one-by-one.ts";
import type { Options } from "./options.ts";
import { digits, NOTHING, textTable } from "./table.ts";

const TRIED: readonly Contender[] = ["ws relay", "colyseus broadcast", "phalanx arena", "phalanx arena, talkative"];
export const FLOOR: Contender = "colyseus broadcast";
/**
 * A load is held within these: the mean rate (of which Colyseus's own timer loses two parts of a hundred without any
 * load), the distance of two frames in ticks, and an input's way to its frame.
 */
const RATE_ERROR: Readonly<Record<LineJudge, number>> = {
  phalanx: 0.005,
  tcp: 0.005,
  websocket: 0.005,
  colyseus: 0.05,
};
const MOST_GAP_TICKS = 2;
const MOST_LATENCY_MS = 75;
/** A shared machine has slow seconds, too: each attempt is up to so many measurements of the same processes. */
const MEASUREMENTS = 5;
/** Above it the generator is the limit, and says nothing about the server. */
const MOST_GENERATOR = 0.95;

/** Why a load was not held; undefined when it was. */
export function failureOf(
  contender: Contender,
  { tickRate, interArrival, inputToFrame, generatorLoad }: Measured,
  load: Load,
): string | undefined {
  const tickMs = 1000 / load.tickRate;
  if (Math.abs(tickRate - load.tickRate) > RATE_ERROR[NATURES[contender].speech] * load.tickRate)
    return `${tickRate.toFixed(2)} ticks a second`;
  if (interArrival === null) return "no frames";
  if (interArrival.p99 >= MOST_GAP_TICKS * tickMs) return `frames ${interArrival.p99.toFixed(0)} ms apart (p99)`;
  if (inputToFrame === null) return "no input in a frame";
  if (inputToFrame.p99 >= MOST_LATENCY_MS) return `inputs in frames after ${inputToFrame.p99.toFixed(0)} ms (p99)`;
  return generatorLoad > MOST_GENERATOR ? "the generator is the limit" : undefined;
}

/** The first measurement in which the load is held, or else the last of them. */
export async function tryToHold(contender: Contender, load: Load, say: (text: string) => void): Promise<Measured> {
  say(`${contender}: ${load.rooms * load.perRoom} clients`);
  return measure(contender, load, {
    measurements: MEASUREMENTS,
    isEnough: (measured) => failureOf(contender, measured, load) === undefined,
  });
}

export interface Capacity {
  readonly clients: number;
  readonly limit: string;
  readonly last: Measured | undefined;
}

async function capacityOf(
  contender: Contender,
  wanted: Load,
  measureInTurn: (contender: Contender, load: Load) => Promise<Measured>,
): Promise<Capacity> {
  const { last, limit } = await mostHeld(wanted.rooms, async (rooms) => {
    const load = { ...wanted, rooms };
    const measured = await measureInTurn(contender, load);
    return { measured, failure: failureOf(contender, measured, load) };
  });
  return { clients: last?.clients ?? 0, limit, last };
}

export function capacityTable(found: ReadonlyMap<Contender, Capacity>): string {
  const floor = found.get(FLOOR)?.clients;
  const header = [
    "",
    "clients",
    `x ${FLOOR}`,
    "ticks a second",
    "gap p99 ms",
    "input p99 ms",
    "server core",
    "generator core",
    "then",
  ];
  const shown = (value: number | undefined): string => (value === undefined ? NOTHING : digits(value));
  const rows = [...found].map(([contender, { clients, last, limit }]) => [
    contender,
    String(clients),
    floor === undefined || floor === 0 ? NOTHING : (clients / floor).toFixed(2),
    last === undefined ? NOTHING : last.tickRate.toFixed(2),
    ...[last?.interArrival?.p99, last?.inputToFrame?.p99, last?.serverLoad, last?.generatorLoad].map(shown),
    limit,
  ]);
  return textTable(header, rows);
}

export async function findCapacities(
  { load, contenders }: Options,
  say: (text: string) => void,
  print: (text: string) => void,
): Promise<object> {
  const measureInTurn = oneByOne((contender: Contender, load: Load) => tryToHold(contender, load, say));
  const search = async (name: Contender) => [name, await capacityOf(name, load, measureInTurn)] as const;
  const tried = TRIED.filter((name) => contenders.includes(name));
  const found = new Map<Contender, Capacity>(await Promise.all(tried.map(search)));
  print(`The most clients in rooms of ${load.perRoom} at ${load.tickRate} Hz that one core holds in time:\n`);
  print(`${capacityTable(found)}\n`);
  return { capacity: Object.fromEntries(found) };
}
