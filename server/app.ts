/** Everything a Phalanx server is, for a given shelf of games: room classes, transport, HTTP routes. */
import { defineRoom, type RegisteredHandler, type ServerOptions } from "@colyseus/core";
import { Encoder } from "@colyseus/schema";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { WebSocket } from "ws";
import type { AnyGame } from "../shared/engine/game/game.ts";
import { DesyncFiles } from "./desync-files.ts";
import { addRoutes } from "./http.ts";
import { logicHashes } from "./logic-hash.ts";
import { lockstepRoom } from "./rooms/lockstep-room.ts";
import { RoomDesk } from "./rooms/room-desk.ts";

/** Longest WebSocket message a client may send, in bytes; ws closes with 1009 beyond it. */
const LONGEST_MESSAGE_BYTES = 4096;
/** Room for a full state of some hundred entities; Colyseus grows it with a warning beyond. */
const STATE_BUFFER_BYTES = 64 * 1024;

export interface AppOptions {
  /** The shelf; the first game is the default one. */
  readonly games: readonly AnyGame[];
  /** Folder of the built page. */
  readonly page?: string;
  /** Folder for desync reports; left out: they are logged only. */
  readonly reports?: string;
}

export interface App {
  readonly desk: RoomDesk;
  /** One room type per game, named like it: for `defineServer({ rooms })`. */
  readonly rooms: Record<string, RegisteredHandler>;
  readonly transport: WebSocketTransport;
  readonly express: NonNullable<ServerOptions["express"]>;
}

/**
 * Builds the parts for Colyseus's `defineServer`.
 *
 * @throws Error when two games have one name.
 */
export function createApp({ games, page, reports }: AppOptions): App {
  // Colyseus's reconnection reads the global WebSocket, which Node 20 does not have.
  (globalThis as { WebSocket?: unknown }).WebSocket ??= WebSocket;
  Encoder.BUFFER_SIZE = STATE_BUFFER_BYTES;
  const desk = new RoomDesk();
  const services = { desk, reports: new DesyncFiles(reports), logic: logicHashes() };
  const rooms: Record<string, RegisteredHandler> = {};
  for (const game of games) {
    if (rooms[game.name] !== undefined) throw new Error(`two games on the shelf are called "${game.name}"`);
    rooms[game.name] = defineRoom(lockstepRoom(game, services));
  }
  return {
    desk,
    rooms,
    transport: new WebSocketTransport({ maxPayload: LONGEST_MESSAGE_BYTES }),
    express: (app) =>
      addRoutes(app, { desk, games: games.map((game) => game.name), ...(page === undefined ? {} : { page }) }),
  };
}
