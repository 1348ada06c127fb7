/** A stock Colyseus server with rooms of ours in it: a stock transport, and nothing of our front line. */
import { defineRoom, matchMaker } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { createServices } from "../../../server/app/services.ts";
import { readSettings } from "../../../server/config/settings.ts";
import type { LockstepRoom } from "../../../server/rooms/lockstep-room.ts";
import type { RoomServices } from "../../../server/rooms/room-services.ts";
import { lockstepRoom } from "../../../server/rooms/room-type.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { listen } from "./listening.ts";

export interface StockServer {
  readonly url: string;
  readonly services: RoomServices;
  room(id: string): LockstepRoom;
  stop(): Promise<void>;
}

export async function startStockServer(
  games: readonly AnyGame[],
  options: ConstructorParameters<typeof WebSocketTransport>[0] = {},
): Promise<StockServer> {
  const services = createServices(readSettings({ REPORTS: "none", REPLAYS: "none" }));
  const transport = new WebSocketTransport(options);
  const rooms = Object.fromEntries(games.map((game) => [game.name, defineRoom(lockstepRoom(game, services))]));
  const { server, port } = await listen({ rooms, transport });
  return {
    url: `ws://127.0.0.1:${port}`,
    services,
    room: (id) => matchMaker.getLocalRoomById(id) as unknown as LockstepRoom,
    stop: () => server.gracefullyShutdown(false),
  };
}
