/** The guards, one a column of the table: each is shown a broken game by itself, and says what is wrong or nothing. */

import { findInfinite } from "../../guards/infinite.ts";
import { lintText, print } from "../../guards/lint/lint.ts";
import { faultSentence } from "../../guards/sync-sentence.ts";
import { installTraps } from "../../guards/traps/traps.ts";
import { throwViolation, ViolationError } from "../../guards/traps/violation.ts";
import { watchGame } from "../../guards/traps/watch-game.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { RulesError } from "../../shared/engine/game/rules-error.ts";
import { SyncTest } from "../../shared/engine/sim/sync-test.ts";
import { checkBuild } from "../contract/contract.ts";
import type { PageBuilt } from "../kit/browsers/page-built.ts";
import type { Bug } from "./bug.ts";
import { playShortMatch } from "./short-match.ts";

const BUILD_TICKS = 40;

/** What a guard says of a game; undefined when it sees nothing wrong. */
export type Guard = (bug: Bug, built: PageBuilt) => string | undefined | Promise<string | undefined>;

export const COLUMNS = { types, lint, definition, watch, values, sync, build } as const satisfies Record<string, Guard>;
export type Column = keyof typeof COLUMNS;

/** `npm run check` fails when a line marked so is no error. */
function types({ text }: Bug): string | undefined {
  return /@ts-expect-error/.test(text) ? "tsc: an error, marked in the file" : undefined;
}

function lint({ path, text }: Bug): string | undefined {
  const [first] = lintText(path, text);
  return first && print(first);
}

async function definition(bug: Bug): Promise<string | undefined> {
  return bug.load().then(() => undefined, messageOf);
}

/** What rules call and write to while they run, and infinite numbers that they leave. */
async function watch(bug: Bug): Promise<string | undefined> {
  const uninstall = installTraps();
  try {
    const { codec, state, game } = playShortMatch(watchGame(await bug.load(), throwViolation));
    const infinite = findInfinite(codec.layout, state, game.name);
    return infinite && `${infinite} is infinite`;
  } catch (error) {
    const cause = error instanceof RulesError ? error.cause : error;
    return cause instanceof ViolationError ? cause.message : undefined;
  } finally {
    uninstall();
  }
}

/** Values that do not fit, and rules that throw. */
async function values(bug: Bug): Promise<string | undefined> {
  const game = await bug.load().catch(() => undefined);
  if (game === undefined) return undefined;
  try {
    playShortMatch(game);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

async function sync(bug: Bug): Promise<string | undefined> {
  const game = await bug.load().catch(() => undefined);
  if (game === undefined) return undefined;
  let test: SyncTest<unknown, unknown> | undefined;
  let said: string | undefined;
  try {
    playShortMatch(game, (world, frame) => {
      test ??= new SyncTest<unknown, unknown>(game, 1, world);
      const fault = test.step(frame);
      if (fault !== undefined) said ??= faultSentence(game.name, fault);
    });
  } catch (error) {
    return said ?? messageOf(error);
  }
  return said;
}

/** The same rules built as the page is. What differs from run to run is no matter of the build. */
async function build(bug: Bug, built: PageBuilt): Promise<string | undefined> {
  try {
    const [game, again] = [await bug.load(), await bug.load()];
    if (checkBuild(game, again, BUILD_TICKS, 1) !== undefined) return undefined;
    return checkBuild(await bug.load(), (await built.load(bug.name)).game as AnyGame, BUILD_TICKS, 1);
  } catch {
    return undefined;
  }
}

const messageOf = (error: unknown): string => (error as Error).message;
