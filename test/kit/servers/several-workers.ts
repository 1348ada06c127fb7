/** A server of several workers, as a process of its own, and which of them has a room. */
import { request } from "node:http";
import { ColyseusSDK } from "@colyseus/sdk";
import { isGone } from "../is-gone.ts";
import { until } from "../until.ts";
import { StartedServer } from "./started-server.ts";

export class SeveralWorkers {
  readonly server: StartedServer;
  readonly count: number;

  private constructor(server: StartedServer, count: number) {
    this.server = server;
    this.count = count;
  }

  static async start(
    count: number,
    env: Readonly<Record<string, string>> = {},
    command?: readonly string[],
  ): Promise<SeveralWorkers> {
    const server = await StartedServer.start({ WORKERS: String(count), LOG_LEVEL: "info", ...env }, command);
    const several = new SeveralWorkers(server, count);
    if (count > 1) await until("all workers are ready", () => several.pids().size === count);
    return several;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.server.port}`;
  }

  said(message: string): readonly Record<string, unknown>[] {
    return this.server.log.filter(({ msg }) => msg === message);
  }

  /** The process of each worker, the latest one of its number. */
  pids(): Map<number, number> {
    return new Map(this.said("worker ready").map(({ worker, pid }) => [Number(worker), Number(pid)]));
  }

  /** Waits until nobody has to be replaced. */
  async whole(): Promise<void> {
    await until("every worker is there", () => ![...this.pids().values()].some(isGone), 60_000);
  }

  /** The worker that has opened a room. */
  async workerOf(room: string): Promise<number> {
    const opened = () => this.said("room opened").find((line) => line.room === room);
    await until("its room is logged", () => opened() !== undefined);
    return Number(opened()!.worker);
  }

  /** Asks for something over a connection of its own, so that any worker may be asked. */
  ask<T = unknown>(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body = "{}",
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const options = { method, agent: false, headers: { "content-type": "application/json", ...headers } };
      const asked = request(`http://127.0.0.1:${this.server.port}${path}`, options, (response) => {
        let text = "";
        response.on("data", (part: Buffer) => {
          text += part;
        });
        response.on("end", () => {
          if (response.statusCode === 200)
            resolve(/json/.test(response.headers["content-type"] ?? "") ? JSON.parse(text) : text);
          else reject(new Error(`${response.statusCode} ${text}`));
        });
      });
      asked.on("error", reject);
      asked.end(method === "POST" ? body : undefined);
    });
  }

  /** A new room of each worker, by its number, and no other ones; it is closed if nobody comes within some seconds. */
  async roomOfEach(game: string, options: object = {}): Promise<Map<number, string>> {
    const made = new Map<number, string>();
    while (made.size < this.count) {
      const { roomId } = await this.ask<{ roomId: string }>(
        "POST",
        `/matchmake/create/${game}`,
        {},
        JSON.stringify(options),
      );
      const worker = await this.workerOf(roomId);
      // The system decides which worker is asked.
      if (made.has(worker)) await this.#close(roomId);
      else made.set(worker, roomId);
    }
    return made;
  }

  /** A room that everybody has left is closed. */
  async #close(roomId: string): Promise<void> {
    const room = await new ColyseusSDK(this.url).joinById(roomId, {});
    await room.leave();
    await until("the room is closed", () => this.said("room closed").some((line) => line.room === roomId));
  }

  stop(): Promise<void> {
    return this.server.kill();
  }
}
