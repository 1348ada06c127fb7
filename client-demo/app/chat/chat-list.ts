/** The lines of the chat on the page, each made once and then only brought up to date. */

import type { ChatView } from "../../../client/chat/chat-view.ts";
import type { ChatLine } from "../../../shared/engine/protocol/chat.ts";
import { make, setText } from "../../ui/dom.ts";
import { seatDisc } from "../../ui/seat-disc.ts";
import { receiptText } from "./receipt-text.ts";

/** As near to the end as this counts as there, in pixels. */
const END_PIXELS = 24;

interface Row {
  readonly element: HTMLElement;
  readonly receipt: HTMLElement | undefined;
}

export class ChatList {
  readonly #list: HTMLElement;
  readonly #rows = new Map<number, Row>();
  readonly #pending = new Map<number, HTMLElement>();

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  /** Whether the newest line can be seen. */
  get isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#list;
    return scrollHeight - scrollTop - clientHeight <= END_PIXELS;
  }

  toEnd(): void {
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  show(chat: ChatView): void {
    const wasAtEnd = this.isAtEnd;
    this.#showLines(chat);
    this.#showPending(chat);
    if (wasAtEnd) this.toEnd();
  }

  /** Another room. */
  clear(): void {
    this.#rows.clear();
    this.#pending.clear();
    this.#list.replaceChildren();
  }

  #showLines(chat: ChatView): void {
    const { lines } = chat;
    const kept = new Set(lines.map(({ id }) => id));
    for (const [id, { element }] of this.#rows) {
      if (kept.has(id)) continue;
      element.remove();
      this.#rows.delete(id);
    }
    let before: Element | null = null;
    for (const line of lines) {
      const row: Row = this.#rows.get(line.id) ?? createRow(line, chat.isOwn(line));
      if (!this.#rows.has(line.id)) {
        this.#rows.set(line.id, row);
        if (before === null) this.#list.prepend(row.element);
        else before.after(row.element);
      }
      before = row.element;
      if (row.receipt !== undefined) showReceipt(row.receipt, line, chat);
    }
  }

  #showPending(chat: ChatView): void {
    const kept = new Set(chat.pending.map(({ tag }) => tag));
    for (const [tag, element] of this.#pending) {
      if (kept.has(tag)) continue;
      element.remove();
      this.#pending.delete(tag);
    }
    for (const { tag, text } of chat.pending) {
      if (this.#pending.has(tag)) continue;
      const element = make("li", "", "own pending");
      element.append(make("span", text, "said"), make("small", "… sending", "receipt"));
      this.#pending.set(tag, element);
      this.#list.append(element);
    }
  }
}

function createRow({ seat, name, text, at }: ChatLine, isOwn: boolean): Row {
  const element = make("li", "", isOwn ? "own" : "");
  const head = make("span", "", "who");
  head.append(seat === undefined ? make("i", "", "disc") : seatDisc(seat), make("b", isOwn ? "You" : name));
  if (seat === undefined && !isOwn) head.append(make("span", "watches", "tag"));
  const time = make("time", clock(at));
  time.dateTime = new Date(at).toISOString();
  head.append(time);
  element.append(head, make("span", text, "said"));
  const receipt = isOwn ? make("small", "", "receipt") : undefined;
  if (receipt !== undefined) element.append(receipt);
  return { element, receipt };
}

function showReceipt(element: HTMLElement, line: ChatLine, chat: ChatView): void {
  const { ticks, text, isRead } = receiptText(chat.receiptsOf(line));
  setText(element, `${ticks} ${text}`);
  element.classList.toggle("read", isRead);
}

const clock = (unixMs: number): string =>
  new Date(unixMs).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
