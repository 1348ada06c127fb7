/** The list of people who can be muted: everybody who plays or has written something, each with a button. */
import type { ChatView } from "../../../client/chat/chat-view.ts";
import { make, onPress } from "../../ui/dom.ts";
import { seatDisc } from "../../ui/seat-disc.ts";

interface Somebody {
  readonly id: string;
  readonly name: string;
  readonly seat: number | undefined;
}

export class ChatPeople {
  readonly #list: HTMLElement;
  #shown = "";

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  show(chat: ChatView): void {
    const people = othersIn(chat).map((person) => ({ ...person, isMuted: chat.isMuted(person.id) }));
    const key = JSON.stringify(people);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#list.replaceChildren(
      ...people.map(({ id, name, seat, isMuted }) => {
        const entry = make("li");
        const button = make("button");
        button.type = "button";
        button.title = isMuted ? `Hear ${name} again` : `Mute ${name}`;
        button.setAttribute("aria-pressed", String(isMuted));
        button.setAttribute("aria-label", `Mute ${name}`);
        button.append(seat === undefined ? make("i", "", "disc") : seatDisc(seat), make("span", name, "name"));
        button.append(make("span", isMuted ? "muted" : "mute", "tag"));
        onPress(button, () => chat.mute(id, !isMuted));
        entry.append(button);
        return entry;
      }),
    );
  }
}

function othersIn(chat: ChatView): Somebody[] {
  const others = new Map<string, Somebody>();
  for (const { id, name, seat } of chat.people.values()) others.set(id, { id, name, seat });
  for (const line of chat.lines)
    if (!chat.isOwn(line) && !others.has(line.from))
      others.set(line.from, { id: line.from, name: line.name, seat: line.seat });
  return [...others.values()];
}
