/** The notes of a room: what it knows besides its match, as the journal keeps it for whoever goes on with the room (R17). */
import type { SavedMember } from "../../shared/chat/chat-member.ts";
import type { Line } from "../../shared/chat/line-log.ts";
import type { SavedChat } from "../../shared/chat/room-chat.ts";
import type { Plane } from "../../shared/engine/protocol/plane.ts";
import type { RoomJournal } from "../journal/journal.ts";
import type { PeerOptions } from "./client-peer.ts";

/** Somebody who takes part, or may come back. */
export interface Participant {
  readonly id: string;
  /** How they take part, with the plane they are on. */
  readonly wishes: PeerOptions;
  /** How often they had come in, as their newest ticket says. */
  readonly entry: number;
}

/** What a room begins with. */
export interface LeftRoom {
  readonly people: readonly Participant[];
  readonly chat: SavedChat;
  /** Objects of the stream plane have numbers below this. */
  readonly objects: number;
}

type Note =
  | ({ readonly note: "room" } & LeftRoom)
  | { readonly note: "came"; readonly person: Participant }
  | { readonly note: "gone"; readonly id: string }
  | { readonly note: "line"; readonly line: Line }
  | { readonly note: "members"; readonly members: readonly SavedMember[] }
  | { readonly note: "objects"; readonly below: number };

/** The number of lines that a chat keeps is less. */
const MOST_LINES = 200;

export class RoomNotes {
  /** Where they go; left out: nowhere. */
  journal: RoomJournal | undefined;
  readonly #people = new Map<string, Participant>();
  readonly #members = new Map<string, SavedMember>();
  /** As they were written last. */
  readonly #written = new Map<string, string>();
  #lines: Line[] = [];
  #newest = 0;
  #objects = 0;

  /** @param notes of the journal, in order: this server's own. */
  constructor(notes: readonly unknown[] = []) {
    for (const note of notes as readonly Note[]) this.#take(note);
  }

  get left(): LeftRoom {
    const chat = { newest: this.#newest, lines: this.#lines, members: [...this.#members.values()] };
    return { people: [...this.#people.values()], chat, objects: this.#objects };
  }

  /** All of them in one, for a journal that begins anew. */
  whole(): object {
    return { note: "room", ...this.left } satisfies Note;
  }

  came(person: Participant): void {
    this.#note({ note: "came", person });
  }

  /** Who is here goes on on another plane. */
  moved(id: string, plane: Plane): void {
    const person = this.#people.get(id);
    if (person !== undefined) this.came({ ...person, wishes: { ...person.wishes, plane } });
  }

  gone(id: string): void {
    this.#note({ note: "gone", id });
  }

  /** Before anybody is told of it. */
  said(line: Line): void {
    this.#note({ note: "line", line });
  }

  /** The members of the chat: those are written that have changed. */
  heard(members: readonly SavedMember[]): void {
    if (this.journal === undefined) return;
    const changed = members.filter((member) => {
      const text = JSON.stringify(member);
      if (this.#written.get(member.id) === text) return false;
      this.#written.set(member.id, text);
      return true;
    });
    if (changed.length > 0) this.#note({ note: "members", members: changed });
  }

  /** Before the first number is used that is not below. */
  numbered(below: number): void {
    this.#note({ note: "objects", below });
  }

  #note(note: Note): void {
    if (this.journal === undefined) return;
    this.#take(note);
    this.journal.note(note);
  }

  #take(note: Note): void {
    switch (note.note) {
      case "room":
        this.#people.clear();
        this.#members.clear();
        for (const person of note.people) this.#people.set(person.id, person);
        for (const member of note.chat.members) this.#members.set(member.id, member);
        this.#lines = [...note.chat.lines];
        this.#newest = note.chat.newest;
        this.#objects = note.objects;
        break;
      case "came":
        this.#people.set(note.person.id, note.person);
        break;
      case "gone":
        this.#people.delete(note.id);
        this.#members.delete(note.id);
        this.#written.delete(note.id);
        break;
      case "line":
        // What stands in two files is said once.
        if (note.line.id <= this.#newest) break;
        this.#lines.push(note.line);
        if (this.#lines.length > MOST_LINES) this.#lines.shift();
        this.#newest = note.line.id;
        break;
      case "members":
        for (const member of note.members) this.#members.set(member.id, member);
        break;
      case "objects":
        this.#objects = note.below;
        break;
    }
  }
}
