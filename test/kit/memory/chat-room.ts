/** The heart of a chat with three people in it: Ada and Lin play, Bo watches. */

import type { ChatRules } from "../../../shared/chat/line-judge.ts";
import { type ChatMoment, RoomChat } from "../../../shared/chat/room-chat.ts";
import type { ChatNews, ChatRefusal } from "../../../shared/engine/protocol/chat.ts";
import { RULES } from "./chat-table.ts";

export const at = (now: number): ChatMoment => ({ now, unixMs: 5_000 + now });

export interface ChatRoomKit {
  readonly chat: RoomChat;
  /** Says something with the tag 7, at `now` (ms). */
  say(id: string, text: unknown, now?: number): ChatRefusal | undefined;
  /** All that is to be told to somebody, and the texts in it. */
  tell(id: string): ChatNews[];
  texts(id: string): string[];
}

export function chatRoom(rules: Partial<ChatRules> = {}): ChatRoomKit {
  const chat = new RoomChat({ ...RULES, ...rules });
  for (const [seat, id] of ["ada", "lin", "bo"].entries())
    chat.enter({ id, key: id, name: id[0]!.toUpperCase() + id.slice(1), seat: id === "bo" ? undefined : seat });
  const tell = (id: string): ChatNews[] => {
    const told: ChatNews[] = [];
    for (let news = chat.next(id, true); news !== undefined; news = chat.next(id, true)) told.push(news);
    return told;
  };
  return {
    chat,
    say: (id, text, now = 0) => chat.hear(id, { text, tag: 7 }, at(now)),
    tell,
    texts: (id) => tell(id).flatMap(({ lines }) => lines.map(({ text }) => text)),
  };
}
