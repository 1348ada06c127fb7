/**
 * Errors that cross processes. Port: what Colyseus tells another process of an error that was thrown later is its words, and the code is
 * lost; it would take both, as JSON.
 */
import type { ServerError } from "@colyseus/core";

/** Where Colyseus sends the answer to what another process has asked. */
const ANSWERS = "ipc:";
const ERROR = 1;
/** The same words have the same code: more than these are not thrown within the moment that an answer takes. */
const MOST_KEPT = 64;

const codes = new Map<string, number>();

/** Keeps the code of an error for as long as its answer may take. */
export function keepCode({ message, code }: ServerError): void {
  codes.delete(message);
  codes.set(message, code);
  if (codes.size > MOST_KEPT) codes.delete(codes.keys().next().value!);
}

/** What is published, with the code where it is such an error. */
export function withCode(topic: string, data: unknown): unknown {
  if (!topic.startsWith(ANSWERS) || !Array.isArray(data) || data[0] !== ERROR) return data;
  const message: unknown = data[1];
  const code = typeof message === "string" ? codes.get(message) : undefined;
  return code === undefined ? data : [ERROR, JSON.stringify({ code, message })];
}
