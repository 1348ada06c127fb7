/** The order of the files of tests: those that take longest begin first, so that no worker is left alone with one of them at the end. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Each takes more than half a minute with CI=true; the longest of each project first. */
const LONG = [
  "referee/journal",
  "referee/matches/chaos",
  "referee/matches/one-hash",
  "referee/commands-once",
  "referee/resume",
  "server/live/lines/lines",
  "server/live/process/outlive-people",
  "server/live/process/outlive-matches",
  "server/live/workers/poison",
  "server/live/workers/tickets",
  "load/run",
  "server/live/process/signals",
  "server/live/matches/commands-cut",
  "server/live/matches/desync",
  "e2e/returns",
  "e2e/offline",
  "e2e/without-server",
  "e2e/network",
  "e2e/own-moves",
  "e2e/chat",
  "e2e/skirmish",
].map((name) => `test/${name}.test.ts`);

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = LONG.findIndex((path) => moduleId.endsWith(path));
  return rank < 0 ? LONG.length : rank;
};

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
