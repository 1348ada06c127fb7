/** Engines that are programs: they are given script files, and print. A process for each job. */
import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bundle } from "./bundle.ts";
import { type Engine, TimeLimit } from "./engine.ts";

const MOST_OUTPUT = 1 << 28;

export interface Shell {
  readonly name: string;
  readonly version: string;
  /** The program and its arguments that run these scripts one after the other in one global scope. */
  readonly command: (bundle: string, job: string) => readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
}

/** Output of a program; rejects with what it says last when it fails, and when it runs longer than the limit. */
export function output(
  [program, ...args]: readonly [string, ...string[]],
  limitMs: number,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const options = { encoding: "utf8", timeout: limitMs, killSignal: "SIGKILL", maxBuffer: MOST_OUTPUT, env } as const;
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if (error.killed) reject(new TimeLimit(limitMs));
      else reject(new Error(reasonIn(stderr) ?? error.message));
    });
  });
}

/** The line that a person would read first. */
function reasonIn(stderr: string): string | undefined {
  const lines = stderr.split("\n").map((line) => line.trim());
  return lines.find((line) => /^(\w*Error|Exception)\b.*:/.test(line)) ?? lines.find((line) => line !== "");
}

export function shellEngine({ name, version, command, env }: Shell, { file, folder }: Bundle): Engine {
  let jobs = 0;
  return {
    name,
    version,
    jobsAtOnce: 2,
    async run(job, limitMs) {
      const script = join(folder, `${name.replace(/\W/g, "-")}-${jobs++}.cjs`);
      await writeFile(script, `(globalThis.print ?? console.log)(answer(${JSON.stringify(job)}));\n`);
      const printed = await output(command(file, script), limitMs, env);
      await rm(script);
      return printed;
    },
    close: () => Promise.resolve(),
  };
}
