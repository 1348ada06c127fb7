/** The rerun of a desync without its match: the frames of its recording, stepped on this machine, and the client's world beside. */
import type { Difference } from "../engine/codec/diff.ts";
import type { AnyGame } from "../engine/game/game.ts";
import { Simulation } from "../engine/sim/simulation.ts";
import { diffWorlds } from "../engine/sim/state-diff.ts";
import type { RecordedReport } from "./recorded-report.ts";
import type { Recording } from "./recording.ts";
import { Replayer } from "./replayer.ts";

export interface Rerun {
  readonly report: RecordedReport;
  /** The state hash at the report's tick as this machine has it. */
  readonly hash: number;
  /** Where that world and the client's differ: `a` is this machine's, `b` the client's. */
  readonly differences: readonly Difference[];
  /** The last frames before that tick, newest last. */
  readonly frames: readonly unknown[];
}

/** Decoded frames in it. */
const LAST_FRAMES = 10;

/** A sentence instead when there is no report in the recording, or when it does not fit this game's declaration. */
export function rerun(game: AnyGame, recording: Recording): Rerun | string {
  const { report } = recording;
  if (report === undefined) return "There is no desync report in this recording.";
  const replayer = Replayer.open(game, recording);
  if (typeof replayer === "string") return replayer;
  const { tick } = report;
  const frames: unknown[] = [];
  const fault = replayer.seek(Math.max(recording.firstTick, tick - LAST_FRAMES));
  if (fault !== undefined) return fault;
  while (replayer.tick < tick) {
    const found = replayer.step();
    if (found?.kind === "fault") return found.sentence;
    if (found?.kind === "end") return `The recording ends before tick ${tick}.`;
    frames.push(JSON.parse(JSON.stringify(replayer.frame)));
  }
  const client = Simulation.from(game, report.clientWorld);
  if (client === undefined)
    return `The client's world cannot be read with this declaration of ${game.name}: it is of another build.`;
  return { report, hash: replayer.hash, differences: diffWorlds(replayer.world, client), frames };
}
