/** The golden match of a game: a recording that its rules must come to again, on every engine and machine, until they are meant to change. */
import { existsSync, readFileSync } from "node:fs";
import { shownValue } from "../../shared/engine/codec/diff.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { PROTOCOL_VERSION } from "../../shared/engine/protocol/version.ts";
import { games } from "../../shared/games/index.ts";
import { Recording } from "../../shared/recording/recording.ts";
import { verify } from "../../shared/recording/verify.ts";
import { fromHex } from "../determinism/inside/hex.ts";
import { record } from "../determinism/inside/recording.ts";
import { vocabularyGame } from "../kit/games/vocabulary-game.ts";

/** With the last of them comes a digest of the worlds before. */
const TICKS = 2001;
const SEED = 1;

/** That can have one: the shelf, and the game that uses all of the kit. */
export const GAMES: readonly AnyGame[] = [...games, vocabularyGame() as AnyGame];

export const FOLDER = "test/contract/golden";

export const goldenFile = (name: string): string => `${FOLDER}/${name}.phx`;

/** Undefined: the game has none yet. */
export function readGolden(name: string): Uint8Array | undefined {
  const file = goldenFile(name);
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** The same for the same rules and bots. @throws Error when the game cannot be played to its end. */
export function recordGolden(game: AnyGame, ticks = TICKS): Uint8Array {
  const { match, stopped } = record(game, { game: game.name, seed: SEED, ticks });
  if (stopped !== undefined) throw new Error(`${game.name} cannot be recorded: ${stopped}`);
  return fromHex(match.recording);
}

/** What its rules come to otherwise than the golden match, and where, in words. */
export function checkGolden(game: AnyGame, file: Uint8Array): string | undefined {
  const { name } = game;
  const ifMeant = `if that is meant: npm run golden -- ${name}`;
  const recording = Recording.open(file);
  if (typeof recording === "string") return recording;
  const { protocol } = recording.head;
  if (protocol !== PROTOCOL_VERSION)
    return `the golden match of ${name} has frames of protocol ${protocol}, and this is ${PROTOCOL_VERSION}; ${ifMeant}`;
  const { ticks, digests, divergence, fault } = verify(game, recording);
  if (divergence !== undefined) {
    const { equalTick, tick, fields, fieldsTick } = divergence;
    const said = fields.map(({ path, a, b }) => `${path} is ${shownValue(a)} and was ${shownValue(b)}`).join(", ");
    const where = fieldsTick === undefined ? "" : ` (at tick ${fieldsTick}: ${said})`;
    return `the rules of ${name} changed: they come to another world between tick ${equalTick} and ${tick}${where}; ${ifMeant}`;
  }
  if (fault !== undefined) return `${fault} The rules of ${name} changed; ${ifMeant}`;
  return digests === 0 || ticks === 0 ? `nothing of the golden match of ${name} was compared` : undefined;
}
