/** The table as text: header, rows by section, one line about each row. */
import type { Machine } from "./machine.ts";
import type { Row, Section, Spread } from "./row.ts";

const COLUMNS = ["", "ours", "(min - max)", "floor", "(min - max)", "floor/ours", "(min - max)", "aim"] as const;
const GAP = "  ";

/** Three digits are more than a shared machine can promise. */
function digits(value: number): string {
  if (value !== 0 && Math.abs(value) < 1) return value.toFixed(3);
  return value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
}

const range = ({ min, max }: Spread): string => (min === max ? "" : `${digits(min)} - ${digits(max)}`);

function cells({ name, unit, ours, floor, aim }: Row): string[] {
  return [
    `  ${name}`,
    `${digits(ours.median)} ${unit}`,
    range(ours),
    floor === undefined ? "" : digits(floor.spread.median),
    floor === undefined ? "" : range(floor.spread),
    floor === undefined ? "" : `${digits(floor.ratio.median)} x`,
    floor === undefined ? "" : range(floor.ratio),
    aim === undefined ? "" : `${aim.text}: ${aim.isMet ? "met" : "MISSED"}`,
  ];
}

export function printMachine({ node, cpu, cores, load, date, commit, command }: Machine): string {
  const busy = `load ${load.toFixed(1)}`;
  return [
    `Phalanx bench  ${date}  commit ${commit ?? "unknown"}`,
    `Node ${node}, ${cpu}, ${cores} cores, ${busy}`,
    `$ ${command}`,
    "",
  ].join("\n");
}

export function printTable(sections: readonly Section[]): string {
  const rows = sections.flatMap((section) => section.rows);
  const widths = COLUMNS.map((title, i) => Math.max(title.length, ...rows.map((row) => cells(row)[i]!.length)));
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => (i === 0 || i === texts.length - 1 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
      .join(GAP)
      .trimEnd();
  const lines = [line(COLUMNS)];
  for (const { title, rows } of sections) lines.push(title, ...rows.map((row) => line(cells(row))));
  return `${lines.join("\n")}\n`;
}

export function printFooter(sections: readonly Section[]): string {
  const lines = [
    "",
    "What each row is (medians of repetitions, ours and floor in turns; floor/ours above 1: ours is less):",
  ];
  for (const { title, rows } of sections) {
    lines.push(title);
    for (const { name, about, floor } of rows)
      lines.push(`  ${name}: ${about}${floor === undefined ? "" : `; floor: ${floor.name}`}.`);
  }
  return `${lines.join("\n")}\n`;
}
