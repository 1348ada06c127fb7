/** One worker as the primary has it: its process, the calls to it, and whether it takes connections. */
import { type ChildProcess, fork } from "node:child_process";
import type { Socket } from "node:net";
import type { PrimaryCalls, WorkerCalls } from "../workers/calls.ts";
import { Channel } from "../workers/channel.ts";

export interface WorkerOptions {
  /** From 1; another worker takes the number over when this one has ended. */
  readonly id: number;
  /** The file that it runs. */
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly calls: (worker: WorkerProcess) => PrimaryCalls;
  readonly onEnd: (
    worker: WorkerProcess,
    how: { readonly code: number | null; readonly signal: string | null },
  ) => void;
}

export class WorkerProcess {
  readonly id: number;
  /** What Colyseus calls it; undefined until it is ready. */
  processId: string | undefined;
  /** How many rooms are open in it. */
  rooms = 0;
  readonly startedAt = performance.now();
  readonly channel: Channel<WorkerCalls>;
  readonly #child: ChildProcess;

  constructor({ id, file, environment, calls, onEnd }: WorkerOptions) {
    this.id = id;
    // JSON would make null of the infinity that Colyseus writes, and text of its dates.
    const child = fork(file, [], { env: environment, serialization: "advanced" });
    this.#child = child;
    this.channel = new Channel((message, socket) => child.send(message, socket, {}, () => {}), { ...calls(this) });
    child.on("message", (message, socket) => this.channel.take(message, socket as Socket | undefined));
    child.on("error", () => {});
    child.once("exit", (code, signal) => {
      this.channel.end();
      onEnd(this, { code, signal });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isReady(): boolean {
    return this.processId !== undefined;
  }

  /** Gives it a connection of which nothing has been read. */
  take(socket: Socket): void {
    this.channel.pass("connection", [undefined, undefined], socket);
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }
}
