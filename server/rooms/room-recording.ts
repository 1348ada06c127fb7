/** The recording of a room, begun with what is known before its match begins. */
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { PROTOCOL_VERSION } from "../../shared/engine/protocol/version.ts";
import { FORMAT } from "../../shared/recording/recording-head.ts";
import type { RoomRecording } from "../recordings/recordings.ts";
import { ENGINE } from "./room-match.ts";
import { type RoomOptions, roomOptionsOf } from "./room-options.ts";
import type { RoomServices } from "./room-services.ts";

/** Undefined where nothing is recorded. @param options with others, which say more of who made the room than of the match. */
export function recordRoom(
  room: string,
  game: AnyGame,
  options: RoomOptions,
  { recordings, logic: hashes }: Pick<RoomServices, "recordings" | "logic">,
): RoomRecording | undefined {
  const logic = hashes[game.name];
  return recordings.open({
    ...{ format: FORMAT, game: game.name, tickRate: game.tickRate, began: Date.now(), room },
    ...(logic === undefined ? {} : { logic }),
    protocol: PROTOCOL_VERSION,
    engine: ENGINE,
    options: roomOptionsOf(options),
  });
}
