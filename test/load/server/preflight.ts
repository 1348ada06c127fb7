/** The checks before the first bot starts: one sentence for each problem, which says what to do. */
import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { noAnswerSentence } from "../bots/no-answer.ts";
import type { Options } from "../options/options.ts";
import { mostBots } from "../options/stages.ts";
import { CannotRun } from "./cannot-run.ts";
import { lookAt } from "./server-watch.ts";

/** Files and sockets that a process has open besides its bots' sockets; a join has a second one for a moment. */
const SPARE_FILES = 64;
/** More processes than that many bots can keep busy would only take the server's cores. */
const BOTS_FOR_A_PROCESS = 50;

/** One core is the server's when it is ours. */
export function processesFor({ processes, stages, perRoom, url }: Options, cores = availableParallelism()): number {
  if (processes !== "auto") return processes;
  const bots = mostBots(stages);
  const free = Math.max(1, url === undefined ? cores - 1 : cores);
  return Math.min(free, Math.ceil(bots / perRoom), Math.ceil(bots / BOTS_FOR_A_PROCESS));
}

/** How many files a process may have open; Infinity where that cannot be asked. */
function fileLimit(): number {
  try {
    const text = execFileSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }).trim();
    return text === "unlimited" ? Number.POSITIVE_INFINITY : Number(text);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** @throws CannotRun when there are more bots than sockets. */
export function checkFiles(options: Options, processes: number, limit = fileLimit()): void {
  const bots = mostBots(options.stages);
  const inRooms = Math.ceil(Math.ceil(bots / options.perRoom) / processes) * options.perRoom;
  // Of a server of our own every bot is a socket too.
  const needed = SPARE_FILES + (options.url === undefined ? bots : Math.min(bots, inRooms));
  if (needed <= limit) return;
  const ways = [`run ulimit -n ${needed} first`, "take fewer bots"];
  if (options.url !== undefined) ways.push("more --processes");
  throw new CannotRun(
    `${bots} bots need ${needed} open files in one process, and ${limit} are allowed here: ${ways.join(", or ")}.`,
  );
}

/** @throws CannotRun when nobody is there, or somebody else, or who has not the game. */
export async function checkServer(url: string, game: string): Promise<void> {
  const look = await lookAt(url);
  if (look.kind === "silent") throw new CannotRun(noAnswerSentence(url, look.code));
  if (look.kind === "stranger")
    throw new CannotRun(`What answers at ${url} is not a Phalanx server; give the address of one.`);
  if (look.kind === "open" && !look.answer.games.includes(game))
    throw new CannotRun(`The server at ${url} has no game "${game}"; it has ${look.answer.games.join(", ")}.`);
}
