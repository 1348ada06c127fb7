/**
 * The short way in: whole, short, binary WebSocket frames, which is what a game sends, read where they lie. Whatever
 * else comes, and every frame that does not end with its chunk, is left to `ws`, whose parser stays the judge.
 */

/** FIN and the binary opcode; a client's frame of at most 125 bytes has a mask, and no longer length. */
const WHOLE_BINARY = 0x82;
const MASKED = 0x80;
const LONGEST = 125;
const HEADER_BYTES = 6;

/** Bytes of the whole short frame that begins at `at` and ends before `end`, header included; 0 when there is none. */
export function shortFrameAt(chunk: Uint8Array, at: number, end: number): number {
  if (end - at < HEADER_BYTES || chunk[at] !== WHOLE_BINARY) return 0;
  const length = chunk[at + 1]! - MASKED;
  if (length < 0 || length > LONGEST) return 0;
  const bytes = HEADER_BYTES + length;
  return at + bytes <= end ? bytes : 0;
}

/** The payload of the short frame that begins at `at` and has `bytes` bytes, unmasked in place (RFC 6455 section 5.3). */
export function unmask(chunk: Buffer, at: number, bytes: number): Buffer {
  const start = at + HEADER_BYTES;
  const end = at + bytes;
  for (let i = start; i < end; i++) chunk[i]! ^= chunk[start - 4 + ((i - start) & 3)]!;
  return chunk.subarray(start, end);
}
