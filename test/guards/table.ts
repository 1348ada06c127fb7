/** The table guard x bug: what each guard says of each broken game. */
import { buildAsPage } from "../kit/browsers/page-built.ts";
import { type Bug, bugs } from "./bug.ts";
import { COLUMNS, type Column, type Guard } from "./columns.ts";

export interface Row {
  readonly bug: Bug;
  /** What the guards said that caught it, in the order of the columns. */
  readonly said: ReadonlyMap<Column, string>;
}

const columns = Object.entries(COLUMNS) as [Column, Guard][];

/** One after the other: traps and games' own mischief touch what all of the process shares. */
export async function measure(): Promise<Row[]> {
  const built = await buildAsPage(Object.fromEntries(bugs.map(({ name, path }) => [name, path])));
  const rows: Row[] = [];
  for (const bug of bugs) {
    const said = new Map<Column, string>();
    for (const [column, guard] of columns) {
      const sentence = await guard(bug, built);
      if (sentence !== undefined) said.set(column, sentence);
    }
    rows.push({ bug, said });
  }
  await built.remove();
  return rows;
}

export function printTable(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ bug }) => bug.name.length));
  const line = (name: string, cell: (column: Column) => string): string =>
    [name.padEnd(width), ...columns.map(([column]) => cell(column).padEnd(column.length))].join("  ").trimEnd();
  const caught = (column: Column): string => String(rows.filter(({ said }) => said.has(column)).length);
  return [
    line("", (column) => column),
    ...rows.map(({ bug, said }) => line(bug.name, (column) => (said.has(column) ? "x" : "."))),
    line(`caught of ${rows.length}`, caught),
    "",
  ].join("\n");
}

/** Every sentence that was said. */
export function printSentences(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ bug, said }) => [
    bug.name,
    ...[...said].map(([column, sentence]) => `  ${column}: ${sentence.split("\n").join("\n    ")}`),
  ]);
  return `${lines.join("\n")}\n`;
}
