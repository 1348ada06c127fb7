/** Streams of bytes as WebSocket clients send them, right and wrong, and ways to cut them into chunks. */
import fc from "fast-check";
import { BINARY, CLOSE, CONTINUATION, close, type FrameOptions, frame, PING, PONG, TEXT } from "../wire/frames.ts";

const bytes = (most: number, least = 0) => fc.uint8Array({ minLength: least, maxLength: most });
const mask = fc.oneof(fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }), fc.constant([0, 0, 0, 0]));

const whole = (payload: fc.Arbitrary<Uint8Array>, options: FrameOptions = {}) =>
  fc.record({ payload, mask }).map((made) => frame(BINARY, made.payload, { ...options, mask: made.mask }));

const control = fc
  .record({ opcode: fc.constantFrom(PING, PONG), payload: bytes(125), mask })
  .map((made) => frame(made.opcode, made.payload, made));

/** A message in several frames, with controls between them. */
const fragmented = fc
  .record({
    parts: fc.array(bytes(60), { minLength: 2, maxLength: 5 }),
    between: fc.array(control, { maxLength: 2 }),
    mask,
  })
  .map((made) =>
    Buffer.concat(
      made.parts.flatMap((part, i) => [
        frame(i === 0 ? BINARY : CONTINUATION, part, { fin: i === made.parts.length - 1, mask: made.mask }),
        ...(i === 0 ? made.between : []),
      ]),
    ),
  );

const closing = fc.oneof(
  fc
    .tuple(fc.constantFrom(1000, 1001, 3000, 4999), fc.string({ maxLength: 20 }))
    .map(([code, why]) => close(code, why)),
  fc.constantFrom(frame(CLOSE), close(1005), close(999), frame(CLOSE, [3] as never), close(1000, Uint8Array.of(0xff))),
);

const wrong = fc.oneof(
  fc
    .record({ opcode: fc.nat(15), rsv: fc.nat(7), fin: fc.boolean(), isMasked: fc.boolean(), payload: bytes(130) })
    .map((made) => frame(made.opcode, made.payload, made)),
  whole(bytes(4200, 4090)),
  whole(bytes(20), { says: 2n ** 60n, bits: 64 }),
  fc.string({ maxLength: 40 }).map((text) => frame(TEXT, text)),
  // Too many parts, half a character, and closes that are none: errors that are seen last of all.
  bytes(9, 1).map((part) =>
    Buffer.concat(Array.from({ length: 6 }, (_, i) => frame(i === 0 ? BINARY : CONTINUATION, part, { fin: i === 5 }))),
  ),
  bytes(9).map((text) => frame(TEXT, Uint8Array.of(...text, 0xe5))),
  fc.constantFrom(close(999, "why"), close(1000, Uint8Array.of(0xff, 0xff, 0xff))),
  whole(bytes(20), { fin: false }),
  whole(bytes(20), { isMasked: false }),
  fc.constant(frame(CONTINUATION, "of nothing")),
);

const right: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 12, arbitrary: whole(bytes(40)) },
  { weight: 3, arbitrary: whole(bytes(125, 120)) },
  { weight: 2, arbitrary: whole(bytes(300, 126)) },
  { weight: 1, arbitrary: whole(bytes(60), { bits: 16 }) },
  { weight: 1, arbitrary: whole(bytes(60), { bits: 64 }) },
  { weight: 2, arbitrary: fragmented },
  { weight: 3, arbitrary: control },
);

/** Messages and controls as they may be. */
export const rightStream = fc.array(right, { minLength: 1, maxLength: 24 });

/** The same around one thing that is wrong. */
export const wrongStream = fc
  .tuple(fc.array(right, { maxLength: 6 }), wrong, fc.array(right, { maxLength: 6 }))
  .map(([before, it, after]) => [...before, it, ...after]);

/** The same, and among it what ends a connection, or is no WebSocket at all. */
export const anyStream = fc.array(
  fc.oneof(
    { weight: 40, arbitrary: right },
    { weight: 1, arbitrary: closing },
    { weight: 2, arbitrary: wrong },
    { weight: 1, arbitrary: bytes(30, 1).map((garbage) => Buffer.from(garbage)) },
  ),
  { minLength: 1, maxLength: 24 },
);

/** Where a stream is cut: between its frames, and, for each number, that part of the way through it. */
export interface Cuts {
  /** Whether a chunk ends where a frame does, repeated over the frames. */
  readonly ends: readonly boolean[];
  readonly within: readonly number[];
}

export const anyCuts: fc.Arbitrary<Cuts> = fc.record({
  ends: fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
  within: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
});

export function chunksOf(stream: readonly Buffer[], { ends, within }: Cuts): Buffer[] {
  const all = Buffer.concat(stream);
  const cuts = new Set(within.map((part) => Math.floor(part * all.length)));
  let at = 0;
  for (const [i, { length }] of stream.entries()) {
    at += length;
    if (ends[i % ends.length]) cuts.add(at);
  }
  const sorted = [...cuts, all.length].sort((a, b) => a - b);
  return sorted.map((end, i) => all.subarray(sorted[i - 1] ?? 0, end)).filter(({ length }) => length > 0);
}
