/** A stock SDK client that chats: nothing of ours but the shape of the messages. */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import type { ChatCommand, ChatLine, ChatNews, ChatRefusal } from "../../../shared/engine/protocol/chat.ts";
import { games } from "../../../shared/games/index.ts";

export interface StockChatter {
  readonly room: Room;
  readonly news: readonly ChatNews[];
  readonly errors: ChatRefusal[];
  lines(): readonly ChatLine[];
  send(wish: ChatCommand): void;
}

/** @param roomId undefined for a room of its own. */
export async function joinStock(url: string, roomId: string | undefined, name: string): Promise<StockChatter> {
  const sdk = new ColyseusSDK(url);
  const room: Room =
    roomId === undefined ? await sdk.create(games[0]!.name, { name }) : await sdk.joinById(roomId, { name });
  room.reconnection.minUptime = 0;
  const news: ChatNews[] = [];
  const errors: ChatRefusal[] = [];
  room.onMessage("chat", (message: ChatNews) => news.push(message));
  room.onMessage("error", (refusal: ChatRefusal) => errors.push(refusal));
  return {
    room,
    news,
    errors,
    lines: () => news.flatMap(({ lines }) => lines),
    send: (wish) => room.send("chat", wish),
  };
}
