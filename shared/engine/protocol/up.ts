/** What a lockstep client sends: four messages, one decoder that never throws (R13). Equations: PROTOCOL.md, up. */
import { BitReader, BitWriter } from "../codec/bits.ts";
import { ByteReader, ByteWriter } from "../codec/bytes.ts";
import type { InputCodec } from "../codec/input-codec.ts";

/** Message types, client to server. */
export const Up = {
  /** "I listen: bring me to the present." */
  ready: 1,
  /** "From this tick on I want this." */
  input: 2,
  /** "What time is it?" */
  ping: 3,
  /** "My world at this confirmed tick has this hash." */
  hash: 4,
} as const;

/** Longest message a client of this protocol ever sends, in bytes; anything longer is refused unread. */
export const LONGEST_UP_BYTES = 1024;

export type UpMessage<Input> =
  /** `nextTick`: first tick the client has no frame of; 0 when it has nothing and needs a snapshot. */
  | { readonly kind: "ready"; readonly nextTick: number }
  /** `confirmedTick`: ticks the client has stepped with confirmed frames: its acknowledgement. */
  | { readonly kind: "input"; readonly tick: number; readonly confirmedTick: number; readonly input: Input }
  /** `echo`: the client's own clock, returned as it came. */
  | { readonly kind: "ping"; readonly echo: number }
  | { readonly kind: "hash"; readonly tick: number; readonly hash: number }
  /** Not one of ours, or not all of it. `reason` is a constant, safe to count by. */
  | { readonly kind: "malformed"; readonly reason: "unknown-type" | "too-long" | "bad-bytes" };

const MALFORMED = {
  type: { kind: "malformed", reason: "unknown-type" },
  length: { kind: "malformed", reason: "too-long" },
  bytes: { kind: "malformed", reason: "bad-bytes" },
} as const;

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

  input(tick: number, confirmedTick: number, input: Input): Uint8Array {
    const out = this.#out.reset();
    out.uvarint(tick);
    out.uvarint(confirmedTick);
    const bits = new BitWriter(out);
    this.#codec.writeDelta(this.#neutral, input, bits);
    bits.flush();
    return out.view().slice();
  }

  ping(echo: number): Uint8Array {
    this.#out.reset().uint32(echo);
    return this.#out.view().slice();
  }

  hash(tick: number, hash: number): Uint8Array {
    const out = this.#out.reset();
    out.uvarint(tick);
    out.uint32(hash);
    return out.view().slice();
  }
}

/** Decodes what a client sent. The `input` of a returned message is one object, overwritten by the next call. */
export class UpDecoder<Input> {
  readonly #codec: InputCodec<Input>;
  readonly #neutral: Input;
  readonly #input: Input;

  constructor(codec: InputCodec<Input>) {
    this.#codec = codec;
    this.#neutral = codec.create();
    this.#input = codec.create();
  }

  decode(type: number, bytes: Uint8Array): UpMessage<Input> {
    if (bytes.length > LONGEST_UP_BYTES) return MALFORMED.length;
    const input = new ByteReader(bytes);
    const message = this.#read(type, input);
    return input.failed || input.remaining > 0 ? MALFORMED.bytes : message;
  }

  #read(type: number, input: ByteReader): UpMessage<Input> {
    switch (type) {
      case Up.ready:
        return { kind: "ready", nextTick: input.uvarint() };
      case Up.input: {
        const tick = input.uvarint();
        const confirmedTick = input.uvarint();
        const bits = new BitReader(input);
        this.#codec.readDelta(this.#neutral, this.#input, bits);
        bits.align();
        return { kind: "input", tick, confirmedTick, input: this.#input };
      }
      case Up.ping:
        return { kind: "ping", echo: input.uint32() };
      case Up.hash:
        return { kind: "hash", tick: input.uvarint(), hash: input.uint32() };
      default:
        input.offset = input.bytes.length;
        return MALFORMED.type;
    }
  }
}
