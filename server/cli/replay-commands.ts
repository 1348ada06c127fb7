/** The commands of `npm run replay`: each prints what it found, and returns the code that the process ends with. */
import { writeFileSync } from "node:fs";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { compare } from "../../shared/recording/compare.ts";
import { cut } from "../../shared/recording/cut.ts";
import { Replayer } from "../../shared/recording/replayer.ts";
import { verify } from "../../shared/recording/verify.ts";
import { gameOf, open, Unusable } from "./replay-file.ts";
import { writeJson } from "./replay-json.ts";
import { differenceLine, headLines, markLine, reportLines, rosterWords, worldWords } from "./replay-words.ts";

export interface ReplayOptions {
  readonly games: readonly AnyGame[];
  readonly files: readonly string[];
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly every?: string | undefined;
  readonly out?: string | undefined;
  readonly worlds: boolean;
}

const SAME = 0;
const DIFFERS = 1;
const UNREADABLE = 2;

function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

function tickOf(name: string, text: string | undefined, byDefault: number): number {
  const tick = text === undefined ? byDefault : Number(text);
  if (!Number.isSafeInteger(tick) || tick < 0) throw new Unusable(`--${name} ${text} is no tick.`);
  return tick;
}

function only({ files }: ReplayOptions): string {
  if (files.length > 1) throw new Unusable("Name one recording.");
  return files[0]!;
}

function verifyOne(file: string, games: readonly AnyGame[]): number {
  const recording = open(file);
  const game = gameOf(file, recording, games);
  const begun = performance.now();
  const { ticks, digests, keyframes, divergence, fault } = verify(game, recording);
  const seconds = (performance.now() - begun) / 1000;
  const speed = Math.round(ticks / Math.max(seconds, 0.001));
  say(`${file}: ${ticks} ticks, ${digests} digests and ${keyframes} keyframes compared, ${speed} ticks a second`);
  if (divergence !== undefined) {
    const { equalTick, tick, fields, fieldsTick } = divergence;
    say(`  ANOTHER WORLD: the same up to tick ${equalTick}, and no more at tick ${tick}.`);
    if (fieldsTick === undefined) say("  There is no keyframe behind it that would say in what.");
    else say(`  At tick ${fieldsTick} (this machine | recorded):`);
    for (const field of fields) say(`    ${differenceLine(field)}`);
  }
  if (fault !== undefined) say(`  ${fault}`);
  if (divergence !== undefined) return DIFFERS;
  return fault === undefined ? SAME : UNREADABLE;
}

/** Each of the files, even if one cannot be read. */
function verifyAll({ files, games }: ReplayOptions): number {
  const codes = files.map((file) => {
    try {
      return verifyOne(file, games);
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      say(error.message);
      return UNREADABLE;
    }
  });
  return codes.includes(DIFFERS) ? DIFFERS : Math.max(...codes);
}

function info(options: ReplayOptions): number {
  const recording = open(only(options));
  const { report } = recording;
  for (const line of [...headLines(recording), ...(report === undefined ? [] : reportLines(report))]) say(line);
  let seats = "";
  for (const index of recording.blocks.keys()) {
    const block = recording.block(index);
    if (typeof block === "string") throw new Unusable(block);
    const lines = [
      ...block.rosters.map(({ tick, what }) => ({ tick, line: rosterWords(what) })),
      ...block.marks.map(({ tick, what }) => ({ tick, line: markLine(what) })),
    ].sort((a, b) => a.tick - b.tick);
    for (const { tick, line } of lines) {
      // Every block begins with a roster.
      if (line === seats) continue;
      if (line.startsWith("seats")) seats = line;
      say(`${String(tick).padStart(8)}  ${line}`);
    }
  }
  if (recording.fault === undefined) return SAME;
  say(recording.fault);
  return UNREADABLE;
}

function play(options: ReplayOptions): number {
  const file = only(options);
  const recording = open(file);
  const replayer = Replayer.open(gameOf(file, recording, options.games), recording);
  if (typeof replayer === "string") throw new Unusable(`${file}: ${replayer}`);
  const from = tickOf("from", options.from, recording.firstTick);
  const to = tickOf("to", options.to, recording.endTick);
  const every = Math.max(1, tickOf("every", options.every, recording.head.tickRate));
  for (let tick = from; tick <= Math.max(from, to); tick += every) {
    const fault = replayer.seek(tick);
    if (fault !== undefined) throw new Unusable(fault);
    say(`${String(tick).padStart(8)}  ${replayer.isTrue ? "" : "NOT THE RECORDED WORLD  "}${worldWords(replayer)}`);
  }
  return SAME;
}

function cutOut(options: ReplayOptions): number {
  const file = only(options);
  const recording = open(file);
  if (options.out === undefined) throw new Unusable("Name the file for the part: --out part.phx");
  const from = tickOf("from", options.from, recording.firstTick);
  const to = tickOf("to", options.to, recording.endTick);
  const part = cut(gameOf(file, recording, options.games), recording, from, to);
  if (typeof part === "string") throw new Unusable(`${file}: ${part}`);
  try {
    writeFileSync(options.out, part, { flag: "wx" });
  } catch (error) {
    throw new Unusable(`${options.out} cannot be written: ${(error as Error).message}`);
  }
  say(`${options.out}: ticks ${from} to ${to}, ${part.length} bytes`);
  return SAME;
}

function diff({ files, games }: ReplayOptions): number {
  const [one, other] = files;
  if (other === undefined || files.length > 2) throw new Unusable("Name two recordings.");
  const [a, b] = [open(one!), open(other)];
  const game = gameOf(one!, a, games);
  if (a.head.logic !== b.head.logic) say("They were recorded with different rules; both are played with these.");
  const found = compare(game, a, b);
  if (typeof found === "string") throw new Unusable(found);
  const { firstTick, endTick, tick, fields } = found;
  if (tick !== undefined) {
    const before =
      tick === firstTick ? "it is the first that both have" : `they are the same from tick ${firstTick} to ${tick - 1}`;
    say(`They differ at tick ${tick}; ${before} (${one} | ${other}):`);
    for (const field of fields) say(`  ${differenceLine(field)}`);
    return DIFFERS;
  }
  say(`They are the same from tick ${firstTick} to ${endTick}.`);
  if (a.endTick === b.endTick && a.firstTick === b.firstTick) return SAME;
  say(`The first has the ticks ${a.firstTick} to ${a.endTick}, the second ${b.firstTick} to ${b.endTick}.`);
  return DIFFERS;
}

function exportJson(options: ReplayOptions): number {
  const file = only(options);
  const recording = open(file);
  const replayer = Replayer.open(gameOf(file, recording, options.games), recording);
  if (typeof replayer === "string") throw new Unusable(`${file}: ${replayer}`);
  const from = tickOf("from", options.from, recording.firstTick);
  const to = tickOf("to", options.to, recording.endTick);
  const fault = writeJson(replayer, { from, to, worlds: options.worlds }, (text) => process.stdout.write(text));
  if (fault !== undefined) throw new Unusable(fault);
  return SAME;
}

export const COMMANDS: Readonly<Record<string, (options: ReplayOptions) => number>> = {
  verify: verifyAll,
  info,
  play,
  cut: cutOut,
  diff,
  "export-json": exportJson,
};
