/** The environment of a run: where, with what and by which command; without it no figure means anything. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describeMachine } from "../../bench/machine.ts";
import type { Environment } from "../report/report.ts";

const versionIn = (file: string): string => (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;

export function describeEnvironment(): Environment {
  const { command: _command, ...machine } = describeMachine();
  const require = createRequire(import.meta.url);
  return {
    ...machine,
    phalanx: versionIn(new URL("../../../package.json", import.meta.url).pathname),
    colyseus: versionIn(require.resolve("@colyseus/core/package.json")),
  };
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** Flags whose values nobody is to read in a report. */
const SECRET_FLAGS: readonly string[] = ["--token", "--token-secret"];
const HIDDEN = "***";

const hidden = (arg: string, i: number, args: readonly string[]): string => {
  const [flag = "", value] = arg.split(/=(.*)/s);
  if (SECRET_FLAGS.includes(flag)) return value === undefined ? flag : `${flag}=${HIDDEN}`;
  return SECRET_FLAGS.includes(args[i - 1] ?? "") ? HIDDEN : arg;
};

/** To be pasted into a shell, once what is secret is in it again; with the seed: the bots draw the same random numbers. */
export function commandOf(args: readonly string[], seed: number): string {
  const hasSeed = args.some((arg) => /^--seed\b/.test(arg));
  return ["npm run bots --", ...args.map(hidden).map(quoted), ...(hasSeed ? [] : [`--seed ${seed}`])].join(" ");
}
