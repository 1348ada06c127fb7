/** A connection that this side gives up: to the SDK it is one that was lost, at once, and it tries again by itself. */
import { CloseCode, type Room } from "@colyseus/sdk";

export function loseConnection({ connection }: Room): void {
  // What the old socket may still have to say would mix with the new one's.
  const { ws } = connection.transport as unknown as { readonly ws: Pick<WebSocket, "onmessage"> };
  ws.onmessage = null;
  connection.close(CloseCode.MAY_TRY_RECONNECT);
}
