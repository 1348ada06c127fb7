/** The server that is fuzzed: started again when it has ended, and asked after every batch how it is. */
import { setTimeout as after } from "node:timers/promises";
import { AttackedServer } from "../kit/servers/attacked-server.ts";
import type { Target } from "../kit/wire/target.ts";

/** A process that does not answer a question within this time hangs. */
const HANG_MS = 5000;

/** The worst that can be found. Its report is where the attacked server has its reports written. */
export const DESYNC = "a desync";

export interface Look {
  /** What has gone wrong; undefined: nothing. */
  readonly wrong: string | undefined;
  /**
   * How late the worst tick was, as far as the server itself was computing: what else runs on the machine makes ticks
   * late, too, but not by the server's own processor time.
   */
  readonly blockedMs: number;
}

export class WatchedServer {
  #server: AttackedServer;
  #faults = 0;
  #cpuMs = 0;
  /** How late each tick of the watched match was, in milliseconds, since it was last taken. */
  #lateness: number[] = [];

  private constructor(server: AttackedServer) {
    this.#server = server;
  }

  static async start(): Promise<WatchedServer> {
    const server = new WatchedServer(await AttackedServer.start());
    await server.look();
    return server;
  }

  get target(): Target {
    return this.#server.target;
  }

  /** How it has been since it was last asked. */
  async look(): Promise<Look> {
    const health = await this.#within(this.#server.health());
    if (this.#server.hasEnded) return { wrong: "the process ended", blockedMs: 0 };
    if (health === undefined) return { wrong: "the process hangs", blockedMs: 0 };
    const { lateness, faults, cpuMs } = health;
    const usedMs = cpuMs - this.#cpuMs;
    this.#cpuMs = cpuMs;
    for (const ms of lateness) this.#lateness.push(ms);
    const isFaulty = faults > this.#faults;
    this.#faults = faults;
    const { hashMismatches } = this.#server.witness.session.client.stats;
    const wrong = isFaulty ? "something was thrown that nobody caught" : hashMismatches > 0 ? DESYNC : undefined;
    return { wrong, blockedMs: Math.min(usedMs, Math.max(0, ...lateness)) };
  }

  takeLateness(): number[] {
    return this.#lateness.splice(0);
  }

  /** How late a process that is left alone has been since this was last asked, in milliseconds. */
  machineLateness(): Promise<readonly number[]> {
    return this.#server.machineLateness();
  }

  /** Bytes in use when nothing is left that can be freed. @throws Error when it gives no answer. */
  async memory(): Promise<number> {
    const bytes = await this.#within(this.#server.memory());
    // Collecting made ticks late.
    await this.look();
    this.takeLateness();
    if (bytes === undefined) throw new Error("the server did not say how much memory it uses");
    return bytes;
  }

  async restart(): Promise<void> {
    await this.stop();
    this.#server = await AttackedServer.start();
    this.#faults = 0;
    this.#cpuMs = 0;
    await this.look();
  }

  async stop(): Promise<void> {
    // Who leaves a server that does not answer waits for ever.
    await Promise.race([this.#server.stop(), after(HANG_MS, undefined, { ref: false })]);
    await this.#server.kill();
  }

  /** The answer; undefined when there is none because the server hangs or has ended. */
  #within<T>(answer: Promise<T>): Promise<T | undefined> {
    return Promise.race([answer.catch(() => undefined), this.#server.ended, after(HANG_MS, undefined, { ref: false })]);
  }
}
