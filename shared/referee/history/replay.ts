/** Replay of a saved history: what is remembered of the last minute is made again from a snapshot and the frames since (R6). */
import { ByteReader } from "../../engine/bytes/bytes.ts";
import type { Plain } from "../../engine/layout/plain.ts";
import { decodeFrame } from "../../engine/protocol/frame-codec.ts";
import { createFrame, type Frame } from "../../engine/sim/frame.ts";
import type { FrameLog } from "../../engine/sim/frame-log.ts";
import type { Simulation } from "../../engine/sim/simulation.ts";
import type { HashHistory } from "./hash-history.ts";
import type { Keyframes, SavedHistory } from "./keyframes.ts";

/** What remembers the last minute, empty, and the world at its beginning. */
export interface EmptyHistory<I, S> {
  readonly world: Simulation<I, S>;
  readonly log: FrameLog;
  readonly hashes: HashHistory;
  readonly keyframes: Keyframes<I, S>;
}

/**
 * Steps the world to the present and remembers everything on the way.
 *
 * @param onStepped is told of each frame that was stepped, with what became of its commands; it is used again for the next one.
 * @returns what is wrong with the saved history, in a sentence; undefined when nothing is.
 * @throws RulesError when the game's rules throw.
 */
export function replay<I, S>(
  { world, log, hashes, keyframes }: EmptyHistory<I, S>,
  saved: SavedHistory,
  onStepped?: (frame: Frame<Plain<I>>) => void,
): string | undefined {
  const { name } = world.game;
  const frame = createFrame(world.game);
  const reader = new ByteReader(saved.frames);
  const kept = new Set(saved.keyframes);
  const record = (): void => {
    hashes.record(world.tick, world.hash());
    if (kept.has(world.tick)) keyframes.fresh(world, 0);
  };
  record();
  while (reader.remaining > 0) {
    const start = reader.offset;
    const { ok, digest } = decodeFrame(world.tick, reader, world.seats, frame);
    if (!ok) return `the frame of tick ${world.tick} cannot be read with this declaration of ${name}`;
    // The digest that went over the wire judges the rules of today.
    const own = digest === undefined ? undefined : hashes.digestFor(world.tick);
    if (own !== undefined && own !== digest)
      return `the rules of ${name} give another world at tick ${world.tick} than they did: they are of another build, or read something outside the world`;
    log.append(world.tick, saved.frames.subarray(start, reader.offset));
    world.step(frame);
    onStepped?.(frame);
    record();
  }
  return undefined;
}
