/** The transport below Colyseus: its WebSocket server, and whether rooms can do with it. */
import type { IncomingMessage } from "node:http";
import { getTransport } from "@colyseus/core/Transport";
import type { WebSocketTransport } from "@colyseus/ws-transport";
import type { WebSocket, WebSocketServer } from "ws";
import { readHandshake } from "./room-address.ts";

/** Port: tells of every connection (`connection`), and of its own end (`close`). Colyseus keeps it for its own classes. */
export function socketServerOf(transport: WebSocketTransport): WebSocketServer {
  return (transport as unknown as { readonly wss: WebSocketServer }).wss;
}

/** Port: closes at once whoever connects to a room of which there is only something to say. */
export function turnAway(
  sockets: WebSocketServer,
  why: (room: string) => { readonly code: number; readonly reason: string } | undefined,
): void {
  const pass = sockets.emit.bind(sockets) as (event: string, ...values: unknown[]) => boolean;
  sockets.emit = (event: string, ...values: unknown[]): boolean => {
    const [socket, request] = values as [WebSocket, IncomingMessage];
    const end = event === "connection" ? why(readHandshake(request.url ?? "").room ?? "") : undefined;
    if (end === undefined) return pass(event, ...values);
    socket.close(end.code, end.reason);
    return true;
  };
}

/** The transport that the process listens with. */
export type Transport =
  /** Its connections are of `ws`. */
  | { readonly kind: "websocket"; readonly sockets: WebSocketServer; readonly mostMessageBytes: number }
  /** Something else: its class's name. */
  | { readonly kind: "other"; readonly name: string }
  /** Nobody listens, or not yet. */
  | { readonly kind: "none" };

/** Port: Colyseus keeps one transport for the process, from when it begins to listen. */
export function transportOf(transport: unknown = getTransport()): Transport {
  if (typeof transport !== "object" || transport === null) return { kind: "none" };
  const { wss } = transport as { readonly wss?: WebSocketServer };
  const mostMessageBytes = wss?.options?.maxPayload;
  if (wss === undefined || mostMessageBytes === undefined) return { kind: "other", name: transport.constructor.name };
  return { kind: "websocket", sockets: wss, mostMessageBytes };
}
