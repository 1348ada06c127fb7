/** The report of this run's server on the first desync, for people: where it is, what differed, who is to blame. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Recording } from "../../../shared/recording/recording.ts";
import type { DesyncFacts } from "../../../shared/referee/desync/desync-report.ts";

/** Where `server-process.ts` has its reports written. */
const FOLDER = "reports";

export interface DesyncFinding extends Pick<DesyncFacts, "culprit" | "verdict" | "differences"> {
  readonly file: string;
  readonly tick: number;
}

/** Undefined when there is none: the server is somebody else's, or the client was gone before it could show its world. */
export function findingOf(game: string, room: string, folder = FOLDER): DesyncFinding | undefined {
  try {
    const name = readdirSync(folder).find((file) => file.startsWith(`${game}-${room}-`));
    if (name === undefined) return undefined;
    const file = join(folder, name);
    const recording = Recording.open(readFileSync(file));
    if (typeof recording === "string" || recording.report === undefined) return undefined;
    const { tick, culprit, verdict, differences } = recording.report;
    return { file, tick, culprit, verdict, differences };
  } catch {
    return undefined;
  }
}
