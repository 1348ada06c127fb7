/** Frames as bits, delta-coded against the frame before, so that a held input costs one bit (R1, R3; PROTOCOL.md). */
import { BitReader, BitWriter } from "../bytes/bits.ts";
import type { ByteReader, ByteWriter } from "../bytes/bytes.ts";
import type { Game, Seat } from "../game/game.ts";
import type { Plain } from "../layout/plain.ts";
import type { Frame } from "../sim/frame.ts";
import type { SeatInputs } from "../sim/seat-inputs.ts";
import { decodeCommands, encodeCommands } from "./command-wire.ts";

const SEAT_BITS = 6;
const COUNT_BITS = 7;
const DIGEST_BITS = 32;
/** In place of a count of leaves, which is 64 at most: commands come behind. A frame without any costs nothing more. */
const HAS_COMMANDS = 127;

/** How often a frame carries the digest of the worlds since the last one, in seconds. */
const HASH_SECONDS = 0.25;

/** Every how many ticks a frame carries the digest of as many worlds, that before the frame being the last. */
export const hashInterval = (game: Game<never, never> | { readonly tickRate: number }): number =>
  Math.max(1, Math.round(game.tickRate * HASH_SECONDS));

function writeSeats(seats: readonly Seat[], bits: BitWriter): void {
  bits.bits(seats.length, COUNT_BITS);
  for (const seat of seats) bits.bits(seat, SEAT_BITS);
}

/** Reads as many ascending seats below `count` as were told; anything else fails the reader. */
function readSeats(into: Seat[], told: number, count: number, bits: BitReader, input: ByteReader): void {
  into.length = 0;
  if (told > count) input.fail();
  for (let i = 0, last = -1; i < told && !input.failed; i++) {
    const seat = bits.bits(SEAT_BITS);
    if (seat <= last || seat >= count) input.fail();
    else into.push(seat);
    last = seat;
  }
}

const isHeldAfter = <I>(seats: SeatInputs<I>, frame: Frame<Plain<I>>, seat: Seat): boolean =>
  (seats.isHeld(seat) && !frame.leaves.includes(seat)) || frame.joins.includes(seat);

/** What a seat's input is coded against: its last one, or the neutral one if it is taken in this very frame. */
const baseOf = <I>(seats: SeatInputs<I>, frame: Frame<Plain<I>>, seat: Seat): Plain<I> =>
  frame.joins.includes(seat) ? seats.neutral : seats.input(seat);

/** Whether there are events at all, only held seats are given up, and only free ones taken: what a referee writes. */
const areEvents = <I>(seats: SeatInputs<I>, { leaves, joins }: Frame<Plain<I>>): boolean =>
  leaves.length + joins.length > 0 &&
  leaves.every((seat) => seats.isHeld(seat)) &&
  joins.every((seat) => !seats.isHeld(seat) || leaves.includes(seat));

/**
 * Writes the body of a frame.
 *
 * @param before the seats of the world as they are before the frame is applied.
 * @param digest of the worlds up to that one, or undefined to leave it out.
 */
export function encodeFrame<I>(
  frame: Frame<Plain<I>>,
  before: SeatInputs<I>,
  digest: number | undefined,
  out: ByteWriter,
): void {
  const bits = new BitWriter(out);
  const hasCommands = frame.commands.length > 0;
  const hasEvents = frame.leaves.length + frame.joins.length > 0;
  bits.bits(hasEvents || hasCommands ? 1 : 0, 1);
  bits.bits(digest === undefined ? 0 : 1, 1);
  if (digest !== undefined) bits.bits(digest, DIGEST_BITS);
  if (hasCommands) {
    bits.bits(HAS_COMMANDS, COUNT_BITS);
    bits.bits(hasEvents ? 1 : 0, 1);
  }
  if (hasEvents) {
    writeSeats(frame.leaves, bits);
    writeSeats(frame.joins, bits);
  }
  for (let seat = 0; seat < before.count; seat++) {
    if (!isHeldAfter(before, frame, seat)) continue;
    const base = baseOf(before, frame, seat);
    const isChanged = !before.codec.equals(base, frame.inputs[seat]!);
    bits.bits(isChanged ? 1 : 0, 1);
    if (isChanged) before.codec.writeDelta(base, frame.inputs[seat]!, bits);
  }
  bits.flush();
  if (hasCommands) encodeCommands(before.commands, frame.commands, out);
}

/** What decoding a frame found besides the frame. `digest` is undefined where the frame carries none. */
export interface DecodedFrame {
  readonly ok: boolean;
  readonly digest: number | undefined;
}

/** Reads the body of the frame of `tick` into `frame`; `ok` is false when the bytes are malformed. Never throws. */
export function decodeFrame<I>(
  tick: number,
  input: ByteReader,
  before: SeatInputs<I>,
  frame: Frame<Plain<I>>,
): DecodedFrame {
  const bits = new BitReader(input);
  frame.tick = tick;
  frame.leaves.length = 0;
  frame.joins.length = 0;
  frame.commands.length = 0;
  let hasEvents = bits.bits(1) === 1;
  const digest = bits.bits(1) === 1 ? bits.bits(DIGEST_BITS) : undefined;
  let leaves = hasEvents ? bits.bits(COUNT_BITS) : 0;
  const hasCommands = leaves === HAS_COMMANDS;
  if (hasCommands) {
    hasEvents = bits.bits(1) === 1;
    if (hasEvents) leaves = bits.bits(COUNT_BITS);
  }
  if (hasEvents) {
    readSeats(frame.leaves, leaves, before.count, bits, input);
    readSeats(frame.joins, bits.bits(COUNT_BITS), before.count, bits, input);
    if (!areEvents(before, frame)) input.fail();
  }
  for (let seat = 0; seat < before.count && !input.failed; seat++) {
    if (!isHeldAfter(before, frame, seat)) continue;
    const base = baseOf(before, frame, seat);
    const isChanged = bits.bits(1) === 1;
    if (isChanged) before.codec.readDelta(base, frame.inputs[seat]!, bits);
    else before.codec.copy(base, frame.inputs[seat]!);
    // One frame has one encoding: "changed" to the same input is not it.
    if (isChanged && before.codec.equals(base, frame.inputs[seat]!)) input.fail();
  }
  bits.align();
  if (hasCommands && !input.failed)
    decodeCommands(before.commands, input, (seat) => isHeldAfter(before, frame, seat), frame.commands);
  return { ok: !input.failed, digest };
}
