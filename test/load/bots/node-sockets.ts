/** Sockets of the `ws` package for the SDK on every Node: they can be killed without a word, and their bytes counted. */
import type { Socket } from "node:net";
import type { Room } from "@colyseus/sdk";
import { WebSocket } from "ws";

/** The SDK takes the global one when it is loaded, and Node has its own from 22 on: import this file before the SDK. */
(globalThis as { WebSocket?: unknown }).WebSocket = WebSocket;

/** The socket of `ws`, and the TCP socket below it, which `ws` has no public name for. */
type OpenSocket = WebSocket & { readonly _socket?: Socket | null };

const socketOf = (room: Room): OpenSocket => (room.connection.transport as unknown as { readonly ws: OpenSocket }).ws;

/**
 * The connection ends as when a page's process dies: the system closes it at once, without a close frame. A cable that is
 * pulled out is another thing: nobody is told, and both sides find out by silence.
 */
export function killConnection(room: Room): void {
  socketOf(room).terminate();
}

/** Bytes of the present connection so far, WebSocket headers and handshake included, TCP and IP not. */
export function bytesOf(room: Room): { readonly down: number; readonly up: number } {
  const tcp = socketOf(room)._socket;
  return { down: tcp?.bytesRead ?? 0, up: tcp?.bytesWritten ?? 0 };
}
