/** The tokens that bots show to a server that wants to know who plays: a fixed one, one signed for each, or a user's own. */
import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { signToken } from "../../../server/identity/token-signing.ts";
import { FlagError } from "../options/flag-error.ts";
import { totalSeconds } from "../options/stages.ts";
import { messageOf } from "../verdict/at-fault.ts";
import type { CrewPlan } from "./messages.ts";

/** Who asks for a token: the bot's number from 0, the name it plays by, and where it wants to play. */
export interface TokenWish {
  readonly bot: number;
  readonly name: string;
  readonly game: string;
  readonly url: string;
}

/** Undefined: the bot shows none. */
export type Tokens = (wish: TokenWish) => Promise<string | undefined>;

/** Bots that come at the end of a run need some time too. */
const SPARE_SECONDS = 3600;

type TokenPlan = Pick<CrewPlan, "seed" | "stages" | "token" | "tokenAudience" | "tokenScript" | "tokenSecret">;

/** @throws FlagError when the file is missing or exports no function. */
export async function tokensFor(plan: TokenPlan): Promise<Tokens> {
  const { token, tokenSecret, tokenScript, tokenAudience: audience } = plan;
  if (tokenScript !== undefined) return loadTokens(tokenScript);
  if (token !== undefined) return async () => token;
  if (tokenSecret === undefined) return async () => undefined;
  const key = new TextEncoder().encode(tokenSecret);
  return ({ bot, name }) =>
    signToken({
      ...{ key, algorithm: "HS256", audience, name },
      subject: `bot-${plan.seed}-${bot + 1}`,
      seconds: Math.ceil(totalSeconds(plan.stages)) + SPARE_SECONDS,
    });
}

async function loadTokens(file: string): Promise<Tokens> {
  const path = resolve(file);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) throw new FlagError(`--token-script: there is no file ${file}; give the path of one.`);
  const module = (await import(pathToFileURL(path).href).catch((error: unknown) => {
    throw new FlagError(`--token-script: ${file} cannot be loaded: ${messageOf(error)}`);
  })) as { readonly default?: unknown };
  const { default: make } = module;
  if (typeof make !== "function")
    throw new FlagError(
      `--token-script: ${file} must export a function: export default async ({ bot, name, game, url }) => token.`,
    );
  return async (wish) => {
    const made: unknown = await make(wish);
    if (typeof made === "string" && made !== "") return made;
    throw new TypeError(`it returned ${made === "" ? "an empty text" : `a ${typeof made}`} and no token`);
  };
}
