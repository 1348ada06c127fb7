/** The receipt beside a line of one's own in the chat. */
import { expect, it } from "vitest";
import type { Receipts } from "../../client/chat/chat-view.ts";
import { receiptText } from "../../client-demo/app/chat/receipt-text.ts";

const people = (names: string) =>
  names === "" ? [] : names.split(" ").map((name) => ({ id: name, name, delivered: 0, read: 0 }));
const receipts = (read: string, delivered: string, missing: string): Receipts => ({
  read: people(read),
  delivered: people(delivered),
  missing: people(missing),
});

it.each([
  ["", "", "", "✓ sent", false],
  ["", "", "Lin Bo", "✓ sent", false],
  ["", "Lin", "Bo", "✓ delivered to Lin", false],
  ["", "Lin Bo", "", "✓✓ delivered to Lin, Bo", false],
  ["Lin", "Bo", "", "✓✓ read by Lin · delivered to Bo", false],
  ["Lin", "", "Bo", "✓ read by Lin", false],
  ["Lin Bo", "", "", "✓✓ read by Lin, Bo", true],
  ["A B C D E", "", "", "✓✓ read by A, B, C and 2 more", true],
])("read by [%s], delivered to [%s], missing [%s]: %s", (read, delivered, missing, shown, isRead) => {
  const { ticks, text, isRead: isGreen } = receiptText(receipts(read, delivered, missing));
  expect([`${ticks} ${text}`, isGreen]).toEqual([shown, isRead]);
});
