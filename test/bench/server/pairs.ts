/**
 * A load of the floor and so many times as much of ours, in turns. A search for the most clients takes a quarter of an hour, in
 * which a shared machine is twice as fast and half as fast again; the two of a pair have it within the same minute.
 */
import { spreadOf } from "../row.ts";
import { FLOOR, failureOf } from "./capacity.ts";
import type { Contender, Load } from "./loads/contender.ts";
import type { Measured } from "./measure.ts";
import type { Options } from "./options.ts";
import { digits, NOTHING, textTable } from "./table.ts";

const OURS: Contender = "phalanx arena";

interface Side {
  readonly contender: Contender;
  readonly measured: Measured;
  /** Why the load was not held; undefined when it was. */
  readonly failure: string | undefined;
}

interface Pair {
  readonly floor: Side;
  readonly ours: Side;
}

function row({ contender, measured, failure }: Side): string[] {
  const { clients, tickRate, interArrival, inputToFrame, serverLoad } = measured;
  const late = [interArrival, inputToFrame].map((spent) => (spent === null ? NOTHING : digits(spent.p99)));
  return [contender, String(clients), failure ?? "held", tickRate.toFixed(2), ...late, digits(serverLoad)];
}

/** Every pair, then how many were held, and what ours needed of a core as a multiple of what the floor did. */
export function pairsTable(pairs: readonly Pair[]): string {
  const header = ["", "clients", "", "ticks a second", "gap p99 ms", "input p99 ms", "server core"];
  const rows = pairs.flatMap(({ floor, ours }) => [row(floor), row(ours)]);
  const held = (side: keyof Pair): number => pairs.filter((pair) => pair[side].failure === undefined).length;
  const { median, min, max } = spreadOf(
    pairs.map(({ floor, ours }) => ours.measured.serverLoad / floor.measured.serverLoad),
  );
  const range = `${digits(median)} x the floor's (${digits(min)} - ${digits(max)})`;
  const sum = `of ${pairs.length} pairs the floor held ${held("floor")}, ours ${held("ours")}; ours needed ${range}`;
  return `${textTable(header, rows)}\n${sum}\n`;
}

export async function measurePairs(
  { load, repetitions, times }: Pick<Options, "load" | "repetitions" | "times">,
  tryToHold: (contender: Contender, load: Load) => Promise<Measured>,
  print: (text: string) => void,
): Promise<{ readonly pairs: readonly Pair[] }> {
  const side = async (contender: Contender, rooms: number): Promise<Side> => {
    const wanted = { ...load, rooms };
    const measured = await tryToHold(contender, wanted);
    return { contender, measured, failure: failureOf(contender, measured, wanted) };
  };
  const pairs: Pair[] = [];
  for (let i = 0; i < repetitions; i++)
    pairs.push({ floor: await side(FLOOR, load.rooms), ours: await side(OURS, Math.ceil(load.rooms * times)) });
  print(pairsTable(pairs));
  return { pairs };
}
