/** A cut of a recording: a part of it as a recording of its own, which begins with the world of its first tick. */
import { ByteWriter } from "../engine/bytes/bytes.ts";
import type { AnyGame } from "../engine/game/game.ts";
import type { At, Block } from "./block.ts";
import type { Recording } from "./recording.ts";
import { type BlockPlace, beginningOf, blockBytes, endingOf } from "./recording-bytes.ts";
import { Replayer } from "./replayer.ts";

/** Those of a block that fall into a part of it. The last one from before is still so at its beginning. */
function within<T>(list: readonly At<T>[], from: number, to: number, isLasting: boolean): At<T>[] {
  const inside = list.filter(({ tick }) => tick >= from && tick <= to);
  const before = isLasting ? list.filter(({ tick }) => tick < from).at(-1) : undefined;
  return before === undefined || inside[0]?.tick === from ? inside : [{ tick: from, what: before.what }, ...inside];
}

/** A part of the block that the replayer is taken through; a sentence when it cannot be reached. */
function partOf(replayer: Replayer<unknown, unknown>, block: Block, from: number, to: number): Block | string {
  const fault = replayer.seek(from);
  if (fault !== undefined) return fault;
  const keyframe = replayer.world.snapshot();
  const begin = replayer.offset;
  let end = block.bodies.length;
  if (to < block.tick + block.frames) {
    const late = replayer.seek(to);
    if (late !== undefined) return late;
    end = replayer.offset;
  }
  return {
    tick: from,
    frames: to - from,
    keyframe,
    bodies: block.bodies.slice(begin, end),
    rosters: within(block.rosters, from, to, true),
    marks: within(block.marks, from, to, false),
  };
}

/** The frames of the ticks from one to another (exclusive), as a file; a sentence when there is no such part. */
export function cut(game: AnyGame, recording: Recording, from: number, to: number): Uint8Array | string {
  const replayer = Replayer.open(game, recording);
  if (typeof replayer === "string") return replayer;
  const { firstTick, endTick } = recording;
  if (!(from >= firstTick && to <= endTick && from < to))
    return `There is no part from tick ${from} to ${to}: the recording has the ticks ${firstTick} to ${endTick}.`;
  const out = new ByteWriter();
  out.raw(beginningOf(recording.head));
  const places: BlockPlace[] = [];
  for (const [index, { tick, frames }] of recording.blocks.entries()) {
    const [first, end] = [Math.max(from, tick), Math.min(to, tick + frames)];
    if (first >= end) continue;
    const block = recording.block(index);
    const part = typeof block === "string" ? block : partOf(replayer, block, first, end);
    if (typeof part === "string") return part;
    places.push({ at: out.length, tick: first, frames: end - first });
    out.raw(blockBytes(part));
  }
  out.raw(endingOf(places, out.length));
  return out.view();
}
