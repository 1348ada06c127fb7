/** The recording of a room, begun with what is known before its match begins; and the marks that only the room can make. */
import type { Line } from "../../shared/chat/line-log.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { PROTOCOL_VERSION } from "../../shared/engine/protocol/version.ts";
import { FORMAT } from "../../shared/recording/recording-head.ts";
import type { DesyncReport } from "../../shared/referee/desync/desync-report.ts";
import type { RoomRecording } from "../recordings/recordings.ts";
import { ENGINE } from "./room-match.ts";
import { type RoomOptions, roomOptionsOf } from "./room-options.ts";
import type { RoomServices } from "./room-services.ts";

interface RecordedRoom {
  readonly roomId: string;
  readonly game: AnyGame;
  readonly chat: { onLine: (line: Line) => void };
}

/** Undefined where nothing is recorded. @param options with others, which say more of who made the room than of the match. */
export function recordRoom(
  { roomId: room, game, chat }: RecordedRoom,
  options: RoomOptions,
  { recordings, logic: hashes }: Pick<RoomServices, "recordings" | "logic">,
): RoomRecording | undefined {
  const logic = hashes[game.name];
  const recording = recordings.open({
    ...{ format: FORMAT, game: game.name, tickRate: game.tickRate, began: Date.now(), room },
    ...(logic === undefined ? {} : { logic }),
    protocol: PROTOCOL_VERSION,
    engine: ENGINE,
    options: roomOptionsOf(options),
  });
  if (recordings.hasChat)
    chat.onLine = ({ seat, name, text }) => recording?.mark({ kind: "chat", seat, text: `${name}: ${text}` });
  return recording;
}

/** A desync is found, and mended at once by what differed, unless it is the server whose world is wrong. */
export function markDesync(
  recording: RoomRecording | undefined,
  { client: { seat }, culprit, tick, differences }: DesyncReport,
): void {
  const fields = differences.map(({ path }) => path).join(", ");
  recording?.mark({ kind: "desync", seat, text: `${culprit}: ${fields} at tick ${tick}` });
  if (culprit !== "server") recording?.mark({ kind: "heal", seat, text: "" });
}
