/** The flags of `npm run bots`, as `node:util` reads them, and the text of `--help`. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { COUNTS, DISTRIBUTIONS } from "../verdict/metrics.ts";
import { FlagError } from "./flag-error.ts";
import { didYouMean } from "./nearest-name.ts";

const text = { type: "string" } as const;
export const FLAGS = {
  game: text,
  url: text,
  bots: { type: "string", short: "n" },
  "per-room": text,
  duration: text,
  ramp: text,
  stages: text,
  plane: text,
  net: text,
  play: text,
  script: text,
  token: text,
  "token-secret": text,
  "token-script": text,
  churn: text,
  kill: text,
  verify: text,
  processes: text,
  seed: text,
  "max-delay": text,
  assert: { type: "string", multiple: true },
  json: text,
  html: text,
  junit: text,
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

type ReadFlags = ReturnType<typeof parseArgs<{ options: typeof FLAGS; allowPositionals: true }>>;

/** What was said once is there once, so that no flag silently wins over another. @throws FlagError */
export function readFlags(args: readonly string[]): ReadFlags {
  let read: ReadFlags & { readonly tokens: readonly { readonly kind: string; readonly name?: string }[] };
  try {
    read = parseArgs({ args: [...args], options: FLAGS, allowPositionals: true, tokens: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const [, unknown] = /'(-[^' ]*)/.exec(message) ?? [];
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && unknown !== undefined) {
      const names = Object.keys(FLAGS).map((name) => `--${name}`);
      throw new FlagError(`There is no flag ${unknown}.${didYouMean(unknown, names)} --help lists them.`);
    }
    throw new FlagError(`${unknown ?? "A flag"} needs a value, as in --duration=30s; --help shows examples.`);
  }
  const said = read.tokens.filter(({ kind }) => kind === "option").map(({ name }) => name!);
  const twice = said.find((name, i) => name !== "assert" && said.indexOf(name) !== i);
  if (twice !== undefined) throw new FlagError(`--${twice} is given twice; give it once.`);
  const empty = Object.entries(read.values).find(([, value]) => value === "");
  if (empty !== undefined) throw new FlagError(`--${empty[0]} is empty; give it a value or leave it out.`);
  return read;
}

const list = (metrics: Readonly<Record<string, { readonly unit: string; readonly about: string }>>): string =>
  Object.entries(metrics)
    .map(([name, { unit, about }]) => `  ${name.padEnd(19)} ${about}${unit === "" ? "" : ` (${unit})`}`)
    .join("\n");

export const HELP = `npm run bots -- [GAME] [flags]

Bot players over real sockets, through the browser's own client runtime. Without --url a server is started, and ended.

  npm run bots                                             20 bots play the first game of the shelf for 30 s
  npm run bots -- arena -n 400 --per-room 8 --duration 60s --churn 5%/min --kill 2%/min
  npm run bots -- tag --stages 50@30s,200@60s --html report.html
  npm run bots -- arena --net wifi-bad --assert 'rejoin_time.p99<5s' --assert 'input_to_frame.p95<200ms' --kill 60%/min
  npm run bots -- arena --url wss://play.example.com --script ./my-bot.ts --junit result.xml

  GAME, --game NAME   a game of the shelf; the first one
  -n, --bots N        how many bots; 20
  --per-room K        bots in a room; 8, or as many as the game has seats
  --duration 30s      how long they play, the ramp included; 30s
  --ramp 10s          they come spread over this time; 10s, or a third of the shortest stage
  --stages A@T,B@U    A bots for the time T, then B for U, each with its ramp; 0 is allowed; instead of -n and --duration
  --plane PLANE       lockstep or stream; lockstep
  --net NETWORK       every bot behind a bad network: lan, cable, 4g, 3g, wifi-bad, far, satellite, or delay=80,jitter=20
  --play WHAT         bot (the game's own), idle or random; bot
  --script FILE       a file that plays: export default (state, seat, { tick, random }) => input
  --token TOKEN       every bot shows this one to a server that wants tokens; BOT_TOKEN in the environment, where ps
                      does not show it
  --token-secret TEXT signs one for each bot, as "bot 1" and so on; TOKEN_SECRET in the environment. A server that this
                      command starts then wants tokens of this secret
  --token-script FILE a file that makes them: export default async ({ bot, name, game, url }) => token
  --churn 5%/min      this share of the bots leaves and is replaced
  --kill 2%/min       this share loses its connection as when a page's process dies (no close frame), and is expected back
  --verify hash|off   hash: one desync fails the run; hash on the lockstep plane, off on the stream plane
  --url URL           a server that runs already: ws://, wss://, http:// or https://
  --processes N       processes that play the bots, or auto
  --seed N            of the bots' own random numbers, 0 to 4294967295; a new one each time. The match is another one
                      each time: real time decides when a bot comes and which tick an input meets
  --max-delay 25ms    generator_delay.p99 above this makes the run inconclusive; half a tick
  --assert TEXT       such as 'frame_lateness.p99<20ms'; as often as you like
  --json, --html, --junit FILE    reports; - is standard output, and everything else is then told on standard error
  -h, --help          this text

Ends with 0 passed, 99 failed, 3 inconclusive (the bots' own machine was too slow), 1 could not run, 2 wrong flags,
4 passed but a report could not be written, 130 stopped by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP: each with its figures.

Percentiles of (as in frame_lateness.p99, or p50, p99.9, min, mean, max, count):
${list(DISTRIBUTIONS)}

Counts (as in joins>=50):
${list(COUNTS)}
`;
