/**
 * The warm-up of a recording: steps where its steps are dearest, so that the browser has compiled the rules before somebody goes
 * there. What a first step there takes is ten times what a later one does.
 */
import type { AnyGame } from "../../shared/engine/game/game.ts";
import type { Recording } from "../../shared/recording/recording.ts";
import { Replayer } from "../../shared/recording/replayer.ts";

/** By then what is stepped again and again has been compiled. */
const MOST_STEPS = 200;

/** One step each time it is asked on; whoever has time to spare does that. */
export function* warmUp(game: AnyGame, recording: Recording): Generator<void, void> {
  const replayer = Replayer.open(game, recording);
  if (typeof replayer === "string") return;
  if (replayer.seek(dearest(recording)) !== undefined) return;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const found = replayer.step();
    if (found?.kind === "fault" || found?.kind === "end") return;
    yield;
  }
}

/** Where the shortest of the blocks begins, which steps have made short: the last one is short in any case. Among those as short, the largest. */
function dearest({ blocks, firstTick }: Recording): number {
  const [first] = blocks.slice(0, -1).sort((a, b) => a.frames - b.frames || b.size - a.size);
  return first?.tick ?? firstTick;
}
