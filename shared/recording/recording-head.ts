/** The head of a recording: which match it is, of which game and build. JSON, because people look into files. */
import { ByteReader, ByteWriter } from "../engine/bytes/bytes.ts";

/** The version of the file; another one is not read. */
export const FORMAT = 1;

export interface RecordingHead {
  readonly format: typeof FORMAT;
  /** The name of the game. */
  readonly game: string;
  /** Ticks per second. */
  readonly tickRate: number;
  /** When it began: Unix milliseconds. */
  readonly began: number;
  /** The logic hash of the game, if it is known: the same rules give the same worlds. */
  readonly logic?: string;
  /** `PROTOCOL_VERSION` of the frames in it. */
  readonly protocol: number;
  /** The platform of the referee. */
  readonly engine: string;
  /** The room it was played in. */
  readonly room?: string;
  /** How the match was played, in the words of whoever made it. */
  readonly options?: unknown;
  /** Of a match that was made up from one. */
  readonly seed?: number;
}

/** Longest text in a head, in UTF-16 units. */
const MOST_TEXT = 1000;

const isText = (value: unknown): value is string => typeof value === "string" && value.length <= MOST_TEXT;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

export function writeHead(head: RecordingHead): Uint8Array {
  const out = new ByteWriter();
  out.string(JSON.stringify(head));
  return out.view();
}

/** What is wrong with it, in words, when it is no head of this version. */
export function readHead(bytes: Uint8Array): RecordingHead | string {
  const input = new ByteReader(bytes);
  const text = input.string();
  if (input.failed || input.remaining > 0) return "its head is malformed";
  let head: Partial<Record<keyof RecordingHead, unknown>>;
  try {
    head = JSON.parse(text);
  } catch {
    return "its head is malformed";
  }
  if (typeof head !== "object" || head === null) return "its head is malformed";
  if (head.format !== FORMAT) return `it has the format ${String(head.format)}, and this program reads ${FORMAT}`;
  const { game, tickRate, began, logic, protocol, engine, room, seed } = head;
  const isWhole =
    isText(game) &&
    isCount(tickRate) &&
    tickRate > 0 &&
    isCount(began) &&
    isCount(protocol) &&
    isText(engine) &&
    (logic === undefined || isText(logic)) &&
    (room === undefined || isText(room)) &&
    (seed === undefined || isCount(seed));
  return isWhole ? (head as unknown as RecordingHead) : "its head is malformed";
}
