/** A server as a process of its own, on a free port, and what it says: `npm start` without its build, or any other command. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { TYPESCRIPT } from "../typescript.ts";
import { until } from "../until.ts";

const SERVER: readonly string[] = [process.execPath, ...TYPESCRIPT, "server/boot/main.ts"];
/** A build included. */
const START_MS = 60_000;

/** As in a shell of its own: what the npm that runs the tests says of itself would be taken for the word of the one started. */
const withoutNpm = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.toLowerCase().startsWith("npm_")));

export class StartedServer {
  readonly process: ChildProcess;
  /** Exit code and signal, when it has ended. */
  readonly ended: Promise<unknown[]>;
  #out = "";
  readonly #log: Record<string, unknown>[] = [];
  /** How much of what it said has been read into the log. */
  #read = 0;

  private constructor(env: Readonly<Record<string, string>>, [program, ...args]: readonly string[]) {
    this.process = spawn(program!, args, {
      env: { ...withoutNpm(process.env), PORT: "0", ...env },
      stdio: ["ignore", "pipe", "inherit"],
      // A group of its own, as a terminal's job is.
      detached: true,
    });
    this.process.stdout?.on("data", (text: Buffer) => {
      this.#out += text;
    });
    this.ended = once(this.process, "exit");
  }

  /** @param env settings, as in the environment. @param command what starts it. @param mostMs how long that may take. */
  static async start(
    env: Readonly<Record<string, string>>,
    command = SERVER,
    mostMs = START_MS,
  ): Promise<StartedServer> {
    const server = new StartedServer(env, command);
    await until("the server is up", () => server.port > 0, mostMs);
    return server;
  }

  get port(): number {
    return Number(/localhost:(\d+)/.exec(this.#out)?.[1] ?? 0);
  }

  /** What it has logged so far. */
  get log(): readonly Record<string, unknown>[] {
    const end = this.#out.lastIndexOf("\n") + 1;
    for (const line of this.#out.slice(this.#read, end).split("\n"))
      if (line.startsWith("{") && line.endsWith("}")) this.#log.push(JSON.parse(line) as Record<string, unknown>);
    this.#read = end;
    return this.#log;
  }

  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }

  /** As a terminal does with Ctrl-C, and systemd with its stop: to everybody who belongs to it. */
  signalAll(name: NodeJS.Signals): void {
    process.kill(-this.process.pid!, name);
  }

  /** Ends it and all that it has started, whatever state they are in. */
  async kill(): Promise<void> {
    try {
      this.signalAll("SIGKILL");
    } catch {
      // all of them have ended
    }
    await this.ended;
  }
}
