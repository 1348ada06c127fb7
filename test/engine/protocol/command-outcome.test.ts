/** The outcome of a command: the rules' own words are cut to length, and travel whole. */
import { expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { isWhole } from "../../../shared/engine/bytes/text.ts";
import {
  LONGEST_REASON,
  readOutcome,
  refusedAs,
  writeOutcome,
} from "../../../shared/engine/protocol/command-outcome.ts";

it("is cut before an emoji that does not fit", () => {
  const outcome = refusedAs("command/refused", `${"x".repeat(LONGEST_REASON - 1)}😀😀`);
  if (outcome.isApplied) throw new Error("refused outcomes are not applied");
  expect(outcome.reason).toBe("x".repeat(LONGEST_REASON - 1));
  expect(isWhole(outcome.reason)).toBe(true);
  const out = new ByteWriter();
  writeOutcome(outcome, out);
  expect(readOutcome(new ByteReader(out.view()))).toEqual(outcome);
});
