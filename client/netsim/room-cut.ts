/** A cut of the simulated network as a room's connection feels it: lost without a word, and not to be had again meanwhile. */
import { CloseCode, type Room } from "@colyseus/sdk";
import type { SimulatedNetwork } from "./simulated-network.ts";

/** Binds a room's connection to the network: from now on it is cut with it. */
export function cutWith(network: SimulatedNetwork, connection: Room["connection"]): void {
  network.onCut = () => {
    // The SDK takes this code for a lost connection, at once, and tries to come back by itself.
    if (connection.isOpen) connection.close(CloseCode.MAY_TRY_RECONNECT);
  };
  const reconnect = connection.reconnect.bind(connection);
  connection.reconnect = (params) => {
    // To the SDK a try that failed: the next one follows as after any other.
    if (network.isCut) throw new Error("the network is cut");
    reconnect(params);
  };
}
