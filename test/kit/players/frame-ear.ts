/** A lockstep client that steps nothing: it notes when frames come, and acknowledges them. Hundreds fit in a process. */
import { type JoinOptions, joinRoom } from "../../../client/session/join.ts";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { Down, decodeDown } from "../../../shared/engine/protocol/down.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import { arena } from "../../../shared/games/arena/arena.ts";

/** Seldom enough to cost nothing, often enough not to be parked (R14). */
const FRAMES_PER_ACKNOWLEDGEMENT = 50;

/** Frames of one tick each as they came; those that came in a bundle are no beat. */
export interface FrameEar {
  /** When each frame came, by `performance.now()`. */
  readonly arrivals: number[];
  /** The tick of the newest frame. */
  readonly newestTick: number;
  leave(): Promise<void>;
}

export async function listenToFrames(options: JoinOptions): Promise<FrameEar> {
  const room = await joinRoom(arena, options);
  room.reconnection.enabled = false;
  const codec = inputCodecOf(arena.input);
  const encoder = new UpEncoder(codec);
  const neutral = codec.create();
  const arrivals: number[] = [];
  let newestTick = 0;
  room.onMessage(Down.frame, (bytes: Uint8Array) => {
    arrivals.push(performance.now());
    const message = decodeDown(Down.frame, bytes);
    if (message.kind === "frames") newestTick = message.firstTick;
    if (arrivals.length % FRAMES_PER_ACKNOWLEDGEMENT === 0)
      room.sendBytes(Up.input, encoder.input(newestTick + 1, newestTick, neutral));
  });
  for (const type of Object.values(Down)) if (type !== Down.frame) room.onMessage(type, () => {});
  room.sendBytes(Up.ready, encoder.ready(0));
  return {
    arrivals,
    get newestTick() {
      return newestTick;
    },
    leave: async () => void (await room.leave()),
  };
}
