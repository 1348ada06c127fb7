/** The table of `npm run bench:server`: medians over repetitions with their range, and ratios within each repetition. */
import { type Spread, spreadOf } from "../row.ts";
import type { Contender, Load } from "./contender.ts";
import type { Measured } from "./measure.ts";

const REFERENCE: Contender = "ws relay";
const RIVAL: Contender = "colyseus broadcast";

export const digits = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
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

const ratio = (all: readonly Measured[], floor: readonly Measured[] | undefined): string =>
  floor === undefined
    ? ""
    : shown(spreadOf(all.map((one, i) => one.microsPerClientTick / floor[i]!.microsPerClientTick)));

/** Columns as wide as what is in them. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  return [header, ...rows]
    .map((cells) =>
      cells
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

export function tableOf(measured: ReadonlyMap<Contender, readonly Measured[]>, load: Load): string {
  const to = [measured.get(REFERENCE), measured.get(RIVAL)];
  const rows = [...measured].map(([contender, all]) => {
    return [
      contender,
      ...COLUMNS.map(([, of]) => shown(spreadOf(all.map(of)))),
      ...to.map((floor) => ratio(all, floor)),
    ];
  });
  const header = ["", ...COLUMNS.map(([title]) => title), `x ${REFERENCE}`, `x ${RIVAL}`];
  const { rooms, perRoom, tickRate, inputEvery } = load;
  return [
    `${rooms} rooms x ${perRoom} clients at ${tickRate} Hz, an input after every ${inputEvery === 1 ? "" : `${inputEvery} `}frame(s)`,
    textTable(header, rows),
    "",
    "Medians over repetitions with their range; ratios within each repetition. Bytes are those of the sockets, TCP's own",
    "headers not counted. The floors do no game work; phalanx steps and hashes every tick. A generator core near 1 means",
    "that the generator was the limit, and the row says nothing.",
    "",
  ].join("\n");
}
