/** A server that is killed and started again, with the port and the journal of before. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../lines/started-proxy.ts";
import { StartedServer } from "./started-server.ts";

type Settings = Readonly<Record<string, string>>;

export class MortalServer {
  readonly url: string;
  readonly folder: string;
  #server: StartedServer;
  readonly #env: Settings;
  readonly #command: readonly string[] | undefined;

  private constructor(server: StartedServer, env: Settings, command: readonly string[] | undefined) {
    this.#server = server;
    this.#env = env;
    this.#command = command;
    this.folder = env.JOURNAL!;
    this.url = `ws://127.0.0.1:${env.PORT}`;
  }

  /** @param command left out: `npm start` without its build. */
  static async start(settings: Settings = {}, command?: readonly string[]): Promise<MortalServer> {
    const folder = mkdtempSync(join(tmpdir(), "phalanx-mortal-"));
    const env = { PORT: String(await freePort()), JOURNAL: folder, REPLAYS: "none", LOG_LEVEL: "info", ...settings };
    return new MortalServer(await StartedServer.start(env, command), env, command);
  }

  /** What the present process has logged. */
  get log(): readonly Record<string, unknown>[] {
    return this.#server.log;
  }

  /** Kills it without a word, and starts it again. @param settings changed ones. */
  async restart(settings: Settings = {}): Promise<void> {
    this.#server.signal("SIGKILL");
    await this.#server.ended;
    this.#server = await StartedServer.start({ ...this.#env, ...settings }, this.#command);
  }

  signal(name: NodeJS.Signals): void {
    this.#server.signal(name);
  }

  async text(path: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    return (await fetch(`${this.url.replace("ws:", "http:")}${path}`, { headers })).text();
  }

  async stop(): Promise<void> {
    await this.#server.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
