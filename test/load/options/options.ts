/** The command line of `npm run bots`: what is to be run, or one sentence that says what is wrong with it. */
import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { SETTINGS } from "../../../server/config/settings.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { Plane } from "../../../shared/engine/protocol/plane.ts";
import { parseNetwork } from "../../../shared/netsim/network-spec.ts";
import { PLAY_NAMES, type PlayName } from "../bots/messages.ts";
import { type Assertion, parseAssertion } from "../verdict/assertions.ts";
import { LOCKSTEP_ONLY, OWN_SERVER_ONLY } from "../verdict/metrics.ts";
import { FlagError } from "./flag-error.ts";
import { readFlags } from "./flags.ts";
import { didYouMean } from "./nearest-name.ts";
import { mostBots } from "./stages.ts";
import { botNumber, choice, duration, ratePerMinute, type Stage, someDuration, stages, wholeNumber } from "./values.ts";

export interface Options {
  readonly kind: "run";
  readonly game: AnyGame;
  /** As the SDK wants it; undefined: a server of our own. */
  readonly url: string | undefined;
  readonly stages: readonly Stage[];
  readonly rampSeconds: number;
  readonly perRoom: number;
  readonly plane: Plane;
  readonly network: string | undefined;
  readonly play: PlayName;
  readonly script: string | undefined;
  /** What each bot shows to a server that wants tokens: this one, one signed with the secret, or what a file makes. */
  readonly token: string | undefined;
  readonly tokenSecret: string | undefined;
  readonly tokenScript: string | undefined;
  readonly tokenAudience: string;
  readonly churn: number;
  readonly kill: number;
  readonly verify: "hash" | "off";
  readonly processes: number | "auto";
  readonly seed: number;
  readonly maxDelayMs: number;
  readonly assertions: readonly Assertion[];
  readonly files: Readonly<Record<ReportKind, string | undefined>>;
}

/** As the name of a report's file: standard output, which then has nothing else on it. */
export const STDOUT = "-";
export const REPORT_KINDS = ["json", "html", "junit"] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export type Parsed = Options | { readonly kind: "help" } | { readonly kind: "wrong"; readonly sentence: string };

const DEFAULT_BOTS = 20;
const DEFAULT_PER_ROOM = 8;
const DEFAULT_SECONDS = 30;
const LONGEST_DEFAULT_RAMP_SECONDS = 10;
const LEAST_SECRET = 32;
const MOST_PROCESSES = 64;
const MOST_SEED = 2 ** 32 - 1;

type Values = ReturnType<typeof readFlags>["values"];

function refuse(sentence: string): never {
  throw new FlagError(sentence);
}

function readGame(games: readonly AnyGame[], positionals: readonly string[], flag: string | undefined): AnyGame {
  const [first, second] = positionals;
  if (second !== undefined) refuse(`One game at a time: "${first}" and "${second}" are given.`);
  if (first !== undefined && flag !== undefined && first !== flag)
    refuse(`The game is given twice, as ${first} and as --game ${flag}; give it once.`);
  const name = first ?? flag ?? games[0]!.name;
  const names = games.map((game) => game.name);
  return (
    games.find((game) => game.name === name) ??
    refuse(`There is no game "${name}" on the shelf; there are ${names.join(", ")}.${didYouMean(name, names)}`)
  );
}

function readUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["ws:", "wss:", "http:", "https:"].includes(url.protocol) || url.hostname === "")
    refuse(`--url cannot be "${text}": give the address of a server, such as ws://localhost:2567.`);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "")
    refuse(`--url takes no password and nothing behind "?" or "#"; reports show it. Tokens: --token, --token-secret.`);
  return url.href.replace(/^http/, "ws").replace(/\/$/, "");
}

function readStages(values: Values): readonly Stage[] {
  const { bots, stages: text } = values;
  if (text === undefined)
    return [
      {
        bots: bots === undefined ? DEFAULT_BOTS : botNumber("-n", bots),
        seconds: values.duration === undefined ? DEFAULT_SECONDS : someDuration("--duration", values.duration),
      },
    ];
  for (const name of ["bots", "duration"] as const)
    if (values[name] !== undefined)
      refuse(`--stages says already how many bots there are and how long; leave --${name} out.`);
  return stages("--stages", text);
}

function readRamp(text: string | undefined, planned: readonly Stage[]): number {
  const shortest = Math.min(...planned.map(({ seconds }) => seconds));
  if (text === undefined) return Math.min(LONGEST_DEFAULT_RAMP_SECONDS, shortest / 3);
  const ramp = text === "0" ? 0 : duration("--ramp", text);
  if (ramp > shortest) refuse(`--ramp ${text} does not fit into ${shortest} s; give a shorter one, or 0.`);
  return ramp;
}

function readPerRoom(text: string | undefined, game: AnyGame): number {
  const { max } = game.seats;
  if (text === undefined) return Math.min(DEFAULT_PER_ROOM, max);
  const perRoom = botNumber("--per-room", text);
  return perRoom <= max
    ? perRoom
    : refuse(`--per-room ${perRoom} is too many: a room of ${game.name} has ${max} seats.`);
}

function readAssertions(texts: readonly string[], plane: Plane, url: string | undefined): readonly Assertion[] {
  return texts.map((text) => {
    const assertion = parseAssertion(text);
    if (plane === "stream" && LOCKSTEP_ONLY.includes(assertion.metric))
      refuse(`--assert: there is no ${assertion.metric} on the stream plane; leave --plane stream out.`);
    if (url !== undefined && OWN_SERVER_ONLY.includes(assertion.metric))
      refuse(`--assert: ${assertion.metric} is known only of a server that this command starts; leave --url out.`);
    return assertion;
  });
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A flag wins over the environment, where passwords are better off. */
function readTokens(values: Values, environment: Environment) {
  const flags = (["token", "token-secret", "token-script"] as const).filter((name) => values[name] !== undefined);
  if (flags.length > 1) refuse(`--${flags.join(" and --")} all say who the bots are; give one of them.`);
  const { BOT_TOKEN, TOKEN_SECRET, TOKEN_AUDIENCE } = environment;
  const token = values.token ?? (flags.length === 0 ? BOT_TOKEN || undefined : undefined);
  const tokenSecret = values["token-secret"] ?? (TOKEN_SECRET || undefined);
  if (tokenSecret !== undefined && tokenSecret.length < LEAST_SECRET)
    refuse(`--token-secret (or TOKEN_SECRET) is too short; a server takes at least ${LEAST_SECRET} characters.`);
  const tokenAudience = TOKEN_AUDIENCE || SETTINGS.TOKEN_AUDIENCE.byDefault;
  return { token, tokenSecret, tokenScript: values["token-script"], tokenAudience };
}

function readFiles(values: Values): Options["files"] {
  const given = REPORT_KINDS.flatMap((kind) => (values[kind] === undefined ? [] : [values[kind]]));
  const twice = given.find((file, i) => given.findIndex((other) => resolve(other) === resolve(file)) !== i);
  if (twice !== undefined) refuse(`Two reports cannot be written to ${twice}; give each a file of its own.`);
  return { json: values.json, html: values.html, junit: values.junit };
}

function readOptions(args: readonly string[], games: readonly AnyGame[], environment: Environment): Parsed {
  const { values, positionals } = readFlags(args);
  if (values.help) return { kind: "help" };
  const game = readGame(games, positionals, values.game);
  const url = readUrl(values.url);
  const planned = readStages(values);
  const plane = choice("--plane", values.plane ?? "lockstep", ["lockstep", "stream"]);
  const isStream = plane === "stream";
  if (isStream && values.verify === "hash")
    refuse("--verify hash needs worlds to compare, and the stream plane steps none; leave one of the two out.");
  if (isStream && values.net !== undefined)
    refuse("--net bends the messages of the lockstep plane, and patches would pass it by; leave one of the two out.");
  if (values.script !== undefined && values.play !== undefined)
    refuse("--script and --play both say who plays; give one of them.");
  const network = values.net === undefined ? undefined : parseNetwork(values.net);
  if (network?.ok === false) refuse(`--net: ${network.sentence}`);
  const processes = values.processes ?? "auto";
  const options: Options = {
    kind: "run",
    game,
    url,
    stages: planned,
    rampSeconds: readRamp(values.ramp, planned),
    perRoom: readPerRoom(values["per-room"], game),
    plane,
    network: values.net,
    play: choice("--play", values.play ?? "bot", PLAY_NAMES),
    script: values.script,
    ...readTokens(values, environment),
    churn: values.churn === undefined ? 0 : ratePerMinute("--churn", values.churn),
    kill: values.kill === undefined ? 0 : ratePerMinute("--kill", values.kill),
    verify: choice("--verify", values.verify ?? (isStream ? "off" : "hash"), ["hash", "off"]),
    processes: processes === "auto" ? "auto" : wholeNumber("--processes", processes, 1, MOST_PROCESSES),
    seed: values.seed === undefined ? randomInt(MOST_SEED) : wholeNumber("--seed", values.seed, 0, MOST_SEED),
    maxDelayMs:
      values["max-delay"] === undefined ? 500 / game.tickRate : 1000 * someDuration("--max-delay", values["max-delay"]),
    assertions: readAssertions(values.assert ?? [], plane, url),
    files: readFiles(values),
  };
  const rooms = Math.ceil(mostBots(planned) / options.perRoom);
  if (options.processes !== "auto" && options.processes > rooms)
    refuse(
      `--processes ${options.processes} is too many: a room is played by one process, and there are ${rooms} rooms.`,
    );
  return options;
}

/** @param environment where tokens and secrets may be, too. */
export function parseOptions(
  args: readonly string[],
  games: readonly AnyGame[],
  environment: Environment = {},
): Parsed {
  try {
    return readOptions(args, games, environment);
  } catch (error) {
    if (error instanceof FlagError) return { kind: "wrong", sentence: error.message };
    throw error;
  }
}
