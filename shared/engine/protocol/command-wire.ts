/** The commands on the wire: at the end of a frame, and one by one from their givers (PROTOCOL.md, frame, command). */
import { BitReader, BitWriter } from "../bytes/bits.ts";
import { ByteReader, type ByteWriter } from "../bytes/bytes.ts";
import { LONGEST_COMMAND } from "../codec/command-size.ts";
import type { CommandKind } from "../game/command-table.ts";
import type { Seat } from "../game/game.ts";
import type { Command } from "../sim/frame.ts";

/** Its kind and fields. */
export function encodeCommand(table: readonly CommandKind[], kind: number, fields: unknown, out: ByteWriter): void {
  out.uint8(kind);
  const bits = new BitWriter(out);
  table[kind]!.codec.write(fields, bits);
  bits.flush();
}

/** Reverse of `encodeCommand`; undefined, and `input.failed`, when it is malformed, too long, or of no kind that there is. */
export function decodeCommand(
  table: readonly CommandKind[],
  input: ByteReader,
): { readonly kind: number; readonly fields: unknown } | undefined {
  const start = input.offset;
  const kind = input.uint8();
  const codec = table[kind]?.codec;
  if (codec === undefined) input.fail();
  if (codec === undefined || input.failed) return undefined;
  const bits = new BitReader(input);
  const fields = codec.read(bits);
  bits.align();
  if (input.offset - start > LONGEST_COMMAND) input.fail();
  return input.failed ? undefined : { kind, fields };
}

/** Undefined unless the bytes are exactly one command. Its fields share nothing with them. */
export function decodeWhole(
  table: readonly CommandKind[],
  bytes: Uint8Array,
): { readonly kind: number; readonly fields: unknown } | undefined {
  const input = new ByteReader(bytes);
  const command = decodeCommand(table, input);
  return input.remaining > 0 ? undefined : command;
}

/** Those of a frame: at least one. */
export function encodeCommands(table: readonly CommandKind[], commands: readonly Command[], out: ByteWriter): void {
  out.uvarint(commands.length);
  for (const { seat, number, kind, fields } of commands) {
    out.uint8(seat);
    out.uvarint(number);
    encodeCommand(table, kind, fields, out);
  }
}

/** Those of bots have no number: it is 0. */
const isAfter = (number: number, last: number): boolean => number > last || (number === 0 && last === 0);

/** Reverse of `encodeCommands`: by seat, then by number, of held seats only; anything else fails the reader. */
export function decodeCommands(
  table: readonly CommandKind[],
  input: ByteReader,
  isHeld: (seat: Seat) => boolean,
  into: Command[],
): void {
  const count = input.uvarint();
  if (count === 0) input.fail();
  if (count === 0 || !input.canHold(count, 3)) return;
  for (let i = 0, last: Command | undefined; i < count; i++) {
    const seat = input.uint8();
    const number = input.uvarint();
    const command = decodeCommand(table, input);
    const isNext = last === undefined || seat > last.seat || (seat === last.seat && isAfter(number, last.number));
    if (command === undefined || !isNext || !isHeld(seat)) {
      input.fail();
      return;
    }
    last = { seat, number, ...command };
    into.push(last);
  }
}
