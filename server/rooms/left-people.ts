/** The people of a room that was another process's: each is expected back, in their seat, with what was said meanwhile (R17). */
import type { Room } from "@colyseus/core";
import type { Match } from "../../shared/referee/match.ts";
import { countLeftClients, discountLeftClient } from "../colyseus/counted-clients.ts";
import type { StreamPlane } from "../stream/stream-plane.ts";
import type { ChatService } from "./chat-service.ts";
import type { Returns } from "./returns/returns.ts";
import type { RoomNotes } from "./room-notes.ts";
import type { RoomPresence } from "./room-presence.ts";

export interface LeftPeopleOptions<I, S> {
  readonly room: Room;
  readonly match: Match<I, S>;
  readonly plane: StreamPlane<I, S>;
  readonly chat: ChatService;
  readonly presence: RoomPresence<I, S>;
  readonly returns: Returns;
  readonly notes: RoomNotes;
  /** How long ticks stand still for them at most, in milliseconds. */
  readonly returnMs: number;
  /** Somebody has not come. */
  readonly onGone: (id: string) => void;
}

/** To be called when the room is made, before the matchmaker knows it. */
export function expectLeftPeople<I, S>(options: LeftPeopleOptions<I, S>): void {
  const { room, match, plane, chat, presence, returns, notes, returnMs, onGone } = options;
  const left = notes.left;
  const { seats } = match;
  const expected = left.people.filter(({ id, wishes }) => wishes.watch || seats.seatOf(id) !== undefined);
  plane.serializer.ids.skipTo(left.objects);
  chat.load(left.chat);
  countLeftClients(room, expected.length);
  match.expectReturns(returnMs);
  for (const person of expected) {
    presence.expect(person);
    returns.expect(person, () => {
      onGone(person.id);
      void discountLeftClient(room);
    });
  }
  // Nobody can show a ticket for these.
  for (let seat = 0; seat < seats.count; seat++) {
    const holder = seats.holder(seat);
    if (holder?.kind === "player" && !expected.some(({ id }) => id === holder.id)) match.freeSeat(holder.id);
  }
}
