/** Fields of a saved match, by path, and the same match without one of them. */
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { writeInput } from "../../../shared/referee/inputs/saved-inbox.ts";
import type { SavedMatch } from "../../../shared/referee/saved-match.ts";
import { game } from "./happenings.ts";

type Leaf = Uint8Array | number | string | boolean | readonly number[];
/** ".seats[].holder.name": every way to a number, a text or bytes. */
type PathsOf<T> = T extends Leaf
  ? ""
  : T extends readonly (infer Item)[]
    ? `[]${PathsOf<Item>}`
    : { [Key in keyof T & string]-?: `.${Key}${PathsOf<NonNullable<T[Key]>>}` }[keyof T & string];

export type SavedField = PathsOf<SavedMatch>;

/** What stands in its place when it was not kept: "left out" where the type allows it. */
const LOST = {
  ".options.bots": 0,
  ".options.away": "left out",
  ".options.pause": "left out",
  ".options.strictSeconds": "left out",
  ".history.snapshot": Uint8Array.of(),
  ".history.frames": Uint8Array.of(),
  ".history.keyframes": [],
  ".seats[].seat": 0,
  ".seats[].holder.id": "",
  ".seats[].holder.kind": "",
  ".seats[].holder.name": "",
  ".seats[].isAway": false,
  ".seats[].sinceTurn": 0,
  ".seats[].inFrame": "left out",
  ".bots.created": 0,
  ".bots.randoms": new Uint8Array(16 * game.seats.max),
  ".inputs[].seat": 0,
  ".inputs[].current": neutral(),
  ".inputs[].holdsUntil": 0,
  ".inputs[].waiting[].tick": 0,
  ".inputs[].waiting[].wantedTick": 0,
  ".inputs[].waiting[].input": neutral(),
  ".commands[].seat": 0,
  ".commands[].next": 1,
  ".commands[].waiting[].number": 0,
  ".commands[].waiting[].tick": 0,
  ".commands[].waiting[].bytes": Uint8Array.of(),
  ".commands[].waiting[].name": "left out",
  ".commands[].outcomes[].number": 0,
  ".commands[].outcomes[].outcome": Uint8Array.of(),
  ".pause.wishes": [],
  ".pause.lastedMs": "left out",
  ".isPaused": false,
  ".wait.expected": [],
  ".wait.missing": [],
  ".wait.waitedMs": "left out",
  ".isHalted": false,
  ".grudges[].id": "",
  ".grudges[].amount": 0,
  ".grudges[].countedTick": 0,
  ".grudges[].bannedUntilTick": 0,
} as const satisfies Record<SavedField, unknown>;

export const SAVED_FIELDS = Object.keys(LOST) as readonly SavedField[];

function neutral(): Uint8Array {
  const codec = inputCodecOf(game.input);
  return writeInput(codec, codec.create());
}

/** A copy in which nothing is kept of one field. */
export const without = (saved: SavedMatch, field: SavedField): SavedMatch => copy(saved, "", field) as SavedMatch;

function copy(value: unknown, path: string, field: SavedField): unknown {
  if (path === field) return LOST[field];
  if (!field.startsWith(path) || typeof value !== "object" || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item) => copy(item, `${path}[]`, field));
  const entries = Object.entries(value as object).map(([key, item]) => [key, copy(item, `${path}.${key}`, field)]);
  return Object.fromEntries(entries.filter(([, item]) => item !== "left out"));
}

/** As JSON, bytes as lists: two saved matches are equal when this is. */
export const toJson = (saved: SavedMatch): string =>
  JSON.stringify(saved, (_key, value) => (value instanceof Uint8Array ? { bytes: Array.from(value) } : value));

/** Reverse of `toJson`. */
export const fromJson = (text: string): SavedMatch =>
  JSON.parse(text, (_key, value) => (Array.isArray(value?.bytes) ? Uint8Array.from(value.bytes) : value));
