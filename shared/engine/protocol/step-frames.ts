/** Closed frames, as they were encoded, stepped in order: how a world gets from one tick to a later one (R6). */
import { ByteReader } from "../bytes/bytes.ts";
import type { Plain } from "../layout/plain.ts";
import { createFrame, type Frame } from "../sim/frame.ts";
import type { Simulation } from "../sim/simulation.ts";
import { decodeFrame } from "./frame-codec.ts";

/**
 * Steps a world to `toTick` with the frames in `bodies`, the first of which is that of the world's tick.
 *
 * @param onTick is called before each step, with the world as it is and the frame, which is used again for the next one.
 * @returns false when the bytes are malformed or end too early; the world then stands at the last tick it could reach.
 * @throws RulesError when the game's rules throw.
 */
export function stepFrames<I, S>(
  world: Simulation<I, S>,
  bodies: Uint8Array,
  toTick: number,
  onTick?: (world: Simulation<I, S>, frame: Frame<Plain<I>>) => void,
): boolean {
  const reader = new ByteReader(bodies);
  const frame = createFrame(world.game);
  while (world.tick < toTick) {
    if (!decodeFrame(world.tick, reader, world.seats, frame).ok) return false;
    onTick?.(world, frame);
    world.step(frame);
  }
  return true;
}
