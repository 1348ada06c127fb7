/** The file that `npm run replay` is given: a recording, or a desync report, which is made one. */
import { readFileSync } from "node:fs";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { recordingOf } from "../../shared/recording/of-report.ts";
import { Recording } from "../../shared/recording/recording.ts";
import type { DesyncReport } from "../../shared/referee/desync/desync-report.ts";
import { logicHashes } from "../config/logic-hash.ts";

/** What was asked for cannot be done; the message is all that a person needs. */
export class Unusable extends Error {}

/** A desync report as a recording, so that it is looked at like any other; else the bytes as they are. */
function recordingBytes(file: string, bytes: Uint8Array, games: readonly AnyGame[]): Uint8Array {
  if (bytes[0] !== "{".charCodeAt(0)) return bytes;
  let report: DesyncReport & { readonly at?: string };
  try {
    report = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Unusable(`${file} cannot be read as a desync report: ${(error as Error).message}`);
  }
  const game = games.find(({ name }) => name === report.game);
  if (game === undefined) throw new Unusable(`${file}: this shelf has no game called "${report.game}".`);
  const made = recordingOf(report, game.tickRate, Date.parse(report.at ?? "") || 0);
  if (made === undefined) throw new Unusable(`${file}: there is no frame in this report, or it is none.`);
  return made;
}

/** @throws Unusable when there is nothing in the file that can be played. */
export function open(file: string, games: readonly AnyGame[]): Recording {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Unusable(`${file} cannot be read: ${(error as Error).message}`);
  }
  const recording = Recording.open(recordingBytes(file, bytes, games));
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
