/** The WebSocket server below Colyseus's transport, which keeps it for its own classes. */
import type { WebSocketTransport } from "@colyseus/ws-transport";
import type { WebSocketServer } from "ws";

/** Port: tells of every connection (`connection`), and of its own end (`close`). */
export function socketServerOf(transport: WebSocketTransport): WebSocketServer {
  return (transport as unknown as { readonly wss: WebSocketServer }).wss;
}
