/** One worker as the primary has it: its process, the calls to it, and whether it takes connections, which it does by itself. */
import { type ChildProcess, fork, type StdioOptions } from "node:child_process";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type PrimaryCalls, STEPS_FILE, type WorkerCalls } from "../workers/calls.ts";
import { Channel } from "../workers/channel.ts";
import { RoomCount } from "./placing.ts";
import type { SharedPort } from "./port-owner.ts";

const STDIO: StdioOptions = ["inherit", "inherit", "inherit", "ipc", "pipe"];

/** A step that takes long. */
export interface LongStep {
  readonly room: string;
  readonly game: string;
  readonly tick: number;
}

/** A connection for a worker that has come to another one: the head of its handshake, and the room that it is for. */
export interface Gift {
  readonly socket: Socket;
  readonly bytes: Uint8Array;
  readonly room: string;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  /** Connections that it was given, and may never have had. */
  readonly lost: readonly Gift[];
}

export interface WorkerOptions {
  /** From 1; another worker takes the number over when this one has ended. */
  readonly id: number;
  /** The file that it runs. */
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Where it takes connections. */
  readonly port: SharedPort;
  readonly calls: (worker: WorkerProcess) => PrimaryCalls;
  readonly onEnd: (worker: WorkerProcess, how: Ending) => void;
}

export class WorkerProcess {
  readonly id: number;
  /** What Colyseus calls it; undefined until it has begun. */
  processId: string | undefined;
  readonly rooms = new RoomCount();
  /** Whether it takes connections. */
  isReady = false;
  /** The step that it is in for long; undefined: in none. */
  longStep: LongStep | undefined;
  /** Whether it is ended for a room that the next one leaves alone. */
  isPoisoned = false;
  readonly startedAt = performance.now();
  readonly channel: Channel<WorkerCalls>;
  readonly #child: ChildProcess;
  readonly #given = new Map<number, Gift>();
  #gifts = 0;

  constructor({ id, file, environment, port, calls, onEnd }: WorkerOptions) {
    this.id = id;
    // JSON would make null of the infinity that Colyseus writes, and text of its dates.
    const child = fork(file, [], { env: environment, serialization: "advanced", stdio: STDIO });
    this.#hear(child.stdio[STEPS_FILE] as Readable);
    this.#child = child;
    this.channel = new Channel(
      (message, handle) => child.send(message, handle as Socket | undefined, { keepOpen: true }, () => {}),
      { ...calls(this) },
    );
    child.on("message", (message, socket) => this.channel.take(message, socket as Socket | undefined));
    this.channel.pass("port", [], port);
    child.on("error", () => {});
    child.once("exit", (code, signal) => {
      this.channel.end();
      onEnd(this, { code, signal, lost: [...this.#given.values()] });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Gives it a connection. The primary's end of it stays open until the worker has confirmed that it has it. */
  take(gift: Gift): void {
    const number = ++this.#gifts;
    this.#given.set(number, gift);
    this.channel.pass("connection", [number, gift.bytes, gift.room], gift.socket);
  }

  /** It has a connection: the primary's end is closed, the connection is not. */
  taken(number: number): void {
    this.#given.get(number)?.socket.destroy();
    this.#given.delete(number);
  }

  #hear(steps: Readable): void {
    steps.on("error", () => {});
    createInterface(steps).on("line", (line) => {
      const step = JSON.parse(line) as Partial<LongStep>;
      this.longStep = step.room === undefined ? undefined : (step as LongStep);
    });
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }
}
