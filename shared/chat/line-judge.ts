/** The rules that a line has to pass before it is in the log: who may say what, and how often (R13). */

import { TokenBucket } from "../budget/token-bucket.ts";
import type { ChatRefusal } from "../engine/protocol/chat.ts";
import type { ChatMember, ChatUser } from "./chat-member.ts";
import { cleanText, cutTo, lengthOf } from "./clean-text.ts";
import { refusal, tooLong } from "./refusals.ts";

export interface ChatRules {
  /** Characters (code points) of a line, and lines a minute of one member. */
  readonly length: number;
  readonly linesPerMinute: number;
  /** What is shown of a line; undefined refuses it. Must not throw. */
  readonly filter: (speaker: ChatUser, text: string) => string | undefined;
}

/** Of all who sit, and of all who watch: the crowd must not drown the players. */
const PLAYERS_PER_SECOND = 20;
const SPECTATORS_PER_SECOND = 5;
const BURST_SECONDS = 2;
/** A member that goes on being refused says nothing for this time. */
const SILENCE_MS = 30_000;

const roomBucket = (perSecond: number): TokenBucket => new TokenBucket(perSecond, perSecond * BURST_SECONDS);

export class LineJudge {
  readonly #rules: ChatRules;
  readonly #players = roomBucket(PLAYERS_PER_SECOND);
  readonly #spectators = roomBucket(SPECTATORS_PER_SECOND);

  constructor(rules: ChatRules) {
    this.#rules = rules;
  }

  /** The text as it is to be shown, or why it is not, at `now` (ms). What is refused before the filter costs nothing. */
  judge(speaker: ChatMember, said: string, tag: number | undefined, now: number): string | ChatRefusal {
    if (now < speaker.silencedUntil) return refusal("chat/muted-by-room", tag);
    const text = cleanText(said);
    if (text === "") return refusal("chat/empty", tag);
    const length = lengthOf(text);
    if (length > this.#rules.length) return tooLong(length, this.#rules.length, tag);
    if (speaker.lines.spend(0, now) < 1) return refusal("chat/too-fast", tag);
    const room = speaker.seat === undefined ? this.#spectators : this.#players;
    if (room.spend(0, now) < 1) return refusal("chat/busy", tag);
    speaker.lines.spend(1, now);
    room.spend(1, now);
    const shown = cleanText(this.#rules.filter(speaker, text) ?? "");
    if (shown === "") return refusal("chat/refused", tag);
    return cleanText(cutTo(shown, this.#rules.length));
  }

  /** What is answered to a member of its refusals: not all of them, to one who does nothing but being refused. */
  answer(member: ChatMember, refused: ChatRefusal, now: number): ChatRefusal | undefined {
    if (member.answers.spend(0, now) >= 1) {
      member.answers.spend(1, now);
      return refused;
    }
    if (now < member.silencedUntil) return undefined;
    member.silencedUntil = now + SILENCE_MS;
    return refusal("chat/muted-by-room", refused.tag);
  }
}
