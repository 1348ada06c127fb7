/** Commands in one process, one after another: to start one for each that only prints and ends is most of what that costs. */
import type { EventEmitter } from "node:events";
import { pathToFileURL } from "node:url";
import { TYPESCRIPT } from "../typescript.ts";
import { answerCalls } from "./calls.ts";

export interface Asked {
  /** As package.json names it. */
  readonly file: string;
  readonly args: readonly string[];
  /** What it finds in its environment besides. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Thrown where a command ends its process. */
class Exit extends Error {}

const { env, exit } = process;
let runs = 0;
// What a command forks is no part of this process.
process.execArgv = [...TYPESCRIPT];

/** @returns a function that takes away every listener that has come since. */
function listenersOf(emitter: EventEmitter): () => void {
  const before = new Map(emitter.eventNames().map((name) => [name, emitter.listeners(name)]));
  return () => {
    for (const name of emitter.eventNames())
      for (const listener of emitter.listeners(name) as (() => void)[])
        if (!before.get(name)?.includes(listener)) emitter.off(name, listener);
  };
}

const CALLS = {
  /** Loads the file of a command anew, and what it imports once; one that starts something is no command for this. */
  async run({ file, args, env: more = {} }: Asked): Promise<Ended> {
    const told = { out: "", error: "" };
    let code: number | undefined;
    const hear = (stream: NodeJS.WriteStream, name: keyof typeof told): (() => void) => {
      const { write } = stream;
      stream.write = ((text: string | Uint8Array) => {
        // Where it has ended, whatever it still does is none of its words.
        if (code === undefined) told[name] += text;
        return true;
      }) as typeof write;
      return () => {
        stream.write = write;
      };
    };
    const restore = [
      ...[hear(process.stdout, "out"), hear(process.stderr, "error")],
      ...[process, process.stdout, process.stderr].map(listenersOf),
    ];
    process.argv = [process.argv[0]!, file, ...args];
    process.env = { ...env, ...more };
    process.exitCode = undefined;
    process.exit = ((given = process.exitCode ?? 0) => {
      code ??= Number(given);
      throw new Exit();
    }) as typeof exit;
    try {
      await import(`${pathToFileURL(file).href}?${runs++}`);
    } catch (error) {
      if (!(error instanceof Exit) && code === undefined) throw error;
    } finally {
      process.exit = exit;
      process.env = env;
      for (const each of restore) each();
    }
    code ??= Number(process.exitCode ?? 0);
    process.exitCode = undefined;
    return { code, ...told };
  },
};

export type CommandCalls = typeof CALLS;

answerCalls(CALLS);
