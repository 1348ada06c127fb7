/** The limit on a process's rooms (`ROOMS`). */
import { ServerError } from "@colyseus/core";
import type { RoomServices } from "./room-services.ts";

/** Matchmaking answers over HTTP. */
const UNAVAILABLE = 503;

/** @throws ServerError when as many rooms are open as may be. */
export function refuseWhenFull({
  registry,
  mostRooms,
  advice,
}: Pick<RoomServices, "registry" | "mostRooms" | "advice">): void {
  if (registry.count < mostRooms) return;
  advice.give("as many rooms are open as ROOMS allows", "", {}, "raise it where the machine has room");
  throw new ServerError(UNAVAILABLE, "this server has as many rooms as it can take");
}
