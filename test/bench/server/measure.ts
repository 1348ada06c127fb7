/** One measurement of one contender: a server process and a generator process, each on a core of its own. */
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Contender, Load, Usage } from "./loads/contender.ts";
import type { Score } from "./loads/generator.ts";

export interface Measured extends Score {
  /** Microseconds of the server's CPU for one tick of one client. */
  readonly microsPerClientTick: number;
  /** Share of one core that the server needed. */
  readonly serverLoad: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

export interface MeasureOptions {
  /** A folder for a CPU profile of the server, which then costs more. */
  readonly profile?: string | undefined;
  /** Node's own flags for the server. */
  readonly flags?: readonly string[];
  /** Measures the same processes again, up to `measurements` times in all, until this is so: shared machines have slow seconds. */
  readonly isEnough?: (measured: Measured) => boolean;
  readonly measurements?: number;
  /** Node's flags that make it read TypeScript; tsx when left out, as in production. */
  readonly loader?: readonly string[];
}

const TSX = ["--import", "tsx"];
const hasCores = availableParallelism() >= 2;

/** Two processes on one core would measure each other; where there is only one, or no taskset, nothing is pinned. */
function pin(child: ChildProcess, core: number): void {
  if (!hasCores || child.pid === undefined) return;
  try {
    execFileSync("taskset", ["-a", "-c", "-p", String(core), String(child.pid)], { stdio: "ignore" });
  } catch {
    // No taskset on this machine: the kernel decides, and the ranges show it.
  }
}

function start(module: string, args: readonly string[], core: number, flags: readonly string[]): ChildProcess {
  const child = fork(fileURLToPath(new URL(module, import.meta.url)), args as string[], {
    env: { ...process.env, LOG_LEVEL: "silent", NODE_ENV: "production" },
    execArgv: [...flags],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  pin(child, core);
  return child;
}

/** The next message of a process that is ours: some library may send its own. */
async function told<Message>(child: ChildProcess, isMine: (message: Message) => boolean): Promise<Message> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null): void =>
      reject(new Error(`a process of the bench ended with ${code}; what it says is above`));
    const take = (message: Message): void => {
      if (!isMine(message)) return;
      child.off("message", take).off("exit", fail);
      resolve(message);
    };
    child.on("message", take).once("exit", fail);
  });
}

async function usageOf(server: ChildProcess): Promise<Usage> {
  const answer = told<Usage>(server, ({ cpuMicros }) => cpuMicros !== undefined);
  server.send("usage");
  return answer;
}

/** It ends when it is told, having written its profile; and by itself when nobody is there to tell it. */
async function end(server: ChildProcess): Promise<void> {
  const { exitCode, signalCode } = server;
  if (exitCode !== null || signalCode !== null) throw new Error(`the server ended with ${signalCode ?? exitCode}`);
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.send("end");
  await ended;
}

async function measureOnce(server: ChildProcess, generator: ChildProcess, seconds: number): Promise<Measured> {
  await told(generator, (message) => message === "measuring");
  const before = await usageOf(server);
  const scored = told<{ score: Score }>(generator, (message) => message.score !== undefined);
  await told(generator, (message) => message === "measured");
  const after = await usageOf(server);
  const { score } = await scored;
  const micros = after.cpuMicros - before.cpuMicros;
  return {
    ...score,
    microsPerClientTick: micros / (score.clients * score.tickRate * seconds),
    serverLoad: micros / 1e6 / seconds,
    rssBytes: after.rssBytes,
    heapBytes: after.heapBytes,
  };
}

export async function measure(
  contender: Contender,
  load: Load,
  { profile, flags = [], isEnough = () => true, measurements = 1, loader = TSX }: MeasureOptions = {},
): Promise<Measured> {
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const server = start("loads/target.ts", [contender, JSON.stringify(load)], 0, [...flags, ...profiling, ...loader]);
  let generator: ChildProcess | undefined;
  try {
    const { port } = await told<{ port: number }>(server, (message) => message.port !== undefined);
    generator = start("loads/generator.ts", [contender, String(port), JSON.stringify(load)], 1, loader);
    for (let i = 1; ; i++) {
      const measured = await measureOnce(server, generator, load.seconds);
      if (i === measurements || isEnough(measured)) return measured;
      generator.send("again");
    }
  } finally {
    if (generator?.connected) generator.disconnect();
    await end(server);
  }
}
