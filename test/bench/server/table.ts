/** The table of `npm run bench:server`: medians over repetitions with their range, and ratios within each repetition. */
import type { Contender, Load } from "./contender.ts";
import type { Measured } from "./measure.ts";

const REFERENCE: Contender = "ws relay";

interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1]!, min: sorted[0]!, max: sorted.at(-1)! };
}

const digits = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
const shown = ({ median, min, max }: Spread): string => `${digits(median)} (${digits(min)} - ${digits(max)})`;

const COLUMNS: readonly (readonly [title: string, of: (measured: Measured) => number])[] = [
  ["us/client-tick", ({ microsPerClientTick }) => microsPerClientTick],
  ["server core", ({ serverLoad }) => serverLoad],
  ["ticks/s", ({ tickRate }) => tickRate],
  ["gap p50 ms", ({ interArrival }) => interArrival.p50],
  ["gap p99 ms", ({ interArrival }) => interArrival.p99],
  ["input p50 ms", ({ inputToFrame }) => inputToFrame.p50],
  ["input p99 ms", ({ inputToFrame }) => inputToFrame.p99],
  ["B/s down", ({ bytesDownPerSecond }) => bytesDownPerSecond],
  ["said/s", ({ saidPerSecond }) => saidPerSecond],
  ["B/s up", ({ bytesUpPerSecond }) => bytesUpPerSecond],
  ["RSS MB", ({ rssBytes }) => rssBytes / 1e6],
  ["generator core", ({ generatorLoad }) => generatorLoad],
];

export function tableOf(measured: ReadonlyMap<Contender, readonly Measured[]>, load: Load): string {
  const reference = measured.get(REFERENCE);
  const rows = [...measured].map(([contender, all]) => {
    const ratios = reference?.map((floor, i) => all[i]!.microsPerClientTick / floor.microsPerClientTick);
    return [
      contender,
      ...COLUMNS.map(([, of]) => shown(spreadOf(all.map(of)))),
      ratios === undefined ? "" : shown(spreadOf(ratios)),
    ];
  });
  const header = ["", ...COLUMNS.map(([title]) => title), `x ${REFERENCE}`];
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join("  ")
      .trimEnd();
  const { rooms, perRoom, tickRate, inputEvery } = load;
  return [
    `${rooms} rooms x ${perRoom} clients at ${tickRate} Hz, an input after every ${inputEvery === 1 ? "" : `${inputEvery} `}frame(s)`,
    line(header),
    ...rows.map(line),
    "",
    "Medians over repetitions with their range; ratios within each repetition. Bytes are those of the sockets, TCP's own",
    "headers not counted. The floors do no game work; phalanx steps and hashes every tick. A generator core near 1 means",
    "that the generator was the limit, and the row says nothing.",
    "",
  ].join("\n");
}
