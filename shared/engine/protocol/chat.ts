/** Chat as it travels: what `room.send("chat", ...)` and `room.onMessage("chat", ...)` carry, in any SDK. */
import type { Seat } from "../game/game.ts";

/** The name of the message, both ways. Refusals come as `error`, like those of inputs. */
export const CHAT = "chat";

/** Up: one of these. Ids of lines are whole numbers, ascending in a room from 1 on; ids of people are session ids. */
export type ChatCommand =
  /** To say something. `tag` (0 .. 2^32 - 1) comes back with the client's own line, or with its refusal. */
  | { readonly text: string; readonly tag?: number }
  /** Every line up to this id has come; with `read`, a person has seen it too. Marks only go up. */
  | { readonly delivered: number }
  | { readonly read: number }
  /** To be sent what is kept of the lines after this id; 0: all of it. */
  | { readonly after: number }
  /** To be sent nothing more of what this person says, or again. */
  | { readonly mute: string }
  | { readonly unmute: string };

export interface ChatLine {
  readonly id: number;
  /** Its author: session id, seat (a spectator has none), and name at the time. */
  readonly from: string;
  readonly seat?: Seat;
  readonly name: string;
  readonly text: string;
  /** When, in Unix milliseconds of the server. */
  readonly at: number;
  /** For its author, if they gave one. */
  readonly tag?: number;
}

/** The last line that a participant has received, and read. */
export interface ChatMark {
  readonly id: string;
  readonly delivered: number;
  readonly read: number;
}

/** A player of the room, or a spectator whom the receiver has muted. */
export interface ChatPerson extends ChatMark {
  readonly name: string;
  readonly seat?: Seat;
  /** Muted by the receiver. */
  readonly isMuted?: true;
}

/** Down. */
export interface ChatNews {
  /** Ascending; empty when there is only other news. */
  readonly lines: readonly ChatLine[];
  /** With these lines the receiver has all that is for it of the lines after `after` and up to `upTo`. */
  readonly after?: number;
  readonly upTo?: number;
  /** All who count for receipts, in place of what was known of them. */
  readonly people?: readonly ChatPerson[];
  /** What has changed of them. */
  readonly marks?: readonly ChatMark[];
  /** When catching up begins: up to where the receiver has read. */
  readonly read?: number;
  /** When it is complete: how many lines of others the receiver has not read. */
  readonly unread?: number;
}

export type ChatRefusalName =
  | "chat/off"
  | "chat/malformed"
  | "chat/empty"
  | "chat/too-long"
  | "chat/too-fast"
  | "chat/busy"
  | "chat/refused"
  | "chat/muted-by-room"
  | "chat/nobody"
  | "chat/too-many-muted"
  | "chat/not-sent"
  | "chat/fault";

/** Down, as `error`. */
export interface ChatRefusal {
  readonly name: ChatRefusalName;
  /** A sentence for the player. */
  readonly message: string;
  /** That of the line which is refused, if it had one. */
  readonly tag?: number;
}
