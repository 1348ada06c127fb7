/** The command `npm run bots` as a person runs it, without npm, and what became of it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Helper } from "../../kit/servers/calls.ts";
import type { CommandCalls } from "../../kit/servers/commands-process.ts";
import { TYPESCRIPT } from "../../kit/typescript.ts";
import type { Report } from "../report/report.ts";

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export interface Run extends Ended {
  /** The reports it was asked for; empty where it wrote none. */
  readonly html: string;
  readonly junit: string;
  readonly json: string;
}

const FILE = "test/load/run.ts";

/** A machine that runs tests is no machine to measure on: only a truly stuck generator makes a test inconclusive. */
const PATIENT = ["--max-delay", "5s"];

/** A command that hangs is ended, and what it started with it. */
const LONGEST_MS = 55_000;

export interface CommandOptions {
  readonly args: readonly string[];
  /** Is told what has been printed so far, each time there is more. */
  readonly onOutput?: (out: string, child: ChildProcess) => void;
  /** Most files that the command may open, as `ulimit -n` sets it. */
  readonly mostFiles?: number;
  /** Where it is run, when it needs no process of its own: neither heard while it runs, nor sent a signal. */
  readonly among?: Helper<CommandCalls>;
}

const readOrEmpty = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

/** As it is typed. */
export async function runCommand({ args, onOutput, mostFiles, among }: CommandOptions): Promise<Ended> {
  if (among !== undefined) return among.call("run", { file: FILE, args, env: { NO_COLOR: "1" } });
  const command = [process.execPath, ...TYPESCRIPT, FILE, ...args];
  const limited = ["sh", "-c", `ulimit -n ${mostFiles}; exec "$@"`, "sh", ...command];
  const [program, ...rest] = mostFiles === undefined ? command : limited;
  const child = spawn(program!, rest, { env: { ...process.env, NO_COLOR: "1" }, timeout: LONGEST_MS });
  let out = "";
  let error = "";
  child.stdout.on("data", (text: Buffer) => {
    out += text;
    onOutput?.(out, child);
  });
  child.stderr.on("data", (text: Buffer) => {
    error += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out, error };
}

/** With a report of every kind. */
export async function runBots({ args, ...how }: CommandOptions): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "phalanx-bots-"));
  const files = { html: join(folder, "r.html"), junit: join(folder, "r.xml"), json: join(folder, "r.json") };
  const reports = Object.entries(files).flatMap(([kind, file]) => [`--${kind}`, file]);
  const patience = args.includes("--max-delay") ? [] : PATIENT;
  const { code, out, error } = await runCommand({ ...how, args: [...args, ...patience, ...reports] });
  const [html, junit, json] = [files.html, files.junit, files.json].map(readOrEmpty) as [string, string, string];
  rmSync(folder, { recursive: true });
  return { code, out, error, html, junit, json };
}

export const reportIn = ({ json }: Run): Report => JSON.parse(json) as Report;

/** Whether what was printed says that bots are playing. */
export const hasBotsIn = (out: string): boolean => /bots [1-9]\d*\//.test(out);
