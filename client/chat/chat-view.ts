/** The chat of a room as one client has it: lines, who has received and read them, what waits to be said. No DOM. */
import {
  CHAT,
  type ChatCommand,
  type ChatLine,
  type ChatNews,
  type ChatPerson,
  type ChatRefusal,
} from "../../shared/engine/protocol/chat.ts";
import { Emitter } from "../events/emitter.ts";

/** The part of the SDK's room that the chat uses. */
export interface ChatRoom {
  readonly sessionId: string;
  send(type: string, message: ChatCommand): void;
  onMessage<Message>(type: string, hear: (message: Message) => void): unknown;
  onDrop(drop: () => void): unknown;
  onReconnect(back: () => void): unknown;
}

/** An own line that has not come back from the server yet. */
export interface PendingLine {
  readonly tag: number;
  readonly text: string;
}

interface Pending extends PendingLine {
  /** The connection it was sent on; 0: none yet. */
  connection: number;
}

/** The people in the room who have got a line, its author left out. */
export interface Receipts {
  readonly read: readonly ChatPerson[];
  /** Received and not read. */
  readonly delivered: readonly ChatPerson[];
  readonly missing: readonly ChatPerson[];
}

/** As many as the server keeps. */
const MOST_LINES = 200;
const MOST_PENDING = 20;
const MOST_TAG = 2 ** 32 - 1;

/** What the chat tells, by name. */
export interface ChatEvents {
  /** Anything that is shown may have changed. */
  readonly change: readonly [];
  /** The server refused something; with the text, if it was a line. */
  readonly refused: readonly [refusal: ChatRefusal, text: string | undefined];
}

export class ChatView extends Emitter<ChatEvents> {
  readonly #room: ChatRoom;
  #lines: ChatLine[] = [];
  /** In the order in which they were said. */
  #pending: Pending[] = [];
  #people: ReadonlyMap<string, ChatPerson> = new Map();
  readonly #muted = new Set<string>();
  #upTo = 0;
  #read = 0;
  #connection = 1;
  #isOnline = true;
  /** Lines that are missing were asked for, and have not come yet. */
  #isAsking = false;
  #nextTag = Math.floor(Math.random() * MOST_TAG);

  constructor(room: ChatRoom) {
    super();
    this.#room = room;
    room.onMessage(CHAT, (news: ChatNews) => this.#take(news));
    room.onMessage("error", (refusal: ChatRefusal) => this.#refused(refusal));
    room.onDrop(() => {
      this.#isOnline = false;
    });
    room.onReconnect(() => {
      // What was said meanwhile comes by itself. What waits here is said after it, when it is known what of it arrived.
      this.#isOnline = true;
      this.#isAsking = false;
      this.#connection++;
    });
  }

  /** Ascending, without those of muted people. */
  get lines(): readonly ChatLine[] {
    return this.#lines.filter(({ from }) => !this.#muted.has(from));
  }

  get pending(): readonly PendingLine[] {
    return this.#pending;
  }

  /** The others who play here, and spectators who are muted, by session id. */
  get people(): ReadonlyMap<string, ChatPerson> {
    return this.#people;
  }

  /** How many lines of others were not read. */
  get unread(): number {
    return this.lines.filter((line) => line.id > this.#read && !this.isOwn(line)).length;
  }

  isOwn({ from }: ChatLine): boolean {
    return from === this.#room.sessionId;
  }

  isMuted(id: string): boolean {
    return this.#muted.has(id);
  }

  /** Says something, as soon as there is a connection; false when too much waits already. */
  say(text: string): boolean {
    if (this.#pending.length >= MOST_PENDING) return false;
    this.#nextTag = (this.#nextTag + 1) % MOST_TAG;
    const line = { tag: this.#nextTag, text, connection: 0 };
    const isInTurn = this.#pending.every(({ connection }) => connection === this.#connection);
    this.#pending.push(line);
    if (this.#isOnline && isInTurn) this.#utter(line);
    this.emit("change");
    return true;
  }

  /** A person has seen every line there is. */
  markRead(): void {
    if (this.#upTo <= this.#read) return;
    this.#read = this.#upTo;
    this.#send({ read: this.#read });
    this.emit("change");
  }

  mute(id: string, isMuted: boolean): void {
    if (isMuted) this.#muted.add(id);
    else this.#muted.delete(id);
    this.#send(isMuted ? { mute: id } : { unmute: id });
    this.emit("change");
  }

  receiptsOf(line: ChatLine): Receipts {
    const read: ChatPerson[] = [];
    const delivered: ChatPerson[] = [];
    const missing: ChatPerson[] = [];
    for (const person of this.#people.values()) {
      if (person.id === line.from || person.seat === undefined) continue;
      if (person.read >= line.id) read.push(person);
      else (person.delivered >= line.id ? delivered : missing).push(person);
    }
    return { read, delivered, missing };
  }

  #take(news: ChatNews): void {
    const { lines, after = 0, upTo, people, marks = [], read, unread } = news;
    if (people !== undefined) this.#meet(people);
    for (const mark of marks) {
      const person = this.#people.get(mark.id);
      if (person !== undefined) (this.#people as Map<string, ChatPerson>).set(mark.id, { ...person, ...mark });
    }
    for (const line of lines) this.#add(line);
    if (after > this.#upTo) this.#ask();
    else if (upTo !== undefined) {
      this.#isAsking = false;
      this.#upTo = Math.max(this.#upTo, upTo);
      this.#send({ delivered: this.#upTo });
    }
    if (read !== undefined && read < this.#read) this.#send({ read: this.#read });
    this.#read = Math.max(this.#read, read ?? 0);
    if (unread !== undefined && !this.#isAsking) this.#repeat();
    this.emit("change");
  }

  /** Lines are missing before these: a reloaded page lacks what the server knows it had. */
  #ask(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#send({ after: this.#upTo });
  }

  #meet(people: readonly ChatPerson[]): void {
    this.#people = new Map(people.map((person) => [person.id, person]));
    for (const { id, isMuted } of people) {
      if (isMuted === true) this.#muted.add(id);
      else this.#muted.delete(id);
    }
  }

  #add(line: ChatLine): void {
    const place = this.#lines.findLastIndex(({ id }) => id <= line.id);
    if (this.#lines[place]?.id === line.id) return;
    this.#lines.splice(place + 1, 0, line);
    if (this.#lines.length > MOST_LINES) this.#lines.shift();
    if (line.tag !== undefined && this.isOwn(line)) this.#forget(line.tag);
  }

  /** Everything the server has of this client is here: what is not among it was lost with an earlier connection. */
  #repeat(): void {
    for (const line of this.#pending) {
      if (line.connection !== this.#connection) this.#utter(line);
    }
  }

  #utter(line: Pending): void {
    line.connection = this.#connection;
    this.#send({ text: line.text, tag: line.tag });
  }

  #refused(refusal: ChatRefusal): void {
    if (!refusal.name.startsWith("chat/")) return;
    const line = this.#pending.find(({ tag }) => tag === refusal.tag);
    if (line !== undefined) this.#forget(line.tag);
    // Perhaps it was the question for lines; then it is put again when the next one comes.
    else this.#isAsking = false;
    this.emit("refused", refusal, line?.text);
    this.emit("change");
  }

  #forget(tag: number): void {
    this.#pending = this.#pending.filter((line) => line.tag !== tag);
  }

  #send(command: ChatCommand): void {
    if (this.#isOnline) this.#room.send(CHAT, command);
  }
}
