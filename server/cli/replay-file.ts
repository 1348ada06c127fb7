/** The recording in a file that a command of this folder is given, and the game that it is of. */
import { readFileSync } from "node:fs";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { Recording } from "../../shared/recording/recording.ts";
import { logicHashes } from "../config/logic-hash.ts";

/** What was asked for cannot be done; the message is all that a person needs. */
export class Unusable extends Error {}

/** @throws Unusable when there is nothing in the file that can be played. */
export function open(file: string): Recording {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Unusable(`${file} cannot be read: ${(error as Error).message}`);
  }
  const recording = Recording.open(bytes);
  if (typeof recording === "string") throw new Unusable(`${file}: ${recording}`);
  return recording;
}

/** The game of a recording; says so when its rules are others today. @throws Unusable when it is not on the shelf. */
export function gameOf(file: string, { head }: Recording, games: readonly AnyGame[]): AnyGame {
  const game = games.find(({ name }) => name === head.game);
  if (game === undefined) throw new Unusable(`${file}: this shelf has no game called "${head.game}".`);
  const logic = logicHashes()[game.name];
  if (head.logic !== undefined && logic !== undefined && head.logic !== logic)
    process.stderr.write(
      `${file}: recorded with other rules of ${game.name} (${head.logic}; these are ${logic}). It is played with these.\n`,
    );
  return game;
}
