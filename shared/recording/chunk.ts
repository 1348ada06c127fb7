/** A chunk of a recording: what it is, from which tick, its bytes deflated where that pays, and a hash of all that. */
import { deflateSync } from "fflate";
import { ByteReader, ByteWriter } from "../engine/bytes/bytes.ts";
import { hashBytes } from "../engine/bytes/hash.ts";
import { type Parcel, unwrap } from "../engine/protocol/parcel.ts";

/** Deflates (RFC 1951), in whatever way is at hand where bytes are written; they are read in one way everywhere. */
export type Deflate = (bytes: Uint8Array) => Uint8Array;

/** By the byte that stands for it. */
const KINDS = ["head", "block", "index", "report"] as const;

export type ChunkKind = (typeof KINDS)[number];

/** What comes before the bytes. */
const HEAD_BYTES = 21;
/** Of which the hash is the last. */
const HASHED_BYTES = HEAD_BYTES - 4;
/** No chunk is larger when it is inflated; what says so is not read, so that a small file cannot take all memory. */
export const MOST_CHUNK_BYTES = 64 * 1024 * 1024;

/** Below this size deflating saves less than it costs. */
const DEFLATE_ABOVE_BYTES = 512;

export interface Chunk extends Parcel {
  /** Undefined: one that this program does not know. */
  readonly kind: ChunkKind | undefined;
  /** The tick of the first frame in it; of an index, the tick that the recording ends at; of a report, the tick that it is about. */
  readonly tick: number;
  /** How many frames are in it. */
  readonly frames: number;
  /** Where in the file it begins, and where what follows it does. */
  readonly at: number;
  readonly end: number;
}

const out = new ByteWriter();

function writeHead({ kind, tick, frames, size, body }: Omit<Content, "bytes"> & Parcel): void {
  out.reset().uint8(KINDS.indexOf(kind));
  for (const value of [tick, frames, size, body.length]) out.uint32(value);
}

function pack(bytes: Uint8Array, deflate: Deflate): Parcel {
  const deflated = bytes.length <= DEFLATE_ABOVE_BYTES ? bytes : deflate(bytes);
  return { size: bytes.length, body: deflated.length < bytes.length ? deflated : bytes };
}

/** What a chunk says of itself, and its bytes. */
export interface Content extends Pick<Chunk, "tick" | "frames"> {
  readonly kind: ChunkKind;
  readonly bytes: Uint8Array;
}

/** Good until the next call. */
export function writeChunk({ kind, tick, frames, bytes }: Content, deflate: Deflate = deflateSync): Uint8Array {
  const { size, body } = pack(bytes, deflate);
  writeHead({ kind, tick, frames, size, body });
  out.uint32(hashBytes(body, hashBytes(out.view())));
  out.raw(body);
  return out.view();
}

/** The chunk at an offset, whose hash is right; else what is wrong with it, in words. */
export function readChunk(file: Uint8Array, at: number): Chunk | string {
  const input = new ByteReader(file.subarray(at, at + HEAD_BYTES));
  const kind = KINDS[input.uint8()];
  const [tick, frames, size, length, hash] = [
    input.uint32(),
    input.uint32(),
    input.uint32(),
    input.uint32(),
    input.uint32(),
  ];
  const end = at + HEAD_BYTES + length;
  if (input.failed || end > file.length) return "it is cut off";
  const body = file.subarray(at + HEAD_BYTES, end);
  const isRight = hash === hashBytes(body, hashBytes(file.subarray(at, at + HASHED_BYTES)));
  if (!isRight || length > size || size > MOST_CHUNK_BYTES) return "its bytes were changed";
  return { kind, tick, frames, size, body, at, end };
}

/** Its bytes, inflated; undefined when they are not what its head says. */
export const bytesOf = (chunk: Chunk): Uint8Array | undefined => unwrap(chunk);
