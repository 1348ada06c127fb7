/** The matches that tests play in memory: each is recorded, verified when its test is over, and left as a file when that fails. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { Recorder } from "../../../shared/recording/recorder.ts";
import { verify } from "../../../shared/recording/verify.ts";
import { MemoryRecording, opened } from "./memory-recording.ts";

/** Not of the repository: what is found is for whoever runs the tests. */
const FOLDER = "artifacts";
/** Of one test that fails so many are left: the last ones, which it was at. */
const MOST_FILES = 4;

interface Played {
  readonly game: AnyGame;
  readonly seed: number;
  readonly memory: MemoryRecording;
}

/** In the order they were begun. */
const played: Played[] = [];

/** Whether tests are run, and not benches or commands. */
let isOn = false;

export function beginWatch(): void {
  isOn = true;
}

/** Takes a match under watch. The next referee of it is one more. @returns what it is written down in; undefined: nothing is watched. */
export function recordWatched(game: AnyGame, seed: number): Recorder | undefined {
  if (!isOn) return undefined;
  const memory = new MemoryRecording(game);
  played.push({ game, seed, memory });
  return memory.recorder;
}

/** The matches under watch are not to be verified: whoever plays them has broken something. */
export function forgetMatches(): void {
  played.length = 0;
}

/** How many are under watch. */
export const watchedMatches = (): number => played.length;

function faultOf({ game, memory }: Played): string | undefined {
  const file = memory.end();
  // A referee that closed no tick has written nothing.
  if (file.length === 0) return undefined;
  const { divergence, fault } = verify(game, opened(file));
  if (divergence === undefined) return fault;
  const fields = divergence.fields.map(({ path }) => path).join(", ");
  return `another world at tick ${divergence.tick}: ${fields}`;
}

/** Leaves a recording for people to look at. @returns where it is. */
function leave({ game, seed, memory }: Played, name: string): string {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name.replace(/\W+/g, "-").slice(-80)}-${game.name}-${seed}.phx`);
  writeFileSync(path, memory.end());
  return path;
}

const told = (paths: readonly string[]): string =>
  `played in ${paths.join(", ")}: npm run replay -- info FILE, or the page with ?replay`;

/**
 * Verifies every match from one on, and forgets them.
 *
 * @param test its name. @param hasFailed whether it has anyway: the matches it was at are left as recordings.
 * @throws Error that says what is wrong with them, and where they are.
 */
export function endMatches(from: number, test: string, hasFailed: boolean): void {
  const ended = played.splice(from);
  if (hasFailed) {
    const lasting = ended.filter(({ memory }) => memory.end().length > 0).slice(-MOST_FILES);
    const paths = lasting.map((match, i) => leave(match, `${test}-${i}`));
    if (paths.length > 0) process.stderr.write(`${test}: ${told(paths)}\n`);
    return;
  }
  const faults = ended.flatMap((match) => {
    const fault = faultOf(match);
    return fault === undefined ? [] : [`${fault}; ${told([leave(match, test)])}`];
  });
  if (faults.length > 0) throw new Error(`its recordings do not come out again:\n${faults.join("\n")}`);
}
