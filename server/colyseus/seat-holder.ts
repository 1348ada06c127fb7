/** The holder of the seat that a connection asks for: the subject of the token it was reserved with. */
import { matchMaker, type Room } from "@colyseus/core";
import { reservationOf } from "./reservations.ts";

/** Undefined where this process has no such room; Colyseus says that it always has one. */
const localRoom = (id: string): Room | undefined => matchMaker.getLocalRoomById(id);

/** Undefined when there is no such room or seat, or a guest has it. */
export function seatHolder(roomId: string, session: string): string | undefined {
  const room = localRoom(roomId);
  if (room === undefined) return undefined;
  const auth: unknown = reservationOf(room, session)?.auth ?? room.clients.get(session)?.auth;
  return (auth as { readonly subject?: string } | undefined)?.subject;
}

/** The type of a room; undefined when there is no such room. */
export function roomTypeOf(roomId: string): string | undefined {
  return localRoom(roomId)?.roomName;
}
