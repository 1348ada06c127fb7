/** Recordings in words, as `npm run replay` prints them. */
import { type Difference, shownValue } from "../../shared/engine/codec/diff.ts";
import type { RecordedReport } from "../../shared/recording/recorded-report.ts";
import type { Recording } from "../../shared/recording/recording.ts";
import type { Replayer } from "../../shared/recording/replayer.ts";
import type { Mark, Roster } from "../../shared/recording/roster.ts";

/** A world in one line is no longer. */
const MOST_LINE = 160;
const SECONDS_PER_MINUTE = 60;

export const differenceLine = ({ path, a, b }: Difference): string => `${path}: ${shownValue(a)} | ${shownValue(b)}`;

function lasting(ticks: number, tickRate: number): string {
  const seconds = Math.round(ticks / tickRate);
  const rest = String(seconds % SECONDS_PER_MINUTE).padStart(2, "0");
  return `${Math.floor(seconds / SECONDS_PER_MINUTE)}:${rest}`;
}

export function headLines(recording: Recording): string[] {
  const { head, firstTick, endTick, blocks, isWhole, goodBytes } = recording;
  const optional = (name: string, value: unknown): string[] =>
    value === undefined ? [] : [`${name.padEnd(9)} ${typeof value === "string" ? value : JSON.stringify(value)}`];
  return [
    `game      ${head.game}`,
    ...optional("room", head.room),
    `began     ${new Date(head.began).toISOString()}`,
    `ticks     ${firstTick} to ${endTick}, ${head.tickRate} a second: ${lasting(endTick - firstTick, head.tickRate)} minutes`,
    `blocks    ${blocks.length}, ${goodBytes} bytes${isWhole ? "" : "; it was not written to its end"}`,
    ...optional("rules", head.logic),
    `protocol  ${head.protocol}`,
    `engine    ${head.engine}`,
    ...optional("options", head.options),
    ...optional("seed", head.seed),
    "",
  ];
}

export function reportLines({ tick, verdict, client, engines, differences }: RecordedReport): string[] {
  const { id, seat } = client;
  return [
    `desync    the step that made tick ${tick}, of ${id}${seat === undefined ? "" : ` at seat ${seat}`}: ${verdict}`,
    `engines   ${engines.server} | ${engines.client}`,
    "differs   (server | client)",
    ...differences.map((difference) => `            ${differenceLine(difference)}`),
    "",
  ];
}

export function rosterWords(roster: Roster): string {
  const seats = roster.map(
    ({ seat, kind, name, isAway }) => `${seat} ${name}${kind === "bot" ? " (bot)" : ""}${isAway ? " (away)" : ""}`,
  );
  return `seats: ${seats.length === 0 ? "nobody" : seats.join(", ")}`;
}

export function markLine({ kind, seat, text }: Mark): string {
  return [kind, ...(seat === undefined ? [] : [`seat ${seat}`]), ...(text === "" ? [] : [text])].join("  ");
}

/** A value of a world, briefly. */
function brief(value: unknown): string {
  if (value instanceof Map) return `${value.size} of them`;
  if (Array.isArray(value)) return `${value.length} of them`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function worldWords({ world, hash, roster }: Replayer<unknown, unknown>): string {
  const fields = Object.entries(world.state as Record<string, unknown>).map(
    ([name, value]) => `${name} ${brief(value)}`,
  );
  const names = roster.map(({ name }) => name).join(", ");
  const line = `${hash.toString(16).padStart(8, "0")}  ${names}  ${fields.join(", ")}`;
  return line.length <= MOST_LINE ? line : `${line.slice(0, MOST_LINE)}...`;
}
