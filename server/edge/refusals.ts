/** The refusals of the front line: a status and a sentence for each reason. */
import { mendable, refusal } from "../web/refusal.ts";

export const BAD_FORWARD = mendable(
  refusal(400, "X-Forwarded-For must be a list of addresses"),
  "let the proxy append the address of its client, or take it out of TRUST_PROXY",
);
export const FOREIGN = mendable(
  refusal(403, "pages of this origin may not join here"),
  "put the origin into ORIGINS; or, if it is this server's own, let the proxy pass the Host as the browser wrote it",
);
export const NO_UPGRADE = mendable(
  refusal(426, "a room is joined by WebSocket, and no Upgrade has arrived", { upgrade: "websocket" }),
  "let the proxy pass the Upgrade and Connection headers over HTTP/1.1: see OPERATIONS.md, Behind a proxy",
);
export const LEAVING = refusal(503, "server/shutdown: the server is going down; try again in a moment", {
  "retry-after": "5",
});
export const BEHIND = refusal(400, "a handshake waits for the answers to the requests before it");
export const BROKEN = refusal(500, "something went wrong here; it is in the server's log");
export const NO_TOKEN = refusal(401, "join/token: this server wants a valid token");
/** As Colyseus says it. */
export const NO_SEAT = refusal(524, "reconnection token invalid or expired.");
