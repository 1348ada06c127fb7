/**
 * The channel between the primary and a worker: each side calls the other's functions by name, and passes sockets and the port along.
 * It is the pipe that a process is started with: nobody else can write to it, so what comes is believed.
 */
import { Socket } from "node:net";

/** What one side answers to, by name. */
// biome-ignore lint/suspicious/noExplicitAny: each function has arguments of its own
export type Functions = { readonly [name: string]: (...args: any[]) => unknown };

interface Call {
  readonly call: string;
  readonly args: readonly unknown[];
  /** Left out where nobody waits for an answer. */
  readonly id?: number;
}

interface Answer {
  readonly to: number;
  readonly value?: unknown;
  readonly error?: { readonly message: string; readonly code: unknown };
}

/** What another process is given: a connection, or Node's handle of a port. */
export type Handle = Socket | { close(): void };

/** Sends a structured clone, in order; a handle goes along. @param onSent or it never will be. @throws DataCloneError */
export type Send = (message: Call | Answer, handle?: Handle, onSent?: () => void) => void;

/** The end of a call whose process is gone. */
export class GoneError extends Error {}

type Returned<F> = F extends (...args: never) => infer R ? Awaited<R> : never;

export class Channel<Theirs extends { [Name in keyof Theirs]: (...args: never) => unknown }> {
  readonly #send: Send;
  readonly #functions: Functions;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #calls = 0;
  #isOver = false;

  /** @param functions this side's; a handle that comes with a call is the last argument. */
  constructor(send: Send, functions: Functions) {
    this.#send = send;
    this.#functions = functions;
  }

  /** Calls a function of the other side. @throws GoneError when that process ends before it answers, or what the function throws. */
  call<Name extends keyof Theirs & string>(
    name: Name,
    ...args: Parameters<Theirs[Name]>
  ): Promise<Returned<Theirs[Name]>> {
    return new Promise((resolve, reject) => {
      if (this.#isOver) throw new GoneError(`${name}: the other process has ended`);
      const id = ++this.#calls;
      // Throws before it is noted when an argument cannot be cloned.
      this.#send({ call: name, args, id });
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
    });
  }

  /** The same where nobody waits for an answer. */
  tell<Name extends keyof Theirs & string>(name: Name, ...args: Parameters<Theirs[Name]>): void {
    if (!this.#isOver) this.#send({ call: name, args });
  }

  /**
   * The same with a handle, which the other side takes as its function's last argument.
   *
   * @param onSent before that the handle must stay as it is: it waits while another one is on its way.
   */
  pass(name: keyof Theirs & string, args: readonly unknown[], handle: Handle, onSent?: () => void): void {
    if (!this.#isOver) this.#send({ call: name, args }, handle, onSent);
    else if (handle instanceof Socket) handle.destroy();
  }

  /** Takes what the other side has sent; anything else that comes the same way is not for here. */
  take(message: unknown, handle?: Handle): void {
    const { call, to } = (message ?? {}) as Partial<Call & Answer>;
    if (call !== undefined) void this.#answer(message as Call, handle);
    else if (to !== undefined) this.#settle(message as Answer);
  }

  /** The other process is gone: whoever waits for it is told. */
  end(): void {
    this.#isOver = true;
    for (const { reject } of this.#waiting.values()) reject(new GoneError("the other process has ended"));
    this.#waiting.clear();
  }

  async #answer({ call, args, id }: Call, handle: Handle | undefined): Promise<void> {
    try {
      const value = await this.#functions[call]!(...args, ...(handle === undefined ? [] : [handle]));
      if (id !== undefined && !this.#isOver) this.#send({ to: id, value });
    } catch (error) {
      // Nobody waits for it: then it is a fault of this side, and said here.
      if (id === undefined) throw error;
      const { message, code } = error as { readonly message: string; readonly code?: unknown };
      if (!this.#isOver) this.#send({ to: id, error: { message, code } });
    }
  }

  #settle({ to, value, error }: Answer): void {
    const waiting = this.#waiting.get(to);
    this.#waiting.delete(to);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(Object.assign(new Error(error.message), error.code === undefined ? {} : { code: error.code }));
  }
}
