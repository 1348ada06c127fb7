/** The relay in C: compiled where there is a compiler, run as a child, its usage read from /proc. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Load, Usage } from "./contender.ts";

const SOURCE = fileURLToPath(new URL("relay.c", import.meta.url));
/** The kernel counts CPU time in hundredths of a second for whoever asks. */
const MICROS_PER_CLOCK_TICK = 10_000;
const KIB = 1024;

/** Why it cannot be run here; undefined when it can. */
export function whyNoCRelay(): string | undefined {
  if (process.platform !== "linux") return "it needs Linux's epoll";
  return spawnSync("cc", ["--version"], { stdio: "ignore" }).status === 0 ? undefined : "no C compiler (cc) was found";
}

/** Ends with this process. */
export async function startCRelay(load: Load): Promise<{ readonly port: number; readonly usage: () => Usage }> {
  const folder = mkdtempSync(join(tmpdir(), "phalanx-relay-"));
  const program = join(folder, "relay");
  execFileSync("cc", ["-O2", "-D_GNU_SOURCE", "-o", program, SOURCE]);
  const relay = spawn(program, [String(load.perRoom), String(load.tickRate)], { stdio: ["pipe", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve) => relay.stdout.once("data", (line) => resolve(Number(line))));
  rmSync(folder, { recursive: true });
  return { port, usage: () => usageOf(relay.pid!) };
}

/** See proc(5): the 14th and 15th field are CPU time in user mode and in the kernel. */
function usageOf(pid: number): Usage {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  const cpuMicros = (Number(fields[11]) + Number(fields[12])) * MICROS_PER_CLOCK_TICK;
  const rss = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return { cpuMicros, rssBytes: Number(rss?.[1]) * KIB, heapBytes: 0 };
}
