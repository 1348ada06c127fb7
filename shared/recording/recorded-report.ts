/** The report of a desync in its recording: what was found out about it, and the client's world, which no frame leads to. */
import { ByteReader, ByteWriter } from "../engine/bytes/bytes.ts";
import { type Difference, shownValue } from "../engine/codec/diff.ts";
import type { DesyncFacts } from "../referee/desync/desync-report.ts";

export interface RecordedReport extends DesyncFacts {
  /** At the tick of the report, as the client had it. */
  readonly clientWorld: Uint8Array;
}

/** JSON has no -0, NaN or infinity: they are kept as text. */
const kept = (value: unknown): unknown =>
  typeof value === "number" && (Object.is(value, -0) || !Number.isFinite(value)) ? shownValue(value) : value;

export function writeReport({ clientWorld, ...facts }: RecordedReport): Uint8Array {
  const out = new ByteWriter();
  const differences = facts.differences.map(({ path, a, b }) => ({ path, a: kept(a), b: kept(b) }));
  out.string(JSON.stringify({ ...facts, differences }));
  out.uvarint(clientWorld.length);
  out.raw(clientWorld);
  return out.view();
}

type Json = Partial<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json => typeof value === "object" && value !== null;
const isText = (value: unknown): value is string => typeof value === "string";
const isTextOrNone = (value: unknown): boolean => value === undefined || isText(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isDifference = (value: unknown): value is Difference => isRecord(value) && isText(value.path);

function isFacts(value: unknown): value is DesyncFacts {
  if (!isRecord(value)) return false;
  const { game, protocol, tick, culprit, verdict, client, engines, logic, hashes, differences } = value;
  return (
    [game, culprit, verdict].every(isText) &&
    [protocol, tick].every(isCount) &&
    isRecord(client) &&
    isText(client.id) &&
    (client.seat === undefined || isCount(client.seat)) &&
    isRecord(engines) &&
    [engines.server, engines.client].every(isText) &&
    isRecord(logic) &&
    [logic.server, logic.client].every(isTextOrNone) &&
    isRecord(hashes) &&
    [hashes.server, hashes.serverAgain, hashes.client].every(isText) &&
    isTextOrNone(hashes.clientAgain) &&
    Array.isArray(differences) &&
    differences.every(isDifference)
  );
}

/** Undefined when the bytes are no such report: hostile until then (R13). */
export function readReport(bytes: Uint8Array): RecordedReport | undefined {
  const input = new ByteReader(bytes);
  const text = input.string();
  const clientWorld = input.raw(input.uvarint());
  if (input.failed || input.remaining > 0) return undefined;
  try {
    const facts: unknown = JSON.parse(text);
    return isFacts(facts) ? { ...facts, clientWorld } : undefined;
  } catch {
    return undefined;
  }
}
