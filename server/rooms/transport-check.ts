/** TransportCheck: whether a room can be had on the transport that the process listens with, said once and before anybody plays. */
import { ServerError } from "@colyseus/core";
import type { Advice } from "../base/advice.ts";
import { type Transport, transportOf } from "../colyseus/transport.ts";
import type { Connections } from "../socket/connections.ts";

/** Matchmaking answers over HTTP. */
const NOT_IMPLEMENTED = 501;
/** The longest message that a client of ours may have to send. */
const LONGEST_MESSAGE_BYTES = 4096;

const STOCK =
  "rooms go the long way on a WebSocketTransport that is not this server's own: round trips and bytes of connections are unknown, and who never acknowledges a join stays as long as its connection";
const SHORT = "the transport closes whoever sends a long line of chat, or its world after a desync";

/** @throws ServerError with a sentence where rooms cannot be had at all. */
export function checkTransport(
  connections: Pick<Connections, "isWatching">,
  advice: Pick<Advice, "give">,
  transport: Transport = transportOf(),
): void {
  if (transport.kind === "none") return;
  if (transport.kind === "other")
    throw new ServerError(
      NOT_IMPLEMENTED,
      `these rooms need the WebSocketTransport of @colyseus/ws-transport, and ${transport.name} is another one`,
    );
  const { sockets, mostMessageBytes } = transport;
  if (connections.isWatching(sockets)) return;
  advice.give(STOCK, "", {}, "createApp in server/app/app.ts makes one that has all of it");
  if (mostMessageBytes < LONGEST_MESSAGE_BYTES)
    advice.give(SHORT, "", { maxPayload: mostMessageBytes }, `set its maxPayload to ${LONGEST_MESSAGE_BYTES} or more`);
}
