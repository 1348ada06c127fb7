/** A saved inbox: what of one seat's inputs is not in a frame yet. */
import { BitReader, BitWriter } from "../../engine/bytes/bits.ts";
import { ByteReader, ByteWriter } from "../../engine/bytes/bytes.ts";
import type { InputCodec } from "../../engine/codec/input-codec.ts";
import type { Seat } from "../../engine/game/game.ts";

export interface SavedInbox {
  readonly seat: Seat;
  /** What is in force, as `writeInput` writes it. */
  readonly current: Uint8Array;
  /** The first tick in which it no longer is; or it is until another one comes, as for stream clients. */
  readonly holdsUntil: number | "the next";
  /** What waits for its tick. */
  readonly waiting: readonly SavedInput[];
}

export interface SavedInput {
  /** For which tick it waits. */
  readonly tick: number;
  /** For which tick its client wanted it: an earlier one when it came late and was moved. */
  readonly wantedTick: number;
  /** As `writeInput` writes it. */
  readonly input: Uint8Array;
}

/** An input in bytes: a delta to the neutral one. */
export function writeInput<Input>(codec: InputCodec<Input>, input: Input): Uint8Array {
  const out = new ByteWriter();
  const bits = new BitWriter(out);
  codec.writeDelta(codec.create(), input, bits);
  bits.flush();
  return out.view().slice();
}

/** Reverse of `writeInput`; false when the bytes are none of these inputs. */
export function readInput<Input>(codec: InputCodec<Input>, bytes: Uint8Array, into: Input): boolean {
  const reader = new ByteReader(bytes);
  const bits = new BitReader(reader);
  codec.readDelta(codec.create(), into, bits);
  bits.align();
  return !reader.failed && reader.remaining === 0;
}
