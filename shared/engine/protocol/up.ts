/** The messages from a client of ours: nine types. Equations: PROTOCOL.md, up. */
import { BitWriter } from "../bytes/bits.ts";
import { ByteWriter } from "../bytes/bytes.ts";
import type { InputCodec } from "../codec/input-codec.ts";
import { type Parcel, type Part, writePart } from "./parcel.ts";
import { type Plane, planeNumber } from "./plane.ts";

/** Message types, client to server. */
export const Up = {
  /** "I listen: bring me to the present." */
  ready: 1,
  /** "From this tick on I want this." */
  input: 2,
  /** "What time is it?" */
  ping: 3,
  /** "My worlds up to this confirmed tick have this digest." */
  hash: 4,
  /** "They differ from yours: these are the hashes of my last worlds." */
  trail: 5,
  /** "This is my world at the tick you asked for", a part of it. */
  state: 6,
  /** "I would rather be on this plane." */
  plane: 7,
  /** "I want a pause", or no longer. */
  pause: 8,
  /** "Apply this once." */
  command: 9,
} as const;

/** Longest message a client of this protocol ever sends, in bytes; anything longer is refused unread. */
export const LONGEST_UP_BYTES = 4000;
/** Bytes of a world in one part of it. */
const UP_PART_BYTES = 3900;
/** Hashes in one trail: what a client remembers of its past, in ticks, is less. */
export const MOST_TRAIL_HASHES = 900;

/** What else an input may carry, so that a player's client says one thing at a time. */
export interface Riders {
  /** That of a `hash` for the newest digest's tick that is not above `confirmedTick`. */
  readonly digest?: number | undefined;
  /** That of a `ping`. */
  readonly echo?: number | undefined;
}

/** `confirmedTick`: ticks the client has stepped with confirmed frames: its acknowledgement. */
interface InputMessage<Input> extends Riders {
  readonly kind: "input";
  readonly tick: number;
  readonly confirmedTick: number;
  readonly input: Input;
}

const NO_RIDERS: Riders = {};

export type UpMessage<Input> =
  /** `nextTick`: first tick the client has no frame of; 0 when it has nothing and needs a snapshot. */
  | { readonly kind: "ready"; readonly nextTick: number }
  | InputMessage<Input>
  /** `echo`: the client's own clock, returned as it came. */
  | { readonly kind: "ping"; readonly echo: number }
  /** `digest`: of the worlds of one hash interval up to `tick` (`HashTrail.digest`). */
  | { readonly kind: "hash"; readonly tick: number; readonly digest: number }
  /** `hashes` of the worlds from `firstTick` on, one a tick. */
  | { readonly kind: "trail"; readonly firstTick: number; readonly hashes: readonly number[] }
  /** `again`: the hash that stepping the tick before once more gave; undefined when the client could not. */
  | { readonly kind: "state"; readonly tick: number; readonly again: number | undefined; readonly part: Part }
  | { readonly kind: "plane"; readonly plane: Plane }
  | { readonly kind: "pause"; readonly isWanted: boolean }
  /** `bytes`: kind and fields (`decodeCommand`), a view that stands until the next message. */
  | { readonly kind: "command"; readonly number: number; readonly tick: number; readonly bytes: Uint8Array }
  /** Not one of ours, or not all of it. `reason` is a constant, safe to count by. */
  | { readonly kind: "malformed"; readonly reason: "unknown-type" | "too-long" | "bad-bytes" };

/** Encodes up messages of one game; every method returns bytes that stay valid. */
export class UpEncoder<Input> {
  readonly #out = new ByteWriter();
  readonly #codec: InputCodec<Input>;
  readonly #neutral: Input;

  constructor(codec: InputCodec<Input>) {
    this.#codec = codec;
    this.#neutral = codec.create();
  }

  ready(nextTick: number): Uint8Array {
    this.#out.reset().uvarint(nextTick);
    return this.#out.view().slice();
  }

  input(tick: number, confirmedTick: number, input: Input, { digest, echo }: Riders = NO_RIDERS): Uint8Array {
    const out = this.#out.reset();
    out.uvarint(tick);
    out.uvarint((tick - confirmedTick) >>> 0);
    const bits = new BitWriter(out);
    writeRider(digest, bits);
    writeRider(echo, bits);
    this.#codec.writeDelta(this.#neutral, input, bits);
    bits.flush();
    return out.view().slice();
  }

  ping(echo: number): Uint8Array {
    this.#out.reset().uint32(echo);
    return this.#out.view().slice();
  }

  hash(tick: number, digest: number): Uint8Array {
    const out = this.#out.reset();
    out.uvarint(tick);
    out.uint32(digest);
    return out.view().slice();
  }

  /** At most `MOST_TRAIL_HASHES`. */
  trail(firstTick: number, hashes: readonly number[]): Uint8Array {
    const out = this.#out.reset();
    out.uvarint(firstTick);
    out.uvarint(hashes.length);
    for (const hash of hashes) out.uint32(hash);
    return out.view().slice();
  }

  /** Every part of a world, one message each. */
  state(tick: number, again: number | undefined, parcel: Parcel): Uint8Array[] {
    const messages: Uint8Array[] = [];
    for (let offset = 0; offset < parcel.body.length; ) {
      const out = this.#out.reset();
      out.uvarint(tick);
      out.uint8(again === undefined ? 0 : 1);
      if (again !== undefined) out.uint32(again);
      offset = writePart(parcel, offset, UP_PART_BYTES, out);
      messages.push(out.view().slice());
    }
    return messages;
  }

  plane(plane: Plane): Uint8Array {
    this.#out.reset().uint8(planeNumber(plane));
    return this.#out.view().slice();
  }

  pause(isWanted: boolean): Uint8Array {
    this.#out.reset().uint8(isWanted ? 1 : 0);
    return this.#out.view().slice();
  }

  command(number: number, tick: number, bytes: Uint8Array): Uint8Array {
    const out = this.#out.reset();
    out.uvarint(number);
    out.uvarint(tick);
    out.raw(bytes);
    return out.view().slice();
  }
}

function writeRider(rider: number | undefined, bits: BitWriter): void {
  bits.bits(rider === undefined ? 0 : 1, 1);
  if (rider !== undefined) bits.bits(rider, 32);
}
