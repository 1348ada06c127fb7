/** The words for a command in a message: short and printable, whatever is in its fields. */
import { expect, it } from "vitest";
import { commandWords } from "../../../shared/engine/game/command-words.ts";

it("names the command, its seat and its fields", () => {
  const fields = { units: [7, 8], at: { x: -0, y: 1e308 }, isFar: false, note: "go" };
  expect(commandWords("move", 3, fields)).toBe(
    'move of seat 3 { units: [7, 8], at: { x: -0, y: 1e+308 }, isFar: false, note: "go" }',
  );
  expect(commandWords("bell", 0, {})).toBe("bell of seat 0 without fields");
});

it("shows the first of many, and the beginning of much", () => {
  const units = Array.from({ length: 300 }, (_, i) => i);
  expect(commandWords("move", 3, { units, x: 5 })).toBe(
    "move of seat 3 { units: [0, 1, 2, 3, 4, 5, 6, 7, ... 292 more], x: 5 }",
  );
  const long = commandWords("say", 1, { text: "😀".repeat(500) });
  expect(long.length).toBeLessThanOrEqual(200);
  expect(long).toMatch(/^say of seat 1 \{ text: "(😀)+\.\.\.$/u);
});

it("escapes what shows nothing, breaks lines or turns their direction", () => {
  expect(commandWords("say", 1, { text: 'a\n\u0007"\u202e\u2028\ufeffé帧\ud83d' })).toBe(
    'say of seat 1 { text: "a\\n\\u0007\\"\\u{202e}\\u{2028}\\u{feff}é帧\\ud83d" }',
  );
});
