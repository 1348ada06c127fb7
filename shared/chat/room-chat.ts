/** The chat of one room, without IO and without a clock: who has said, received, read and muted what. */
import type { ChatLine, ChatMark, ChatNews, ChatPerson, ChatRefusal } from "../engine/protocol/chat.ts";
import { type ChatCommand, readCommand } from "./chat-command.ts";
import { ChatMember, type ChatUser } from "./chat-member.ts";
import { type Line, LineLog } from "./line-log.ts";
import { refusal } from "./refusals.ts";
import { type ChatRules, Speech } from "./speech.ts";

/** Milliseconds of a monotonic clock, and of Unix time. */
export interface ChatMoment {
  readonly now: number;
  readonly unixMs: number;
}

/** Lines go out in messages of about this size. */
const MESSAGE_BYTES = 16 * 1024;
/** A revision before the first. */
const NOTHING = -1;

export class RoomChat {
  readonly #rules: ChatRules;
  readonly #speech: Speech;
  readonly #log = new LineLog();
  readonly #participants = new Map<string, ChatMember>();
  /** Counts changes of marks and of people; the revision at which people last came or went. */
  #revision = 0;
  #peopleAt = 0;

  constructor(rules: ChatRules) {
    this.#rules = rules;
    this.#speech = new Speech(rules);
  }

  /** The id of the newest line; 0 before the first. */
  get newest(): number {
    return this.#log.newest;
  }

  /** A member is here, or here again: then what was missed is owed. */
  enter(entrance: ChatUser): void {
    const before = this.#participants.get(entrance.id);
    const participant = before ?? new ChatMember(entrance, this.#rules.linesPerMinute);
    participant.known = NOTHING;
    participant.cursor = participant.resumesAfter;
    participant.owed = before !== undefined || this.newest > 0 ? "all" : "nothing";
    if (before !== undefined) return;
    this.#participants.set(entrance.id, participant);
    this.#peopleChanged(participant);
  }

  /** A client is gone for good. */
  leave(id: string): void {
    const participant = this.#participants.get(id);
    if (participant === undefined) return;
    this.#participants.delete(id);
    this.#peopleChanged(participant);
  }

  /** Takes a message of a participant, as it came over the wire; what it returns is to be answered. */
  hear(id: string, untrusted: unknown, moment: ChatMoment): ChatRefusal | undefined {
    const participant = this.#participants.get(id);
    if (participant === undefined) return undefined;
    const refused = this.#grant(participant, readCommand(untrusted), moment);
    return refused === undefined ? undefined : this.#speech.answer(participant, refused, moment.now);
  }

  /** Nothing this participant says is taken until then, in the milliseconds of `ChatMoment.now`. */
  silence(id: string, untilMs: number): void {
    const participant = this.#participants.get(id);
    if (participant !== undefined) participant.silencedUntil = untilMs;
  }

  /** Whether there is anything to tell this participant. */
  isBehind(id: string): boolean {
    const participant = this.#participants.get(id);
    if (participant === undefined) return false;
    if (participant.owed !== "nothing") return true;
    const { cursor, known } = participant;
    return this.newest > 0 && (cursor < this.newest || known < this.#revision);
  }

  /**
   * The next message for a participant, taken to be sent; undefined when there is none now.
   *
   * @param isTimely true a few times a second: then receipts, and what was missed, are due too. New lines always are.
   */
  next(id: string, isTimely: boolean): ChatNews | undefined {
    const participant = this.#participants.get(id);
    if (participant === undefined || !this.isBehind(id)) return undefined;
    if (participant.owed !== "nothing") return isTimely ? this.#catchUp(participant) : undefined;
    const hasLines = participant.cursor < this.newest;
    if (!hasLines && !isTimely) return undefined;
    const news = hasLines ? this.#linesFor(participant) : { lines: [] };
    if (participant.known < this.#peopleAt) return { ...news, people: this.#peopleFor(participant) };
    const marks = isTimely ? this.#marksFor(participant) : [];
    if (marks.length > 0) return { ...news, marks };
    return hasLines ? news : undefined;
  }

  #grant(participant: ChatMember, command: ChatCommand, moment: ChatMoment): ChatRefusal | undefined {
    switch (command.kind) {
      case "say": {
        const text = this.#speech.judge(participant, command.text, command.tag, moment.now);
        if (typeof text !== "string") return text;
        const { id: from, key, seat, name } = participant;
        this.#log.add({ from, key, seat, name, text, at: moment.unixMs, tag: command.tag });
        return undefined;
      }
      case "mark":
        if (command.delivered > participant.sent) return refusal("chat/not-sent");
        if (participant.mark(command) && participant.seat !== undefined) participant.changedAt = ++this.#revision;
        return undefined;
      case "catch-up":
        if (command.after > this.newest) return refusal("chat/not-sent");
        return this.#rewind(participant, command.after, moment.now);
      case "mute":
        return this.#mute(participant, command.id, command.isMuted, moment.now);
      case "malformed":
        return refusal("chat/malformed", command.tag);
    }
  }

  #mute(listener: ChatMember, id: string, isMuted: boolean, now: number): ChatRefusal | undefined {
    const other = this.#participants.get(id);
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
  #rewind(participant: ChatMember, after: number, now: number): ChatRefusal | undefined {
    if (participant.catchUps.spend(0, now) < 1) return refusal("chat/too-fast");
    participant.catchUps.spend(1, now);
    participant.cursor = after;
    participant.owed = "all";
    return undefined;
  }

  #catchUp(participant: ChatMember): ChatNews {
    const { owed, read } = participant;
    const news = this.#linesFor(participant);
    const isComplete = participant.cursor === this.newest;
    participant.owed = isComplete ? "nothing" : "rest";
    return {
      ...news,
      ...(owed === "all" ? { people: this.#peopleFor(participant), read } : {}),
      ...(isComplete ? { unread: this.#unread(participant) } : {}),
    };
  }

  /** The next lines after the participant's cursor, which is moved. */
  #linesFor(participant: ChatMember): ChatNews {
    const after = participant.cursor;
    const lines: ChatLine[] = [];
    let bytes = 0;
    for (const line of this.#log.after(after)) {
      if (bytes + line.bytes > MESSAGE_BYTES) break;
      participant.cursor = line.id;
      if (participant.withholds(line.key, line.id)) continue;
      bytes += line.bytes;
      lines.push(shownTo(participant, line));
    }
    participant.sent = Math.max(participant.sent, participant.cursor);
    return { lines, after, upTo: participant.cursor };
  }

  #peopleFor(participant: ChatMember): ChatPerson[] {
    participant.known = this.#revision;
    return [...this.#participants.values()]
      .filter((other) => other !== participant && (other.seat !== undefined || participant.hasMuted(other.key)))
      .map((other) => ({
        ...markOf(other, participant),
        name: other.name,
        ...(other.seat === undefined ? {} : { seat: other.seat }),
        ...(participant.hasMuted(other.key) ? { isMuted: true } : {}),
      }));
  }

  #marksFor(participant: ChatMember): ChatMark[] {
    const { known } = participant;
    participant.known = this.#revision;
    return [...this.#participants.values()]
      .filter((other) => other !== participant && other.changedAt > known && !other.hasMuted(participant.key))
      .map((other) => markOf(other, participant));
  }

  #unread(participant: ChatMember): number {
    const isForeign = ({ from, key }: Line): boolean => from !== participant.id && !participant.hasMuted(key);
    return this.#log.after(participant.read).filter(isForeign).length;
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
