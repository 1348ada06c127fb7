/** The machine and the moment of a measurement: without them no number means anything. */
import { execFileSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { relative } from "node:path";

export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  /** Load average of the last minute when the run began; above `cores` the machine was busy with other things. */
  readonly load: number;
  readonly date: string;
  /** With a plus where files differ from it; undefined outside a git clone. */
  readonly commit: string | undefined;
  readonly command: string;
}

function git(...args: string[]): string | undefined {
  try {
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

function commit(): string | undefined {
  const hash = git("rev-parse", "--short", "HEAD");
  return hash === undefined ? undefined : hash + (git("status", "--porcelain") === "" ? "" : "+");
}

export function describeMachine(): Machine {
  const [, script = "", ...args] = process.argv;
  return {
    node: process.version,
    cpu: `${cpus()[0]?.model.trim() ?? "unknown"} (${process.arch})`,
    cores: cpus().length,
    load: loadavg()[0]!,
    date: new Date().toISOString(),
    commit: commit(),
    command: ["node", ...process.execArgv, relative(process.cwd(), script), ...args].join(" "),
  };
}
