/** The socket below a client of Colyseus: one of ours, or one of a stock transport. */
import { type Client, ServerError } from "@colyseus/core";
import type { ServerSocket } from "./server-socket.ts";
import { type StockWebSocket, stockSocket } from "./stock-socket.ts";

const NOT_IMPLEMENTED = 501;

/** Our own sockets are the port themselves; those of a stock transport are wrapped, once for each connection. */
type Ref = ServerSocket | StockWebSocket;

/** The port of a client's socket, whichever of the two it is. @throws ServerError with a sentence where it is neither. */
export function socketOf({ ref }: Pick<Client, "ref">): ServerSocket {
  const socket = ref as unknown as Ref;
  if ("line" in socket) return socket;
  if (typeof socket.send === "function" && typeof socket.bufferedAmount === "number") return stockSocket(socket);
  throw new ServerError(
    NOT_IMPLEMENTED,
    "these rooms need connections of the ws package, as @colyseus/ws-transport has",
  );
}
