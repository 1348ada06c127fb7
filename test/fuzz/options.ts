/** The options of `npm run fuzz`. */
import { parseArgs } from "node:util";
import { KINDS, type Kind } from "./fuzz-case.ts";

/** The wish for help is no fault. */
export const isHelp = (given: readonly string[]): boolean => given.includes("--help") || given.includes("-h");

export const USAGE = `Usage: npm run fuzz -- [--seconds 300] [--only http,frames,room] [--seed N] [--case N]
  --seconds  how long each of them takes (300)
  --only     heads of HTTP requests, WebSocket frames, messages to a room (all three)
  --seed     1 to 4294967295; the same seed tries the same bytes in the same order (a random one)
  --case     plays this one case and no other, as a finding says`;

export interface FuzzOptions {
  readonly seconds: number;
  readonly only: readonly Kind[];
  readonly seed: number;
  readonly case: number | undefined;
}

const MOST_SEED = 2 ** 32 - 1;

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`--${name} ${text} is no whole number from ${least} to ${most}`);
  return value;
}

/** @throws Error that says what is wrong with the arguments. */
export function readOptions(given: readonly string[]): FuzzOptions {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ args: [...given], options: { seconds: text, only: text, seed: text, case: text } });
  const only = (values.only ?? KINDS.join()).split(",");
  const stranger = only.find((kind) => !KINDS.includes(kind as Kind));
  if (stranger !== undefined) throw new RangeError(`--only ${stranger}: there are ${KINDS.join(", ")}`);
  return {
    seconds: whole("seconds", values.seconds ?? "300", 1, 86_400),
    only: only as Kind[],
    seed: whole("seed", values.seed ?? String(1 + Math.floor(Math.random() * MOST_SEED)), 1, MOST_SEED),
    case: values.case === undefined ? undefined : whole("case", values.case, 0, Number.MAX_SAFE_INTEGER),
  };
}
