/** How a request is turned away: a status, and a sentence for whoever made it. */
import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

export interface Refusal {
  readonly status: number;
  readonly sentence: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const refusal = (status: number, sentence: string, headers: Readonly<Record<string, string>> = {}): Refusal => ({
  status,
  sentence,
  headers,
});

/** What Colyseus's SDK reads in an answer that is none. */
const bodyOf = ({ status, sentence }: Refusal): string => JSON.stringify({ code: status, error: sentence });

/** Answers, and closes the connection after it: whatever else is on it is not read. */
export function refuse(response: ServerResponse, refused: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = bodyOf(refused);
  response.writeHead(refused.status, {
    ...refused.headers,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    connection: "close",
  });
  response.end(body);
}

/**
 * The same for a socket that no response belongs to: an upgrade, or a CONNECT. Node has let go of it, so its errors are
 * ours.
 *
 * @param isBusy answers to requests before it are still to be written, or have ended it: there is no place for one more.
 */
export function refuseSocket(socket: Duplex, refused: Refusal, isBusy: boolean): void {
  socket.on("error", () => socket.destroy());
  if (isBusy || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = bodyOf(refused);
  const head = [
    `HTTP/1.1 ${refused.status} ${STATUS_CODES[refused.status]}`,
    ...Object.entries(refused.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.once("finish", () => socket.destroy());
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
