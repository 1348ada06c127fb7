/** Two who chat over real sockets: Ada with a stock SDK client, Lin with a lockstep session. */
import { SimulatedNetwork } from "../../../client/netsim/simulated-network.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { games } from "../../../shared/games/index.ts";
import { joinPlayer, type SocketPlayer } from "../players/socket-player.ts";
import { joinStock, type StockChatter } from "../players/stock-chatter.ts";
import { until } from "../until.ts";

export interface Meeting {
  readonly stock: StockChatter;
  readonly player: SocketPlayer;
  /** The player's. */
  readonly network: SimulatedNetwork;
  stop(): Promise<void>;
}

/** A stock client and a lockstep session in a room of their own. */
export async function meet(url: string): Promise<Meeting> {
  const stock = await joinStock(url, undefined, "Ada");
  const network = new SimulatedNetwork();
  const player = await joinPlayer(games[0] as AnyGame, { url, roomId: stock.room.roomId, name: "Lin", network }, 1);
  await until("both play", () => player.session.client.confirmedTick > 2);
  const stop = async () => void (await Promise.all([player.stop(), stock.room.leave()]));
  return { stock, player, network, stop };
}
