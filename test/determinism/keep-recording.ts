/** The recording of a match that an engine steps otherwise, left in a folder for people to look at. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "./engine.ts";
import { fromHex } from "./inside/hex.ts";
import type { Match } from "./inside/jobs.ts";

export interface Kept {
  readonly match: Match;
  readonly engine: Engine;
  /** In hex. */
  readonly file: string;
}

/** Says where it is, in a line. */
export function keepRecording(folder: string, { match: { game, seed }, engine: { name }, file }: Kept): string {
  const path = join(folder, `determinism-${game}-${seed}-${name.replace(/\W+/g, "-")}.phx`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, fromHex(file));
  } catch (error) {
    return `  It could not be left as a recording: ${(error as Error).message}`;
  }
  return `  To look at: npm run replay -- info ${path}, or the page with ?replay`;
}
