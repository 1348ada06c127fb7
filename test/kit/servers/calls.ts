/** Calls between a test and a process it has started: each a name and one argument, each answered once. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { TYPESCRIPT } from "../typescript.ts";

interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/**
 * The answer to no question: the process listens. A message that comes before is lost where some library (pm2's, by way
 * of Colyseus) listens earlier.
 */
const READY = 0;

/** What a process answers to, by name. */
// biome-ignore lint/suspicious/noExplicitAny: each function has an argument of its own
export type Calls = Record<string, (argument: any) => unknown>;

type Returned<F> = F extends (argument: never) => infer R ? Awaited<R> : never;
type Argument<F> = F extends (argument: infer A) => unknown ? A : never;

/** In the started process: answers until the parent is gone. */
export function answerCalls(calls: Calls): void {
  const reply = (answer: Answer): void => {
    process.send?.(answer);
  };
  process.on("message", async ({ id, name, argument }: Question) => {
    try {
      reply({ id, value: await calls[name]!(argument) });
    } catch (error) {
      reply({ id, error: String(error) });
    }
  });
  process.on("disconnect", () => process.exit(0));
  reply({ id: READY });
}

/** A started process that answers calls. */
export class Helper<C extends Calls> {
  readonly process: ChildProcess;
  readonly #file: string;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #ready: Promise<unknown>;
  #calls = 0;

  /** Starts a file of this folder, with more in its environment. */
  constructor(file: string, env: Readonly<Record<string, string>> = {}) {
    this.#file = file;
    this.process = fork(new URL(file, import.meta.url), {
      env: { ...process.env, ...env },
      execArgv: ["--expose-gc", ...TYPESCRIPT],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.process.on("message", ({ id, value, error }: Answer) => {
      const call = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) call?.resolve(value);
      else call?.reject(new Error(`${file}: ${error}`));
    });
    this.#ready = this.#answerTo(READY);
    this.#ready.catch(() => {});
    this.process.on("exit", (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${file} ended with ${code}`));
      this.#waiting.clear();
    });
  }

  get hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** @throws Error when the process ends before it answers, or throws. */
  async call<Name extends keyof C & string>(name: Name, argument: Argument<C[Name]>): Promise<Returned<C[Name]>> {
    await this.#ready;
    if (this.hasEnded) throw new Error(`${this.#file} has ended`);
    const id = ++this.#calls;
    const answer = this.#answerTo(id);
    this.process.send({ id, name, argument } satisfies Question);
    return answer as Promise<Returned<C[Name]>>;
  }

  #answerTo(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Ends the process, stopped or not. */
  async end(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await ended;
  }
}
