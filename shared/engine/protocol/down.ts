/** What the server sends to a lockstep client: four messages (frames are read lazily by the inbox). PROTOCOL.md, down. */
import { ByteReader, ByteWriter } from "../codec/bytes.ts";
import type { Seat } from "../game/game.ts";

/** Message types, server to client. */
export const Down = {
  /** The world at a tick; what follows are the frames from that tick on. */
  snapshot: 1,
  /** One closed frame: the message of every tick. */
  frame: 2,
  /** Several closed frames in a row: catch-up. */
  frames: 3,
  /** Answer to a ping. */
  pong: 4,
} as const;

const NO_SEAT = 255;
const PHASE_STEPS = 65536;

export type DownMessage =
  /** `seat`: the receiver's own, undefined for a client without one. */
  | { readonly kind: "snapshot"; readonly seat: Seat | undefined; readonly snapshot: Uint8Array }
  /** `count` frame bodies from `firstTick` on, undecoded. */
  | { readonly kind: "frames"; readonly firstTick: number; readonly count: number; readonly bodies: Uint8Array }
  /** `serverTicks`: the tick the server had open when it answered, with the part of it that had passed. */
  | { readonly kind: "pong"; readonly echo: number; readonly serverTicks: number }
  | { readonly kind: "malformed" };

export class DownEncoder {
  readonly #out = new ByteWriter();

  /** Valid until the next call. */
  snapshot(seat: Seat | undefined, snapshot: Uint8Array): Uint8Array {
    this.#out.reset().uint8(seat ?? NO_SEAT);
    this.#out.raw(snapshot);
    return this.#out.view();
  }

  /** Valid until the next call. */
  frames(firstTick: number, count: number, bodies: Uint8Array): Uint8Array {
    const out = this.#out.reset();
    out.uvarint(firstTick);
    out.uvarint(count);
    out.raw(bodies);
    return out.view();
  }

  /** Valid until the next call. `serverTicks` as in `DownMessage`, not negative. */
  pong(echo: number, serverTicks: number): Uint8Array {
    const out = this.#out.reset();
    const tick = Math.floor(serverTicks);
    out.uint32(echo);
    out.uvarint(tick);
    out.uint16(Math.min(PHASE_STEPS - 1, Math.floor((serverTicks - tick) * PHASE_STEPS)));
    return out.view();
  }
}

/** Decodes what the server sent; never throws. The byte arrays of a message are views on `bytes`. */
export function decodeDown(type: number, bytes: Uint8Array): DownMessage {
  const input = new ByteReader(bytes);
  const message = read(type, input);
  return input.failed ? { kind: "malformed" } : message;
}

function read(type: number, input: ByteReader): DownMessage {
  switch (type) {
    case Down.snapshot: {
      const seat = input.uint8();
      return { kind: "snapshot", seat: seat === NO_SEAT ? undefined : seat, snapshot: input.raw(input.remaining) };
    }
    case Down.frame:
      return { kind: "frames", firstTick: input.uvarint(), count: 1, bodies: input.raw(input.remaining) };
    case Down.frames:
      return {
        kind: "frames",
        firstTick: input.uvarint(),
        count: input.uvarint(),
        bodies: input.raw(input.remaining),
      };
    case Down.pong:
      return { kind: "pong", echo: input.uint32(), serverTicks: input.uvarint() + input.uint16() / PHASE_STEPS };
    default:
      return { kind: "malformed" };
  }
}
