/** The command line of `npm run determinism`. */
import { ENGINES } from "./engines.ts";

export interface Options {
  readonly kind: "run";
  /** Only this game; all when undefined. */
  readonly game: string | undefined;
  readonly ticks: number;
  /** Inputs of each function. */
  readonly inputs: number;
  /** Names of engines. */
  readonly engines: readonly string[];
  /** For each engine. */
  readonly seconds: number;
}

/** Options, or one sentence that says what is wrong with them, or the wish for help. */
export type Parsed = Options | { readonly kind: "help" } | { readonly kind: "wrong"; readonly sentence: string };

const NAMES = ENGINES.map(({ name }) => name);
const NUMBERS = { "--ticks": 100_000, "--inputs": 1_000_000, "--seconds": 400 } as const;

export const HELP = `npm run determinism [-- GAME] [--engines NAME,NAME] [--ticks N] [--inputs N] [--seconds N] [--help]

Lets every engine that is here step the same recorded matches, and compares the hash of the world at every tick.

  GAME         only this game of the shelf
  --engines    only these: ${NAMES.join(", ")}
  --ticks      ticks in all, shared out between the games (${NUMBERS["--ticks"]})
  --inputs     inputs of each of the engine's functions, 0 for none (${NUMBERS["--inputs"]})
  --seconds    time limit for each engine (${NUMBERS["--seconds"]})
`;

const wrong = (sentence: string): Parsed => ({ kind: "wrong", sentence });

const isNumber = (flag: string): flag is keyof typeof NUMBERS => Object.hasOwn(NUMBERS, flag);

export function parseOptions(args: readonly string[]): Parsed {
  const numbers: Record<keyof typeof NUMBERS, number> = { ...NUMBERS };
  let engines: readonly string[] = NAMES;
  let game: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const [flag, joined] = args[i]!.split(/=(.*)/s) as [string, string | undefined];
    if (flag === "--help" || flag === "-h") return { kind: "help" };
    if (!flag.startsWith("-")) {
      if (game !== undefined) return wrong(`Give one game, or none for all; not ${game} and ${flag}.`);
      game = flag;
      continue;
    }
    if (flag !== "--engines" && !isNumber(flag)) return wrong(`Unknown option ${flag}; --help lists them.`);
    const value = joined ?? args[++i] ?? "";
    if (isNumber(flag)) {
      if (!/^\d+$/.test(value) || (flag !== "--inputs" && Number(value) === 0))
        return wrong(`${flag} needs a whole number, such as ${flag} ${NUMBERS[flag]}.`);
      numbers[flag] = Number(value);
      continue;
    }
    const given = value.split(",").map((name) => name.toLowerCase());
    const unknown = given.find((name) => !NAMES.some((known) => known.toLowerCase() === name));
    if (unknown !== undefined) return wrong(`There is no engine "${unknown}"; there are ${NAMES.join(", ")}.`);
    engines = NAMES.filter((name) => given.includes(name.toLowerCase()));
  }
  const { "--ticks": ticks, "--inputs": inputs, "--seconds": seconds } = numbers;
  return { kind: "run", game, ticks, inputs, engines, seconds };
}
