/** The refusals of the chat: a sentence for each name. */
import type { ChatRefusal, ChatRefusalName } from "../engine/protocol/chat.ts";

const SENTENCES: Readonly<Record<Exclude<ChatRefusalName, "chat/too-long">, string>> = {
  "chat/off": "this server has no chat",
  "chat/malformed": "a chat message is an object with text, delivered, read, after, mute or unmute",
  "chat/empty": "there is nothing to read in this line",
  "chat/too-fast": "that was too much at once; wait a moment",
  "chat/busy": "too many talk at once in this room; wait a moment",
  "chat/refused": "this line is not allowed here",
  "chat/muted-by-room": "the room has muted you",
  "chat/nobody": "there is nobody with this id in the room",
  "chat/too-many-muted": "you have muted as many as you can",
  "chat/not-sent": "a line with this id was not sent to you",
  "chat/fault": "the server failed on this, which is no fault of yours; try again",
};

export const refusal = (name: keyof typeof SENTENCES, tag?: number): ChatRefusal => of(name, SENTENCES[name], tag);

export const tooLong = (length: number, most: number, tag?: number): ChatRefusal =>
  of("chat/too-long", `a line has at most ${most} characters; this one has ${length}`, tag);

const of = (name: ChatRefusalName, message: string, tag: number | undefined): ChatRefusal => ({
  name,
  message,
  ...(tag === undefined ? {} : { tag }),
});
