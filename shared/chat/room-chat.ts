/** The chat of one room, without IO and without a clock: who has said, received, read and muted what. */
import type { ChatLine, ChatMark, ChatNews, ChatPerson, ChatRefusal } from "../engine/protocol/chat.ts";
import { type ChatCommand, readCommand } from "./chat-command.ts";
import { ChatMember, type ChatUser, type SavedMember } from "./chat-member.ts";
import { type ChatRules, LineJudge } from "./line-judge.ts";
import { type Line, LineLog } from "./line-log.ts";
import { refusal } from "./refusals.ts";

/** Milliseconds of a monotonic clock, and of Unix time. */
export interface ChatMoment {
  readonly now: number;
  readonly unixMs: number;
}

/** What of a chat outlives the process. */
export interface SavedChat {
  /** The id of the newest line: of an id that came twice, clients would drop the second line. */
  readonly newest: number;
  readonly lines: readonly Line[];
  readonly members: readonly SavedMember[];
}

/** Lines go out in messages of about this size. */
const MESSAGE_BYTES = 16 * 1024;
/** A revision before the first. */
const NOTHING = -1;

export class RoomChat {
  readonly #rules: ChatRules;
  readonly #speech: LineJudge;
  readonly #log = new LineLog();
  readonly #members = new Map<string, ChatMember>();
  /** Counts changes of marks and of people; the revision at which people last came or went. */
  #revision = 0;
  #peopleAt = 0;

  constructor(rules: ChatRules) {
    this.#rules = rules;
    this.#speech = new LineJudge(rules);
  }

  /** The id of the newest line; 0 before the first. */
  get newest(): number {
    return this.#log.newest;
  }

  /** The kept lines after an id, ascending. */
  linesAfter(id: number): readonly Line[] {
    return this.#log.after(id);
  }

  /** @param now milliseconds of `ChatMoment.now`, as below. */
  saveMembers(now: number): SavedMember[] {
    return [...this.#members.values()].map((member) => member.save(now));
  }

  /** What was saved elsewhere: its members come in again as anybody who was away does. */
  load({ newest, lines, members }: SavedChat, now: number): void {
    this.#log.load(lines, newest);
    for (const saved of members) {
      const member = new ChatMember(saved, this.#rules.linesPerMinute);
      member.load(saved, now);
      // Who says what was delivered may say so of any: it was written down a little before the last were sent.
      if (member.hasMarked) member.sent = newest;
      this.#members.set(saved.id, member);
      this.#peopleChanged(member);
    }
  }

  /** A member is here, or here again: then what was missed is owed. */
  enter(entrance: ChatUser): void {
    const before = this.#members.get(entrance.id);
    const member = before ?? new ChatMember(entrance, this.#rules.linesPerMinute);
    member.known = NOTHING;
    member.cursor = member.resumesAfter;
    member.owed = before !== undefined || this.newest > 0 ? "all" : "nothing";
    if (before !== undefined) return;
    this.#members.set(entrance.id, member);
    this.#peopleChanged(member);
  }

  /** A client is gone for good. */
  leave(id: string): void {
    const member = this.#members.get(id);
    if (member === undefined) return;
    this.#members.delete(id);
    this.#peopleChanged(member);
  }

  /** Takes a message of a member, as it came over the wire; what it returns is to be answered. */
  hear(id: string, untrusted: unknown, moment: ChatMoment): ChatRefusal | undefined {
    const member = this.#members.get(id);
    if (member === undefined) return undefined;
    const refused = this.#grant(member, readCommand(untrusted), moment);
    return refused === undefined ? undefined : this.#speech.answer(member, refused, moment.now);
  }

  /** Nothing this member says is taken until then, in the milliseconds of `ChatMoment.now`. */
  silence(id: string, untilMs: number): void {
    const member = this.#members.get(id);
    if (member !== undefined) member.silencedUntil = untilMs;
  }

  /** Whether there is anything to tell this member. */
  isBehind(id: string): boolean {
    const member = this.#members.get(id);
    if (member === undefined) return false;
    if (member.owed !== "nothing") return true;
    const { cursor, known } = member;
    return this.newest > 0 && (cursor < this.newest || known < this.#revision);
  }

  /**
   * The next message for a member, taken to be sent; undefined when there is none now.
   *
   * @param isTimely true a few times a second: then receipts, and what was missed, are due too. New lines always are.
   */
  next(id: string, isTimely: boolean): ChatNews | undefined {
    const member = this.#members.get(id);
    if (member === undefined || !this.isBehind(id)) return undefined;
    if (member.owed !== "nothing") return isTimely ? this.#catchUp(member) : undefined;
    const hasLines = member.cursor < this.newest;
    if (!hasLines && !isTimely) return undefined;
    const news = hasLines ? this.#linesFor(member) : { lines: [] };
    if (member.known < this.#peopleAt) return { ...news, people: this.#peopleFor(member) };
    const marks = isTimely ? this.#marksFor(member) : [];
    if (marks.length > 0) return { ...news, marks };
    return hasLines ? news : undefined;
  }

  #grant(member: ChatMember, command: ChatCommand, moment: ChatMoment): ChatRefusal | undefined {
    switch (command.kind) {
      case "say": {
        const text = this.#speech.judge(member, command.text, command.tag, moment.now);
        if (typeof text !== "string") return text;
        const { id: from, key, seat, name } = member;
        this.#log.add({ from, key, seat, name, text, at: moment.unixMs, tag: command.tag });
        return undefined;
      }
      case "mark":
        if (command.delivered > member.sent) return refusal("chat/not-sent");
        if (member.mark(command) && member.seat !== undefined) member.changedAt = ++this.#revision;
        return undefined;
      case "catch-up":
        if (command.after > this.newest) return refusal("chat/not-sent");
        return this.#rewind(member, command.after, moment.now);
      case "mute":
        return this.#mute(member, command.id, command.isMuted, moment.now);
      case "malformed":
        return refusal("chat/malformed", command.tag);
    }
  }

  #mute(listener: ChatMember, id: string, isMuted: boolean, now: number): ChatRefusal | undefined {
    const other = this.#members.get(id);
    if (other === undefined || other.key === listener.key) return refusal("chat/nobody");
    // The list of who is muted is sent again, also when this is refused.
    listener.known = NOTHING;
    if (isMuted) return listener.mute(other.key) ? undefined : refusal("chat/too-many-muted");
    if (!listener.hasMuted(other.key)) return undefined;
    const refused = this.#rewind(listener, listener.cursor, now);
    if (refused === undefined) listener.unmute(other.key, this.newest);
    listener.cursor = Math.min(listener.cursor, listener.resumesAfter);
    return refused;
  }

  /** What was said after a line is sent, or sent again: ids tell. */
  #rewind(member: ChatMember, after: number, now: number): ChatRefusal | undefined {
    if (member.catchUps.spend(0, now) < 1) return refusal("chat/too-fast");
    member.catchUps.spend(1, now);
    member.cursor = after;
    member.owed = "all";
    return undefined;
  }

  #catchUp(member: ChatMember): ChatNews {
    const { owed, read } = member;
    const news = this.#linesFor(member);
    const isComplete = member.cursor === this.newest;
    member.owed = isComplete ? "nothing" : "rest";
    return {
      ...news,
      ...(owed === "all" ? { people: this.#peopleFor(member), read } : {}),
      ...(isComplete ? { unread: this.#unread(member) } : {}),
    };
  }

  /** The next lines after the member's cursor, which is moved. */
  #linesFor(member: ChatMember): ChatNews {
    const after = member.cursor;
    const lines: ChatLine[] = [];
    let bytes = 0;
    for (const line of this.#log.after(after)) {
      if (bytes + line.bytes > MESSAGE_BYTES) break;
      member.cursor = line.id;
      if (member.withholds(line.key, line.id)) continue;
      bytes += line.bytes;
      lines.push(shownTo(member, line));
    }
    member.sent = Math.max(member.sent, member.cursor);
    return { lines, after, upTo: member.cursor };
  }

  #peopleFor(member: ChatMember): ChatPerson[] {
    member.known = this.#revision;
    return [...this.#members.values()]
      .filter((other) => other !== member && (other.seat !== undefined || member.hasMuted(other.key)))
      .map((other) => ({
        ...markOf(other, member),
        name: other.name,
        ...(other.seat === undefined ? {} : { seat: other.seat }),
        ...(member.hasMuted(other.key) ? { isMuted: true } : {}),
      }));
  }

  #marksFor(member: ChatMember): ChatMark[] {
    const { known } = member;
    member.known = this.#revision;
    return [...this.#members.values()]
      .filter((other) => other !== member && other.changedAt > known && !other.hasMuted(member.key))
      .map((other) => markOf(other, member));
  }

  #unread(member: ChatMember): number {
    const isForeign = ({ from, key }: Line): boolean => from !== member.id && !member.hasMuted(key);
    return this.#log.after(member.read).filter(isForeign).length;
  }

  #peopleChanged({ seat }: ChatMember): void {
    if (seat !== undefined) this.#peopleAt = ++this.#revision;
  }
}

function markOf(other: ChatMember, viewer: ChatMember): ChatMark {
  const { delivered, read } = other.marksFor(viewer.key);
  return { id: other.id, delivered, read };
}

function shownTo(listener: ChatMember, { id, from, seat, name, text, at, tag }: Line): ChatLine {
  return {
    ...{ id, from, name, text, at },
    ...(seat === undefined ? {} : { seat }),
    ...(tag === undefined || from !== listener.id ? {} : { tag }),
  };
}
