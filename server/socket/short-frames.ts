/**
 * The short way in: whole, short, binary WebSocket frames, which is what a game sends, read without allocating.
 * Everything else, and every frame that does not end with its chunk, is left to `ws`, whose parser stays the judge.
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

const unmasked = Buffer.alloc(LONGEST);
/** By length, once and for all: making a view takes longer than reading what is in it. */
const PAYLOADS: readonly Buffer[] = Array.from({ length: LONGEST + 1 }, (_, length) => unmasked.subarray(0, length));

/**
 * The payload of the short frame that begins at `at` and has `bytes` bytes, unmasked (RFC 6455 section 5.3). The next
 * call overwrites it.
 */
export function unmask(chunk: Uint8Array, at: number, bytes: number): Buffer {
  const start = at + HEADER_BYTES;
  const length = bytes - HEADER_BYTES;
  for (let i = 0; i < length; i++) unmasked[i] = chunk[start + i]! ^ chunk[start - 4 + (i & 3)]!;
  return PAYLOADS[length]!;
}
