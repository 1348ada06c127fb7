/** The verification of a recording: every frame is stepped again, and every digest and keyframe compared. */
import type { Difference } from "../engine/codec/diff.ts";
import type { AnyGame } from "../engine/game/game.ts";
import { hashInterval } from "../engine/protocol/frame-codec.ts";
import { hex } from "../referee/desync/desync-report.ts";
import type { Recording } from "./recording.ts";
import { type Finding, Replayer } from "./replayer.ts";

/** The first thing that came out otherwise. */
export interface Divergence {
  /** Up to here all was the same. */
  readonly equalTick: number;
  /** Here it was not. */
  readonly tick: number;
  /** What differs at `fieldsTick`, the next keyframe: `a` is this machine's. Empty when there is none behind. */
  readonly fields: readonly Difference[];
  readonly fieldsTick: number | undefined;
}

export interface Verdict {
  /** Frames stepped. */
  readonly ticks: number;
  readonly digests: number;
  readonly keyframes: number;
  /** Undefined when everything came out the same. */
  readonly divergence: Divergence | undefined;
  /** Why the rest could not be looked at, in a sentence. */
  readonly fault: string | undefined;
}

/** What a first digest that differs, or a keyframe, says about when. */
function divergenceOf(
  game: AnyGame,
  found: Finding & { readonly kind: "digest" | "keyframe" },
  checked: number,
): Divergence {
  const since = found.kind === "digest" ? found.tick - hashInterval(game) : checked;
  const fields = found.kind === "keyframe" ? found.differences : [];
  const fieldsTick = found.kind === "keyframe" ? found.tick : undefined;
  return { equalTick: Math.max(0, since), tick: found.tick, fields, fieldsTick };
}

/** Steps everything again. @param onTick is told of every tick, for whoever shows progress. */
export function verify(game: AnyGame, recording: Recording, onTick?: (tick: number) => void): Verdict {
  const verifying = verifyByTick(game, recording);
  for (;;) {
    const { done, value } = verifying.next();
    if (done === true) return value;
    onTick?.(value);
  }
}

/** The same a tick at a time, for whoever has other things to do meanwhile: yields every tick that it has come to. */
export function* verifyByTick(game: AnyGame, recording: Recording): Generator<number, Verdict, void> {
  const replayer = Replayer.open(game, recording);
  if (typeof replayer === "string")
    return { ticks: 0, digests: 0, keyframes: 0, divergence: undefined, fault: replayer };
  let [ticks, checked] = [0, replayer.tick];
  let divergence: Divergence | undefined;
  let { fault } = recording;
  const { report } = recording;
  const interval = hashInterval(game);
  for (;;) {
    const found = replayer.step();
    if (found?.kind === "end") break;
    if (found?.kind === "fault") {
      fault = found.sentence;
      break;
    }
    ticks++;
    yield replayer.tick;
    if (found?.kind === "digest") divergence ??= divergenceOf(game, found, checked);
    if (found?.kind === "keyframe") {
      if (divergence === undefined) divergence = divergenceOf(game, found, checked);
      else if (divergence.fieldsTick === undefined)
        divergence = { ...divergence, fields: found.differences, fieldsTick: found.tick };
      // What comes after begins anew from what was recorded: one difference is enough to know.
      break;
    }
    if (divergence === undefined && (replayer.tick - 1) % interval === 0) checked = replayer.tick - 1;
    if (replayer.tick === report?.tick && hex(replayer.hash) !== report.hashes.server)
      divergence ??= { equalTick: checked, tick: report.tick, fields: [], fieldsTick: undefined };
  }
  return { ticks, ...replayer.compared, divergence, fault };
}
