/** The handshake that is passed on to another process: its bytes, as they came. */
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { stopReading } from "../socket/unread.ts";

/** The head of a request as it can be read once more, and whatever has come behind it; no more is read here. @param head what Node has read too far. */
export function bytesOf(request: IncomingMessage, socket: Socket, head: Uint8Array): Buffer {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  // Node reads heads as Latin-1.
  const written = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  return Buffer.concat([written, head, stopReading(socket)]);
}

/** Makes a socket nobody's here, so that another process can have it. */
export function release(socket: Socket): void {
  // Node would tell this server of the end of a connection that it has not opened.
  (socket as { server?: unknown }).server = undefined;
}
