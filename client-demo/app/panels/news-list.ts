/** Short lines that come and go: the game's news at the side, the page's own at the bottom. */
import type { Roster } from "../../../client/match/roster.ts";
import { find, make } from "../../ui/dom.ts";
import { seatDisc } from "../../ui/seat-disc.ts";
import { type NewsItem, nameOf } from "../../views/view.ts";

const NEWS_MS = 5000;
const TOAST_MS = 6000;
const MOST_NEWS = 5;

export class NewsList {
  readonly #list = find("news", HTMLUListElement);

  add(items: readonly NewsItem[], roster: Roster): void {
    for (const item of items) {
      const line = make("li");
      for (const part of item) {
        if (typeof part === "string") line.append(make("span", part.trim()));
        else line.append(seatDisc(part.seat), make("span", nameOf(roster, part.seat)));
      }
      this.#list.prepend(line);
      setTimeout(() => line.remove(), NEWS_MS);
    }
    while (this.#list.children.length > MOST_NEWS) this.#list.lastElementChild?.remove();
  }

  clear(): void {
    this.#list.replaceChildren();
  }
}

/** Says something once, to eyes and screen readers: what can still be read is not said again. */
export function toast(text: string): void {
  const toasts = find("toasts", HTMLElement);
  if ([...toasts.children].some(({ textContent }) => textContent === text)) return;
  const line = make("p", text);
  toasts.append(line);
  setTimeout(() => line.remove(), TOAST_MS);
}
