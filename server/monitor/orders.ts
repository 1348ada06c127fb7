/** The orders of a watcher, as they came over the wire: texts of a sensible length, or nothing at all. */
import type { CloseOrder, KickOrder, WatchOrder } from "../../shared/monitor/feed.ts";

const LONGEST_ID = 64;

const idOf = (value: unknown): string | undefined =>
  typeof value === "string" && value.length <= LONGEST_ID ? value : undefined;

const fieldsOf = (said: unknown): Readonly<Record<string, unknown>> =>
  typeof said === "object" && said !== null ? (said as Record<string, unknown>) : {};

export const readWatch = (said: unknown): WatchOrder => ({ room: idOf(fieldsOf(said).room) });

export function readClose(said: unknown): CloseOrder | undefined {
  const room = idOf(fieldsOf(said).room);
  return room === undefined ? undefined : { room };
}

export function readKick(said: unknown): KickOrder | undefined {
  const order = readClose(said);
  const id = idOf(fieldsOf(said).id);
  return order === undefined || id === undefined ? undefined : { ...order, id };
}
