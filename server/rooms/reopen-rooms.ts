/**
 * The rooms that go on in another process: left behind by one, and opened by the next under their own ids before anybody can
 * ask for them (R17).
 */
import { matchMaker } from "@colyseus/core";
import { log } from "../base/log.ts";
import type { LeftMatch } from "../journal/journal.ts";
import { RoomNotes } from "./room-notes.ts";
import type { RoomServices } from "./room-services.ts";

type Services = Pick<RoomServices, "journal" | "left" | "logic">;

/** To be called before the port is open: a client that comes to a room that is not there is told that it is gone for good. */
export async function reopenRooms(services: Services): Promise<void> {
  for (const match of services.left.matches) await reopen(match, services);
  if (services.journal?.trouble !== undefined) return;
  services.journal?.forgetLeft();
  services.left.written();
}

async function reopen({ head, notes }: LeftMatch, { left, logic }: Services): Promise<void> {
  const { roomId, game, options } = head;
  // Nobody was in it who could come back.
  if (new RoomNotes(notes).left.people.length === 0) {
    left.take(roomId);
    return;
  }
  if (logic[game] !== head.logic) {
    log.warn(
      { room: roomId, game, was: head.logic, is: logic[game] },
      "a match cannot go on: its rules are of another build",
    );
    left.end(roomId, "game/other-build");
    return;
  }
  try {
    await matchMaker.handleCreateRoom(game, options as object, undefined, roomId);
  } catch (err) {
    log.error({ room: roomId, game, err }, "a match cannot go on");
    left.end(roomId, "room/fault");
  }
}

/**
 * Leaves all matches to the next process.
 *
 * @returns false where nothing of them is written down: they are to end here.
 */
export function leaveRooms({ journal, registry }: Pick<RoomServices, "journal" | "registry">): boolean {
  if (journal === undefined || journal.trouble !== undefined) return false;
  for (const room of registry.rooms) room.suspend();
  journal.close();
  return true;
}
