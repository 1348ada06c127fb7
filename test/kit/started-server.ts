/** `npm start` without its build: the server as a process of its own, on a free port, and what it says. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { until } from "./until.ts";

export class StartedServer {
  readonly process: ChildProcess;
  /** Exit code and signal, when it has ended. */
  readonly ended: Promise<unknown[]>;
  #out = "";

  private constructor(env: Readonly<Record<string, string>>) {
    this.process = spawn(process.execPath, ["--import", "tsx", "server/main.ts"], {
      env: { ...process.env, PORT: "0", ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.process.stdout?.on("data", (text: Buffer) => {
      this.#out += text;
    });
    this.ended = once(this.process, "exit");
  }

  /** @param env settings, as in the environment. */
  static async start(env: Readonly<Record<string, string>>): Promise<StartedServer> {
    const server = new StartedServer(env);
    await until("the server is up", () => server.port > 0, 20_000);
    return server;
  }

  get port(): number {
    return Number(/localhost:(\d+)/.exec(this.#out)?.[1] ?? 0);
  }

  /** What it has logged so far. */
  get log(): readonly Record<string, unknown>[] {
    const lines = this.#out.split("\n").filter((line) => line.startsWith("{") && line.endsWith("}"));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  signal(name: "SIGTERM" | "SIGINT"): void {
    this.process.kill(name);
  }

  /** Ends it, whatever state it is in. */
  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill("SIGKILL");
    await this.ended;
  }
}
