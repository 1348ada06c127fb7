/** A recorded match in the hands of a test: its frames as objects, stepped with something done in between. */
import { ByteReader } from "../../shared/engine/bytes/bytes.ts";
import { assert } from "../../shared/engine/game/assert.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";
import { decodeFrame } from "../../shared/engine/protocol/frame-codec.ts";
import { createFrame, type Frame } from "../../shared/engine/sim/frame.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";
import type { Match } from "./inside/jobs.ts";
import { recordingOf, type World } from "./inside/recording.ts";

export type AnyFrame = Frame<Plain<unknown>>;

export interface Replayed {
  readonly frames: readonly AnyFrame[];
  /** The body of each frame, as it goes over the wire. */
  readonly bodies: readonly Uint8Array[];
}

/** Decodes the frames of a match. */
export function replayed(game: AnyGame, match: Match): Replayed {
  const recording = recordingOf(match);
  const world: World = new Simulation(game, match.seed);
  const frames: AnyFrame[] = [];
  const bodies: Uint8Array[] = [];
  for (const index of recording.blocks.keys()) {
    const block = recording.block(index);
    assert(typeof block !== "string", String(block));
    const reader = new ByteReader(block.bodies);
    while (world.tick < block.tick + block.frames) {
      const frame = createFrame(game) as AnyFrame;
      const start = reader.offset;
      assert(decodeFrame(world.tick, reader, world.seats, frame).ok, `no frame of tick ${world.tick}`);
      frames.push(frame);
      bodies.push(block.bodies.subarray(start, reader.offset));
      world.step(frame);
    }
  }
  return { frames, bodies };
}

/** Steps one frame; may go on with another world than it was given. */
export type Stepper = (world: World, frame: AnyFrame) => World;

export const plainly: Stepper = (world, frame) => {
  world.step(frame);
  return world;
};

/** Hashes of the world as set up and after each frame. */
export function hashesOf(game: AnyGame, seed: number, frames: readonly AnyFrame[], step: Stepper = plainly): number[] {
  let world: World = new Simulation(game, seed);
  const hashes = [world.hash()];
  for (const frame of frames) {
    world = step(world, frame);
    hashes.push(world.hash());
  }
  return hashes;
}
