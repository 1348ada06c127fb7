/** The standing of a match in bytes: what is read is what was written, and what is cut off is not read. */
import { describe, expect, it } from "vitest";
import type { SavedStanding } from "../../shared/referee/saved-match.ts";
import { readStanding, writeStanding } from "../../shared/referee/standing-bytes.ts";
import { matchInMemory } from "../kit/memory/delivery.ts";
import { game } from "../kit/memory/happenings.ts";
import { packInMemory } from "../kit/memory/table.ts";

const passed = (standing: unknown): unknown => readStanding(writeStanding(standing as SavedStanding).slice());

describe("a standing", () => {
  it("of a match is read as it was written, which is left as it was", () => {
    const match = matchInMemory(game, { seed: 7, bots: 3, pack: packInMemory });
    for (let i = 0; i < 25; i++) match.closeTick();
    const { history, ...standing } = match.save();
    const before = structuredClone(standing);
    expect(history.frames.length).toBeGreaterThan(0);
    expect(JSON.stringify(standing)).toContain('"0":');
    expect(passed(standing)).toEqual(standing);
    expect(standing).toEqual(before);
  });

  it("keeps bytes of any length wherever they are, and texts, numbers and nothing as they are", () => {
    const bytes = [0, 1, 2, 3, 4, 255].map((length) => Uint8Array.from({ length }, (_, i) => 255 - i));
    const told = {
      bytes,
      deep: [{ in: { it: bytes[3] } }],
      text: "Zoë 阿宝 \ud800",
      no: null,
      zero: 0,
      empty: [],
      yes: true,
    };
    expect(passed(told)).toEqual(told);
    expect(passed({ gone: undefined, text: "" })).toEqual({ text: "" });
  });

  it("that is cut off, or no JSON, is not read", () => {
    const whole = writeStanding({ text: "some" } as unknown as SavedStanding).slice();
    expect(readStanding(whole)).toEqual({ text: "some" });
    for (let length = 0; length < whole.length; length++)
      expect(readStanding(whole.subarray(0, length))).toBeUndefined();
    expect(readStanding(whole.map((byte) => (byte === 0x7b ? 0x5b : byte)))).toBeUndefined();
  });
});
