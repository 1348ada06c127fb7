/** Whose seat it is that a connection asks for: the subject of the token it was reserved with. */
import { matchMaker, type Room } from "@colyseus/core";

interface Holding {
  readonly clients: Room["clients"];
  readonly _reservedSeats: Readonly<Record<string, readonly [options: unknown, auth: unknown]>>;
}

/** Undefined when there is no such room or seat, or a guest has it. */
export function seatHolder(roomId: string, sessionId: string): string | undefined {
  const room = matchMaker.getLocalRoomById(roomId) as unknown as Holding | undefined;
  const auth = room?._reservedSeats[sessionId]?.[1] ?? room?.clients.get(sessionId)?.auth;
  return (auth as { subject?: string } | undefined)?.subject;
}

/** The type of a room; undefined when there is no such room. */
export function roomTypeOf(roomId: string): string | undefined {
  return matchMaker.getLocalRoomById(roomId)?.roomName;
}
