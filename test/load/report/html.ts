/** A report as one HTML file that needs nothing else: the verdict first, then what it rests on. */

import { totalSeconds } from "../options/stages.ts";
import { COUNT_NAMES, COUNTS, DISTRIBUTION_NAMES, DISTRIBUTIONS } from "../verdict/metrics.ts";
import type { Second } from "../verdict/second.ts";
import { type Curve, drawCurves } from "./curves.ts";
import { drawHeatMap } from "./heat-map.ts";
import { STYLE } from "./html-style.ts";
import { escapeMarkup } from "./markup.ts";
import { counted } from "./plural.ts";
import type { Report } from "./report.ts";
import { figure } from "./summary.ts";

const MOST_ROWS = 20;

type Cell = string | { readonly number: string };

function table(heads: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const cell = (tag: string, content: Cell): string =>
    typeof content === "string"
      ? `<${tag}>${escapeMarkup(content)}</${tag}>`
      : `<${tag} class="n">${escapeMarkup(content.number)}</${tag}>`;
  const row = (tag: string, cells: readonly Cell[]): string =>
    `<tr>${cells.map((one) => cell(tag, one)).join("")}</tr>`;
  const head = heads.some((one) => one !== "") ? row("th", heads) : "";
  return `<div class="scroll"><table>${head}${rows.map((cells) => row("td", cells)).join("")}</table></div>`;
}

const n = (value: number | undefined, digits = 1): Cell => ({
  number: value === undefined ? "-" : value.toFixed(digits),
});

function verdictPart({ verdict }: Report): string {
  const rows = verdict.checks.map(({ text, value, unit, isMet }) => [
    isMet ? "held" : "FAILED",
    text,
    { number: figure(value, unit) },
  ]);
  return `<h1 class="${verdict.outcome}">${verdict.outcome}</h1><p>${escapeMarkup(verdict.sentence)}</p>${table(["", "condition", { number: "was" }], rows)}`;
}

function curvesPart({ seconds, plan }: Report): string {
  const at = seconds.map(({ second }) => second);
  // Where the stages after the first one begin.
  const begins = plan.stages.slice(1).map((_, i) => totalSeconds(plan.stages.slice(0, i + 1)));
  const draw = (
    title: string,
    unit: string,
    of: Readonly<Record<string, (row: Second) => number | undefined>>,
  ): string => {
    const curves: Curve[] = Object.entries(of).map(([name, read]) => ({ name, values: seconds.map(read) }));
    const small = unit === "" ? "" : ` <small>${escapeMarkup(unit)}</small>`;
    return `<h2>${title}${small}</h2>${drawCurves(at, curves, begins)}`;
  };
  return [
    draw("Frame lateness over time", "ms", {
      p50: ({ lateness }) => lateness?.p50,
      p95: ({ lateness }) => lateness?.p95,
      p99: ({ lateness }) => lateness?.p99,
    }),
    draw("Input to frame over time", "ms", {
      p50: ({ inputToFrame }) => inputToFrame?.p50,
      p99: ({ inputToFrame }) => inputToFrame?.p99,
    }),
    draw("Memory of the server over time", "MB", {
      resident: ({ serverMemory }) => serverMemory,
      "heap in use": ({ serverHeap }) => serverHeap,
    }),
    draw("Bots over time", "", { wanted: ({ wanted }) => wanted, "in step": ({ inStep }) => inStep }),
    draw("Bytes per player and second", "B/s", { down: ({ bytesDown }) => bytesDown, up: ({ bytesUp }) => bytesUp }),
    draw("CPU of one core", "%", {
      server: ({ serverCpu }) => serverCpu,
      "busiest generator": ({ generatorCpu }) => generatorCpu,
    }),
    draw("Churn, kills and recovery", "in a second", {
      replaced: ({ churned }) => churned,
      killed: ({ kills }) => kills,
      back: ({ rejoins }) => rejoins,
      refused: ({ joinFailures }) => joinFailures,
    }),
  ].join("");
}

function figuresPart({ distributions, counts }: Report): string {
  const rows = DISTRIBUTION_NAMES.flatMap((name) => {
    const summary = distributions[name];
    if (summary === undefined) return [];
    const { count, min, mean, p50, p95, p99, max } = summary;
    const { unit, about } = DISTRIBUTIONS[name];
    return [[name, unit, n(min), n(mean), n(p50), n(p95), n(p99), n(max), n(count, 0), about]];
  });
  const heads = ["min", "mean", "p50", "p95", "p99", "max", "count"].map((number) => ({ number }));
  const counted = COUNT_NAMES.map((name) => [name, n(counts[name], 0), COUNTS[name].about]);
  return `<h2>Figures</h2>${table(["", "", ...heads, ""], rows)}<h2>Counts</h2>${table(["", { number: "" }, ""], counted)}`;
}

function joinsPart({ slowestJoins, rejoins, troubles }: Report): string {
  const row = ({ at, bot, room, ms }: Report["rejoins"][number]): Cell[] => [n(at), n(bot, 0), room, n(ms, 0)];
  const heads: Cell[] = [{ number: "at second" }, { number: "bot" }, "room", { number: "ms" }];
  const slowest = [...rejoins].sort((a, b) => b.ms - a.ms).slice(0, MOST_ROWS);
  const refusals = troubles
    .slice(0, MOST_ROWS)
    .map(({ atFault, reason, times }): Cell[] => [n(times, 0), atFault, reason]);
  return [
    `<h2>Slowest joins</h2>${table(heads, slowestJoins.map(row))}`,
    `<h2>Slowest recoveries from a lost connection (${rejoins.length} in all)</h2>${table(heads, slowest.map(row))}`,
    refusals.length === 0
      ? ""
      : `<h2>Refusals and ends</h2>${table([{ number: "times" }, "at fault", "what was said"], refusals)}`,
  ].join("");
}

function desyncPart({ desyncs, finding }: Report): string {
  const [first] = desyncs;
  if (first === undefined) return "<h2>First desync</h2><p>There was none.</p>";
  const found =
    `<h2>First desync (${desyncs.length} in all)</h2><p>At second ${first.at.toFixed(1)}: bot ${first.bot}, room ` +
    `${escapeMarkup(first.room)}, found at tick ${first.tick}.`;
  if (finding === undefined)
    return (
      `${found} The server has written what differed to its <code>reports/</code> folder; ` +
      "<code>npm run desync -- reports/&lt;file&gt;</code> runs it again, and the page with <code>?replay</code> shows it.</p>"
    );
  const { file, tick, culprit, verdict, differences } = finding;
  const rows = differences.map(({ path, a, b }) => [path, JSON.stringify(a), JSON.stringify(b)]);
  return (
    `${found} The worlds differed first at tick ${tick}. ${escapeMarkup(`${verdict} (${culprit})`)}</p>` +
    `${table(["field", "server", "client"], rows)}<p><code>npm run desync -- ${escapeMarkup(file)}</code> runs it again, and the page with <code>?replay</code> shows it.</p>`
  );
}

/** A value as people read it: no braces, and no "undefined". */
function shown(value: unknown): string {
  if (value === undefined || value === null) return "none";
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([name, part]) => `${name} ${shown(part)}`)
    .join(", ");
}

/** What was asked for, in words. */
function planRows({ plan }: Report): Cell[][] {
  const { stages, url, network, churn, kill, ...rest } = plan;
  const words = {
    ...{ url: url ?? "a server of its own", network: network ?? "as it is" },
    stages: stages.map(({ bots, seconds }) => `${counted(bots, "bot")} for ${seconds} s`),
    churn: `${(churn * 100).toFixed(1)} % a minute`,
    kill: `${(kill * 100).toFixed(1)} % a minute`,
    ...rest,
  };
  return Object.entries(words).map(([name, value]) => [name, shown(value)]);
}

function environmentPart(report: Report): string {
  const { environment, server, command, seed } = report;
  const flat = (object: object): Cell[][] => Object.entries(object).map(([name, value]) => [name, shown(value)]);
  const about =
    `Seed ${seed}: each bot draws the same random numbers again, and the world begins with others. When a bot comes and ` +
    "which tick an input meets is decided by real time, so the match is not the same.";
  return [
    server === undefined ? "" : `<h2>What the server said</h2>${table(["", ""], flat(server))}`,
    `<h2>Environment</h2>${table(["", ""], flat(environment))}`,
    `<h2>Command</h2><p><code>${escapeMarkup(command)}</code></p><p class="about">${about}</p>`,
    table(["", ""], planRows(report)),
  ].join("");
}

export function htmlOf(report: Report): string {
  const heat = drawHeatMap(report.rooms, report.latenessSteps);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${report.verdict.outcome}: npm run bots, ${escapeMarkup(report.plan.game)}</title>
<style>${STYLE}</style></head><body>
${verdictPart(report)}
${curvesPart(report)}
<h2>Rooms x lateness</h2>
${heat}
${figuresPart(report)}
${joinsPart(report)}
${desyncPart(report)}
${environmentPart(report)}
</body></html>
`;
}
