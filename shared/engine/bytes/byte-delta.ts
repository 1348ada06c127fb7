/** The delta between two runs of bytes: literal bytes and copies, for healing a world by only what differs. */
import { ByteReader, ByteWriter } from "./bytes.ts";

/** A copy shorter than this costs more to say than its bytes. */
const SHORTEST_COPY = 8;
/** Bytes of a key that finds where in `from` a part of `to` may come from. */
const KEY_BYTES = 4;

/**
 * Encodes `to` as a difference to `from`: PROTOCOL.md, delta. Equal runs are found at the same place first, then at the
 * last place with the same four bytes, so that entries put in or taken out move what follows without repeating it.
 *
 * Source: the copy and add instructions of VCDIFF (RFC 3284 section 3), greedy, without its address caches.
 */
export function encodeDelta(from: Uint8Array, to: Uint8Array): Uint8Array {
  const out = new ByteWriter();
  out.uvarint(to.length);
  const places = placesOf(from);
  let literalFrom = 0;
  let shift = 0;
  let at = 0;
  while (at < to.length) {
    const source = findSource(from, to, at, shift, places);
    if (source === undefined) {
      at++;
      continue;
    }
    const length = runLength(from, to, source, at);
    writeOperation(to.subarray(literalFrom, at), source, length, out);
    shift = source - at;
    at += length;
    literalFrom = at;
  }
  if (literalFrom < to.length) writeOperation(to.subarray(literalFrom), 0, 0, out);
  return out.view().slice();
}

/** Reverse of `encodeDelta`; undefined when the delta is malformed or makes more than `mostBytes`. Never throws (R13). */
export function applyDelta(from: Uint8Array, delta: Uint8Array, mostBytes: number): Uint8Array | undefined {
  const input = new ByteReader(delta);
  const size = input.uvarint();
  if (input.failed || size > mostBytes) return undefined;
  const to = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const literal = input.raw(input.uvarint());
    const copied = input.uvarint();
    const source = copied === 0 ? 0 : input.uvarint();
    const isFit = at + literal.length + copied <= size && source + copied <= from.length;
    if (input.failed || !isFit || literal.length + copied === 0) return undefined;
    to.set(literal, at);
    at += literal.length;
    to.set(from.subarray(source, source + copied), at);
    at += copied;
  }
  return input.remaining === 0 ? to : undefined;
}

function writeOperation(literal: Uint8Array, source: number, length: number, out: ByteWriter): void {
  out.uvarint(literal.length);
  out.raw(literal);
  out.uvarint(length);
  if (length > 0) out.uvarint(source);
}

const keyAt = (bytes: Uint8Array, at: number): number =>
  bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);

function placesOf(from: Uint8Array): Map<number, number> {
  const places = new Map<number, number>();
  for (let at = 0; at + KEY_BYTES <= from.length; at++) places.set(keyAt(from, at), at);
  return places;
}

/** Where in `from` a copy worth its cost starts for `to` at `at`. */
function findSource(
  from: Uint8Array,
  to: Uint8Array,
  at: number,
  shift: number,
  places: ReadonlyMap<number, number>,
): number | undefined {
  const isWorth = (source: number | undefined): source is number =>
    source !== undefined &&
    source >= 0 &&
    source < from.length &&
    runLength(from, to, source, at, SHORTEST_COPY) >= Math.min(SHORTEST_COPY, to.length - at);
  if (isWorth(at + shift)) return at + shift;
  if (shift !== 0 && isWorth(at)) return at;
  const place = at + KEY_BYTES <= to.length ? places.get(keyAt(to, at)) : undefined;
  return isWorth(place) ? place : undefined;
}

/** How far `from` at `source` and `to` at `at` are equal, compared up to `most` bytes. */
function runLength(from: Uint8Array, to: Uint8Array, source: number, at: number, most = to.length): number {
  const end = Math.min(most, from.length - source, to.length - at);
  let length = 0;
  while (length < end && from[source + length] === to[at + length]) length++;
  return length;
}
