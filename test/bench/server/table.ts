/** The table of `npm run bench:server`: medians over repetitions with their range, and ratios within each repetition. */
import { type Spread, spreadOf } from "../row.ts";
import { type Contender, type Load, NATURES } from "./loads/contender.ts";
import type { Measured } from "./measure.ts";

const REFERENCE: Contender = "ws relay";
const RIVAL: Contender = "colyseus broadcast";

export const digits = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
/** Where nothing was measured. */
export const NOTHING = "-";
const shown = ({ median, min, max }: Spread): string => `${digits(median)} (${digits(min)} - ${digits(max)})`;

/** Undefined where a repetition has no such value. */
const COLUMNS: readonly (readonly [title: string, of: (measured: Measured) => number | undefined])[] = [
  ["us/client-tick", ({ microsPerClientTick }) => microsPerClientTick],
  ["server core", ({ serverLoad }) => serverLoad],
  ["ticks/s", ({ tickRate }) => tickRate],
  ["gap p50 ms", ({ interArrival }) => interArrival?.p50],
  ["gap p99 ms", ({ interArrival }) => interArrival?.p99],
  ["input p50 ms", ({ inputToFrame }) => inputToFrame?.p50],
  ["input p99 ms", ({ inputToFrame }) => inputToFrame?.p99],
  ["B/s down", ({ bytesDownPerSecond }) => bytesDownPerSecond],
  ["said/s", ({ saidPerSecond }) => saidPerSecond],
  ["B/s up", ({ bytesUpPerSecond }) => bytesUpPerSecond],
  ["RSS MB", ({ rssBytes }) => rssBytes / 1e6],
  ["generator core", ({ generatorLoad }) => generatorLoad],
];

function cell(all: readonly Measured[], of: (typeof COLUMNS)[number][1]): string {
  const values = all.map(of).filter((value) => value !== undefined);
  return values.length === 0 ? NOTHING : shown(spreadOf(values));
}

const mannerOf = (contender: Contender, { inputEvery }: Load): string => {
  if (NATURES[contender].manner === "as bots") return "as bots do";
  return inputEvery === 1 ? "after every frame" : `after every ${inputEvery} frames`;
};

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
      mannerOf(contender, load),
      ...COLUMNS.map(([, of]) => cell(all, of)),
      ...to.map((floor) => ratio(all, floor)),
    ];
  });
  const header = ["", "clients speak", ...COLUMNS.map(([title]) => title), `x ${REFERENCE}`, `x ${RIVAL}`];
  const { rooms, perRoom, tickRate } = load;
  return [
    `${rooms} rooms x ${perRoom} clients at ${tickRate} Hz`,
    textTable(header, rows),
    "",
    "Medians over repetitions with their range; ratios within each repetition. Bytes are those of the sockets, TCP's own",
    "headers not counted. The floors do no game work; phalanx steps and hashes every tick. A generator core near 1 means",
    "that the generator was the limit, and the row says nothing. Inputs cannot be found again in state patches.",
    "",
  ].join("\n");
}
