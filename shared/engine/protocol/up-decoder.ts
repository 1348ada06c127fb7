/** The decoder of the messages from a client of ours: hostile until read, and it never throws (R13). */
import { BitReader } from "../bytes/bits.ts";
import { ByteReader } from "../bytes/bytes.ts";
import type { InputCodec } from "../codec/input-codec.ts";
import { readPart } from "./parcel.ts";
import { planeOf } from "./plane.ts";
import { LONGEST_UP_BYTES, MOST_TRAIL_HASHES, Up, type UpMessage } from "./up.ts";

const MALFORMED = {
  type: { kind: "malformed", reason: "unknown-type" },
  length: { kind: "malformed", reason: "too-long" },
  bytes: { kind: "malformed", reason: "bad-bytes" },
} as const;

/** Decodes what a client sent. The `input` of a returned message is one object, overwritten by the next call. */
export class UpDecoder<Input> {
  readonly #codec: InputCodec<Input>;
  readonly #neutral: Input;
  readonly #input: Input;
  readonly #bytes = new ByteReader(new Uint8Array(0));
  readonly #bits = new BitReader(this.#bytes);

  constructor(codec: InputCodec<Input>) {
    this.#codec = codec;
    this.#neutral = codec.create();
    this.#input = codec.create();
  }

  /** @param at where in `bytes` the message begins. */
  decode(type: number, bytes: Uint8Array, at = 0): UpMessage<Input> {
    if (bytes.length - at > LONGEST_UP_BYTES) return MALFORMED.length;
    const input = this.#bytes.reset(bytes, at);
    const message = this.#read(type, input);
    return input.failed || input.remaining > 0 ? MALFORMED.bytes : message;
  }

  #read(type: number, input: ByteReader): UpMessage<Input> {
    switch (type) {
      case Up.ready:
        return { kind: "ready", nextTick: input.uvarint() };
      case Up.input: {
        const tick = input.uvarint();
        const confirmedTick = (tick - input.uvarint()) >>> 0;
        const bits = this.#bits.reset();
        const digest = readRider(bits);
        const echo = readRider(bits);
        this.#codec.readDelta(this.#neutral, this.#input, bits);
        bits.align();
        return { kind: "input", tick, confirmedTick, input: this.#input, digest, echo };
      }
      case Up.ping:
        return { kind: "ping", echo: input.uint32() };
      case Up.hash:
        return { kind: "hash", tick: input.uvarint(), digest: input.uint32() };
      case Up.trail:
        return readTrail(input);
      case Up.state: {
        const tick = input.uvarint();
        const again = readFlag(input) ? input.uint32() : undefined;
        return { kind: "state", tick, again, part: readPart(input) };
      }
      case Up.plane:
        return { kind: "plane", plane: planeOf(input) };
      case Up.pause:
        return { kind: "pause", isWanted: readFlag(input) };
      case Up.command:
        return { kind: "command", number: input.uvarint(), tick: input.uvarint(), bytes: readRest(input) };
      default:
        input.offset = input.bytes.length;
        return MALFORMED.type;
    }
  }
}

const decoders = new WeakMap<object, UpDecoder<never>>();

/** The decoder that all rooms of a game share, so that it stays in the processor's cache. */
export function upDecoderOf<Input>(codec: InputCodec<Input>): UpDecoder<Input> {
  let decoder = decoders.get(codec) as UpDecoder<Input> | undefined;
  if (decoder === undefined) {
    decoder = new UpDecoder(codec);
    decoders.set(codec, decoder as never);
  }
  return decoder;
}

const readRider = (bits: BitReader): number | undefined => (bits.bits(1) === 1 ? bits.bits(32) : undefined);

function readTrail(input: ByteReader): UpMessage<never> {
  const firstTick = input.uvarint();
  const count = input.uvarint();
  if (count > MOST_TRAIL_HASHES || !input.canHold(count, 4)) input.fail();
  const hashes: number[] = [];
  for (let i = 0; i < count && !input.failed; i++) hashes.push(input.uint32());
  return { kind: "trail", firstTick, hashes };
}

/** At least one byte. */
function readRest(input: ByteReader): Uint8Array {
  if (input.remaining === 0) input.fail();
  return input.raw(input.remaining);
}

function readFlag(input: ByteReader): boolean {
  const flag = input.uint8();
  if (flag > 1) input.fail();
  return flag === 1;
}
