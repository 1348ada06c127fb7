/** The receipt beside a line of one's own, in words: how far the line has come, and to whom. */
import type { Receipts } from "../../../client/chat/chat-view.ts";

const MOST_NAMES = 3;

export interface ReceiptText {
  readonly ticks: "✓" | "✓✓";
  readonly text: string;
  /** Everybody has read it. */
  readonly isRead: boolean;
}

export function receiptText({ read, delivered, missing }: Receipts): ReceiptText {
  const parts = [
    ...(read.length > 0 ? [`read by ${namesOf(read)}`] : []),
    ...(delivered.length > 0 ? [`delivered to ${namesOf(delivered)}`] : []),
  ];
  const hasArrived = missing.length === 0 && parts.length > 0;
  return {
    ticks: hasArrived ? "✓✓" : "✓",
    text: parts.join(" · ") || "sent",
    isRead: hasArrived && delivered.length === 0,
  };
}

function namesOf(people: readonly { readonly name: string }[]): string {
  const names = people.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = people.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}
