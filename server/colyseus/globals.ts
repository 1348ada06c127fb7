/** Globals that Colyseus reads in the whole process, made ready before the first room. */
import { Encoder } from "@colyseus/schema";
import { WebSocket } from "ws";

/** Room for a full state of some hundred entities; each encoder's own grows beyond. */
const STATE_BUFFER_BYTES = 64 * 1024;

/** Port: may be called as often as one likes. */
export function prepareGlobals(): void {
  // Its reconnection reads the global WebSocket, which Node 20 does not have.
  (globalThis as { WebSocket?: unknown }).WebSocket ??= WebSocket;
  Encoder.BUFFER_SIZE = STATE_BUFFER_BYTES;
}
