/** The server that a load test starts when it is given no URL, and ends. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Options } from "../options/options.ts";
import { CannotRun } from "./cannot-run.ts";
import type { FromServer } from "./server-process.ts";

const SERVER = fileURLToPath(new URL("./server-process.ts", import.meta.url));
const END_MS = 3000;
const START_MS = 30_000;

/** Whose tokens it wants; none without a secret. */
type TokenSettings = Pick<Options, "tokenSecret" | "tokenAudience">;

export type ServerHealth = FromServer & { readonly kind: "health" };

export class OwnServer {
  readonly url: string;
  onHealth: (health: ServerHealth) => void = () => {};
  /** The process ended though nobody told it to. */
  onDeath: (how: string) => void = () => {};
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #isStopping = false;

  private constructor(child: ChildProcess, port: number) {
    this.url = `ws://127.0.0.1:${port}`;
    this.#child = child;
    child.on("message", (message: FromServer) => {
      if (message.kind === "health") this.onHealth(message);
    });
    this.#ended = new Promise((resolve) => {
      child.once("exit", (code, signal) => {
        if (!this.#isStopping) this.onDeath(signal ?? `code ${code}`);
        resolve();
      });
    });
  }

  /** @throws CannotRun when it ends before it listens, or does not come to it. */
  static start({ tokenSecret = "", tokenAudience }: TokenSettings): Promise<OwnServer> {
    const env = {
      ...process.env,
      TOKEN_SECRET: tokenSecret,
      TOKEN_AUDIENCE: tokenAudience,
      LOG_LEVEL: process.env.LOG_LEVEL ?? "error",
    };
    const child = fork(SERVER, { detached: true, env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    return new Promise((resolve, reject) => {
      const giveUp = (why: string): void => {
        child.kill("SIGKILL");
        reject(new CannotRun(`The server ${why}; try npm start, which says more.`));
      };
      const timer = setTimeout(() => giveUp(`did not listen within ${START_MS / 1000} s`), START_MS);
      child.once("exit", (code) => giveUp(`could not start (code ${code})`));
      // Not the first message: what Colyseus loads may have said something of its own before.
      child.on("message", (message: FromServer) => {
        if (message.kind !== "listening") return;
        clearTimeout(timer);
        resolve(new OwnServer(child, message.port));
      });
    });
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), END_MS);
    await this.#ended;
    clearTimeout(timer);
  }
}
