/**
 * The rooms that go on in another process: left behind by one, and opened by the next under their own ids before anybody can
 * ask for them (R17).
 */
import { matchMaker } from "@colyseus/core";
import { type CrashedList, crashedSentence } from "../base/crashed-rooms.ts";
import { log } from "../base/log.ts";
import { JOURNAL_VERSION, type LeftMatch } from "../journal/journal.ts";
import { RoomNotes } from "./room-notes.ts";
import type { RoomServices } from "./room-services.ts";

type Services = Pick<RoomServices, "left" | "logic">;

/**
 * To be called before a client can come to one of these rooms: it would be told that it is gone for good.
 *
 * @param except rooms that are not opened again: those in it are told that its rules failed.
 */
export async function reopenRooms(
  matches: readonly LeftMatch[],
  services: Services,
  except: CrashedList,
): Promise<void> {
  for (const [room, crashed] of except) services.left.end(room, "room/crashed", crashedSentence(crashed));
  for (const match of matches) {
    const { roomId: room } = match.head;
    const crashed = except.get(room);
    if (crashed === undefined) await reopen(match, services);
    else log.warn({ room, ...crashed }, "a match is left alone: its rules did not return");
  }
}

async function reopen(match: LeftMatch, { left, logic }: Services): Promise<void> {
  const { roomId, game, options, version, logic: was } = match.head;
  if (version !== JOURNAL_VERSION || logic[game] !== was) {
    const builds = { was, is: logic[game], journal: version };
    log.warn({ room: roomId, game, ...builds }, "a match cannot go on: it was played by another build");
    left.end(roomId, "game/other-build");
    return;
  }
  // Nobody was in it who could come back.
  if (new RoomNotes(match.notes).left.people.length === 0) return;
  left.offer(match);
  try {
    await matchMaker.handleCreateRoom(game, options as object, undefined, roomId);
  } catch (err) {
    log.error({ room: roomId, game, err }, "a match cannot go on");
    left.end(roomId, "room/fault");
  }
}
