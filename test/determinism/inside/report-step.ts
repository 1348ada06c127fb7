/** The report of a step that came out otherwise on another engine: the recording of a desync, for whoever wants to look at it. */
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { recordingOf as desyncRecordingOf } from "../../../shared/recording/of-report.ts";
import { Replayer } from "../../../shared/recording/replayer.ts";
import { reportOf } from "../../../shared/referee/desync/desync-report.ts";
import { fromHex, toHex } from "./hex.ts";
import type { DifferentStep } from "./jobs.ts";
import { recordingOf } from "./recording.ts";

/** To be asked of the engine whose world is the right one. */
export function reportStep(game: AnyGame, { match, tick, reference, engine, snapshot }: DifferentStep): string {
  const recording = recordingOf(match);
  const replayer = Replayer.open(game, recording);
  if (typeof replayer === "string") throw new Error(replayer);
  const block = recording.block(recording.blockAt(tick - 1)!);
  const fault = replayer.seek(tick - 1) ?? (typeof block === "string" ? block : undefined);
  if (fault !== undefined || typeof block === "string") throw new Error(fault);
  replayer.step();
  const clientWorld = fromHex(snapshot);
  const sick = Simulation.from(game, clientWorld);
  if (sick === undefined) throw new Error(`the world of ${engine} cannot be read`);
  const [ours, theirs] = [replayer.hash, sick.hash()];
  const report = reportOf({
    client: { id: engine, seat: undefined },
    engines: { server: reference, client: engine },
    logic: { server: undefined, client: undefined },
    // Each engine has made the step twice by now: to be compared, and to be traced.
    hashes: { server: ours, serverAgain: ours, client: theirs, clientAgain: theirs },
    truth: replayer.world,
    sick,
    rerun: {
      ...{ snapshot: block.keyframe, firstTick: block.tick, frames: tick - block.tick, clientWorld },
      bodies: block.bodies.slice(0, replayer.offset),
    },
  });
  return toHex(desyncRecordingOf(report, { now: Date.now() }));
}
