/** The outcome of a command, as its sender is told: applied in a tick, or not, and why. */
import type { ByteReader, ByteWriter } from "../bytes/bytes.ts";
import { beginningOf } from "../bytes/text.ts";

/** Why a command was not applied, with the words for whoever gave it. In the order of the wire. */
export const COMMAND_REFUSALS = {
  /** With the rules' own words where they gave any. */
  "command/refused": "the rules do not accept it now",
  "command/too-many": "too many commands in a short time; give fewer",
  "command/too-early": "it is for a tick too far ahead",
  "command/late-dropped": "it came too late, and this game drops late commands",
  "command/no-seat": "only who holds a seat can give commands",
  "command/malformed": "it does not fit the game's declaration of commands",
  "command/away": "the connection is away; give it again when it is back",
  "command/lost": "it was under way when the connection broke, and did not arrive",
} as const;

export type CommandRefusal = keyof typeof COMMAND_REFUSALS;

export type CommandOutcome =
  | { readonly isApplied: true; readonly tick: number }
  | { readonly isApplied: false; readonly code: CommandRefusal; readonly reason: string };

const CODES = Object.keys(COMMAND_REFUSALS) as readonly CommandRefusal[];
const APPLIED = 255;
/** Longer words of rules are cut, in UTF-16 code units. */
export const LONGEST_REASON = 200;

export const refusedAs = (code: CommandRefusal, reason: string = COMMAND_REFUSALS[code]): CommandOutcome => ({
  isApplied: false,
  code,
  reason: beginningOf(reason, LONGEST_REASON),
});

export function writeOutcome(outcome: CommandOutcome, out: ByteWriter): void {
  out.uint8(outcome.isApplied ? APPLIED : CODES.indexOf(outcome.code));
  if (outcome.isApplied) out.uvarint(outcome.tick);
  else if (outcome.code === "command/refused") out.string(outcome.reason);
}

/** Reverse of `writeOutcome`; fails the reader when it is malformed. */
export function readOutcome(input: ByteReader): CommandOutcome {
  const told = input.uint8();
  if (told === APPLIED) return { isApplied: true, tick: input.uvarint() };
  const code = CODES[told];
  if (code === undefined) input.fail();
  return refusedAs(code ?? "command/malformed", code === "command/refused" ? input.string() : undefined);
}
