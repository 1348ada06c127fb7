/** The chat on the page: a button with the number of unread lines, and a panel that Enter opens and Escape closes. */
import type { ChatView } from "../../../client/chat/chat-view.ts";
import { find, onPress, setText } from "../../ui/dom.ts";
import { isForInputMethod, isForPage } from "../input/keys.ts";
import { ChatList } from "./chat-list.ts";
import { ChatPeople } from "./chat-people.ts";

const NOTE_MS = 6000;
const MOST_SHOWN = 99;

export class ChatPanel {
  readonly #panel = find("chat", HTMLElement);
  readonly #toggle = find("chat-toggle", HTMLButtonElement);
  readonly #badge = find("chat-badge", HTMLElement);
  readonly #lines = find("chat-lines", HTMLOListElement);
  readonly #list = new ChatList(this.#lines);
  readonly #people = new ChatPeople(find("chat-people", HTMLUListElement));
  readonly #note = find("chat-note", HTMLElement);
  readonly #text = find("chat-text", HTMLInputElement);
  #chat: ChatView | undefined;
  /** Stop listening to the chat of the room before. */
  #stops: readonly (() => void)[] = [];
  #noteTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    onPress(this.#toggle, () => this.#open(!this.#isOpen));
    onPress(find("chat-send", HTMLButtonElement), () => this.#say());
    this.#text.addEventListener("keydown", (event) => this.#type(event));
    this.#lines.addEventListener("scroll", () => this.#markRead());
    document.addEventListener("visibilitychange", () => this.#markRead());
    window.addEventListener("keydown", (event) => {
      if (event.repeat || isForPage(event) || isForInputMethod(event)) return;
      if (event.key === "Escape") this.#open(false);
      if (event.key !== "Enter" || this.#chat === undefined) return;
      event.preventDefault();
      this.#open(true);
      this.#text.focus();
    });
  }

  /** The chat of the room that is played in now. */
  use(chat: ChatView): void {
    for (const stop of this.#stops) stop();
    this.#chat = chat;
    this.#list.clear();
    this.#tell("");
    this.#stops = [
      chat.on("change", () => this.#show()),
      chat.on("refused", ({ message }, text) => {
        this.#tell(`${message[0]!.toUpperCase()}${message.slice(1)}.`);
        if (text !== undefined && this.#text.value === "") this.#text.value = text;
      }),
    ];
    this.#show();
  }

  get #isOpen(): boolean {
    return !this.#panel.hidden;
  }

  #open(isOpen: boolean): void {
    this.#panel.hidden = !isOpen;
    this.#toggle.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.#text.blur();
    this.#show();
    if (isOpen) this.#list.toEnd();
    this.#markRead();
  }

  /** No key that is typed here is one of the game's; what is let go of here is let go of there. */
  #type(event: KeyboardEvent): void {
    event.stopPropagation();
    if (isForInputMethod(event) || event.repeat) return;
    if (event.key === "Escape") this.#open(false);
    if (event.key !== "Enter") return;
    event.preventDefault();
    this.#say();
  }

  /** Says what is written, and gives the keys back to the game. */
  #say(): void {
    const text = this.#text.value.trim();
    this.#text.blur();
    if (text === "" || this.#chat === undefined) return;
    if (!this.#chat.say(text)) {
      this.#tell("Too much waits to be sent already.");
      return;
    }
    this.#text.value = "";
    this.#list.toEnd();
    this.#markRead();
  }

  #show(): void {
    const chat = this.#chat;
    if (chat === undefined) return;
    if (this.#isOpen) {
      this.#list.show(chat);
      this.#people.show(chat);
      this.#markRead();
    }
    const { unread } = chat;
    this.#badge.hidden = unread === 0;
    setText(this.#badge, unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread));
    this.#toggle.setAttribute("aria-label", unread === 0 ? "Chat" : `Chat, ${unread} unread`);
  }

  /** A line is read when it can be seen: the panel is open at its end, and the page is in front. */
  #markRead(): void {
    if (this.#isOpen && !document.hidden && this.#list.isAtEnd) this.#chat?.markRead();
  }

  #tell(sentence: string): void {
    clearTimeout(this.#noteTimer);
    setText(this.#note, sentence);
    if (sentence !== "") this.#noteTimer = setTimeout(() => this.#tell(""), NOTE_MS);
  }
}
