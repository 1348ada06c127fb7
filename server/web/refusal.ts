/** A refusal of a request: a status, and a sentence for the client that made it. */
import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { SettingName } from "../config/settings.ts";

export interface Refusal {
  readonly status: number;
  readonly sentence: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the operator, where a deployment rather than its client may be at fault: what mends it. */
  readonly mend?: string;
}

export const refusal = (status: number, sentence: string, headers: Readonly<Record<string, string>> = {}): Refusal => ({
  status,
  sentence,
  headers,
});

/** The same, where a setting or a proxy may be wrong. @param mend a sentence for the log. */
export const mendable = (refused: Refusal, mend: string): Refusal => ({ ...refused, mend });

/** For clients that are refused for a while only: when to try again is in the sentence, because an SDK shows no headers. */
export const refuseFor = (seconds: number, sentence: string, setting: SettingName): Refusal =>
  mendable(
    refusal(429, `${sentence}; try again in ${seconds} s`, { "retry-after": String(seconds) }),
    `if many players share this address, raise ${setting}; if it is your proxy, name it in TRUST_PROXY`,
  );

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
  socket.once("finish", () => socket.destroy());
  socket.end(answerOf(refused));
}

/** How long a client that is answered before it has asked may take to read it. */
const READING_MS = 1000;

/**
 * The same for a connection on which nothing has been asked yet. What is asked meanwhile is thrown away: a socket that is
 * closed with unread bytes in it takes back what it has said.
 */
export function refuseConnection(socket: Duplex, refused: Refusal, onClose: () => void): void {
  socket.on("error", () => socket.destroy());
  socket.once("close", onClose);
  socket.on("data", () => {});
  setTimeout(() => socket.destroy(), READING_MS).unref();
  socket.end(answerOf(refused));
}

function answerOf(refused: Refusal): string {
  const body = bodyOf(refused);
  const head = [
    `HTTP/1.1 ${refused.status} ${STATUS_CODES[refused.status]}`,
    ...Object.entries(refused.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
