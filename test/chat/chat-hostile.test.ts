/** Hostile bytes to the chat: it answers by name or not at all, and what others are shown can be shown. */
import fc from "fast-check";
import { pack } from "msgpackr";
import { describe, expect, it } from "vitest";
import { classifyMessage } from "../../server/colyseus/envelope.ts";
import { readCommand } from "../../shared/chat/chat-command.ts";
import { cleanText, lengthOf } from "../../shared/chat/clean-text.ts";
import { RoomChat } from "../../shared/chat/room-chat.ts";
import type { ChatNews } from "../../shared/engine/protocol/chat.ts";
import { RULES } from "../kit/memory/chat-table.ts";

const RUNS = { numRuns: process.env.CI ? 2000 : 100 };

/** Any value, and any value under the names that mean something. */
const names = fc.constantFrom("text", "tag", "delivered", "read", "after", "mute", "unmute", "__proto__", "toString");
const numbers = fc.oneof(fc.nat(9), fc.double(), fc.integer(), fc.constantFrom(2 ** 53, -0, 2 ** 32, 2 ** 32 - 1));
const value = fc.oneof(
  numbers,
  fc.string({ unit: "binary" }),
  fc.constantFrom("ada", "lin"),
  fc.anything(),
  fc.bigInt(),
);
const untrusted = fc.oneof(fc.anything(), fc.dictionary(names, value, { maxKeys: 3 }));

describe("hostile messages", () => {
  it("never throw, and leave a room in which everybody has what they should", () => {
    const actions = fc.array(fc.tuple(fc.constantFrom("ada", "lin", "bo"), untrusted, fc.nat(3000)), { maxLength: 60 });
    fc.assert(
      fc.property(actions, (said) => {
        const chat = new RoomChat(RULES);
        const people = ["ada", "lin", "bo"];
        for (const [seat, id] of people.entries()) chat.enter({ id, key: id, name: id, seat });
        let now = 0;
        for (const [id, message, passed] of said) {
          now += passed;
          const refused = chat.hear(id, message, { now, unixMs: now });
          if (refused !== undefined) expect(refused.name).toMatch(/^chat\/[a-z-]+$/);
          if (now % 2) chat.next(id, true);
        }
        for (const id of people) {
          let told: ChatNews | undefined;
          for (let i = 0; i < 50; i++) {
            told = chat.next(id, true);
            if (told === undefined) break;
            expect(told.upTo ?? 0).toBeLessThanOrEqual(chat.newest);
            for (const { delivered, read } of [...(told.people ?? []), ...(told.marks ?? [])]) {
              expect(read).toBeLessThanOrEqual(delivered);
              expect(delivered).toBeLessThanOrEqual(chat.newest);
            }
          }
          expect([told, chat.isBehind(id)], "everything was told").toEqual([undefined, false]);
        }
      }),
      RUNS,
    );
  });

  it("are read as one wish each, with numbers that are whole and in range", () => {
    fc.assert(
      fc.property(untrusted, (message) => {
        const wish = readCommand(message);
        if (wish.kind === "mark")
          expect(Number.isSafeInteger(wish.delivered) && wish.read <= wish.delivered).toBe(true);
        if (wish.kind === "catch-up") expect(wish.after).toBeGreaterThanOrEqual(0);
        if (wish.kind === "say") expect(wish.tag ?? 0).toBeLessThan(2 ** 32);
      }),
      RUNS,
    );
  });
});

describe("a text", () => {
  it("is shown without what cannot be shown, well-formed, and the same when it is cleaned again", () => {
    const texts = fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), fc.string({ unit: "grapheme" }));
    fc.assert(
      fc.property(texts, (text) => {
        const clean = cleanText(text);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
        expect(clean).toBe(clean.trim());
        expect(cleanText(clean)).toBe(clean);
        expect(Buffer.from(clean).toString()).toBe(clean);
        expect(lengthOf(clean)).toBe([...clean].length);
      }),
      RUNS,
    );
  });

  it.each([
    ["  two\r\n\tlines  ", "two lines"],
    ["a\u0000b\u0007c", "abc"],
    ["!\t\u0000\t¡", "! ¡"],
    ["half \ud83d and \udc00", "half and"],
    ["\u202egnp.exe\u202c", "gnp.exe"],
    ["👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 می‌خواهم 你好", "👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 می‌خواهم 你好"],
    [`z${"\u0301".repeat(50)}`, `z${"\u0301".repeat(4)}`],
    ["A\u200dd\u200ca\u200d \u{e0067}x", "Ada x"],
    [`z${"\u0301\u200d".repeat(9)}`, `z${"\u0301".repeat(4)}`],
    [`z${"\u0301\u200e".repeat(9)}`, `z${"\u0301".repeat(4)}\u200e`],
    ["❤️‍🔥 🏳️‍🌈 👩🏽‍💻 क्\u200dष ශ්\u200dරී", "❤️‍🔥 🏳️‍🌈 👩🏽‍💻 क्\u200dष ශ්\u200dරී"],
    ["<b>bold</b> & 'quotes'", "<b>bold</b> & 'quotes'"],
    ["\u200d\u200c\u2800\u3164\ufe0f", ""],
    ["\u00a0\u3000", ""],
    ["", ""],
  ])("%j is shown as %j", (text, shown) => {
    expect(cleanText(text)).toBe(shown);
  });

  it("of a thousand characters fits into a frame; one that is longer than any line is no message of ours", () => {
    const frame = (text: string) =>
      Buffer.from([13, 0xa4, ...Buffer.from("chat"), ...pack({ text, tag: 2 ** 32 - 1 })]);
    expect(classifyMessage(frame("😀".repeat(1000))).kind).toBe("chat");
    expect(classifyMessage(frame("x".repeat(4097))).kind).toBe("stranger");
  });
});
