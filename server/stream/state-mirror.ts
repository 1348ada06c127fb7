/**
 * The mirror of the plain world in its live @colyseus/schema instance: writes only what differs, for the stream plane.
 */
import type { ArraySchema, MapSchema, Schema } from "@colyseus/schema";
import { type Codec, codecOf } from "../../shared/engine/codec/codec.ts";
import type { Game } from "../../shared/engine/game/game.ts";
import type { FieldType, RecordLayout } from "../../shared/engine/layout/layout.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";

type Data = Record<string, unknown>;
type World = ReadonlyMap<number, unknown>;

/** Schemas take 0 and -0 for the same, and would not write one over the other. */
const isOtherZero = (held: unknown, value: unknown): boolean => held === value && !Object.is(held, value);
const SOME_NUMBER = 1;

function mirrorRecord(layout: RecordLayout, from: Data, into: Data): void {
  for (const { name, type } of layout.fields) {
    const value = from[name];
    switch (type.kind) {
      case "record":
        into[name] ??= new type.record.schema();
        mirrorRecord(type.record, value as Data, into[name] as Data);
        break;
      case "array":
        // A decoder's array does not write one zero over the other either: it is given another array.
        if (type.of.kind === "float64" && hasOtherZero(value as number[], into[name] as number[]))
          into[name] = [...(value as number[])];
        else mirrorArray(type.of, value as unknown[], into[name] as ArraySchema<unknown>);
        break;
      case "map":
        mirrorMap(type.of, value as World, into[name] as MapSchema<unknown>);
        break;
      default: {
        const held = into[name];
        if (Object.is(held, value)) break;
        if (isOtherZero(held, value)) into[name] = SOME_NUMBER;
        into[name] = value;
      }
    }
  }
}

function createRecord(layout: RecordLayout, from: unknown): Schema {
  const made = new layout.schema() as Schema;
  mirrorRecord(layout, from as Data, made as unknown as Data);
  return made;
}

const createItem = (type: FieldType, from: unknown): unknown =>
  type.kind === "record" ? createRecord(type.record, from) : from;

function mirrorArray(type: FieldType, from: readonly unknown[], into: ArraySchema<unknown>): void {
  while (into.length > from.length) into.pop();
  for (let i = 0; i < from.length; i++) {
    if (i >= into.length) into.push(createItem(type, from[i]));
    else if (type.kind === "record") mirrorRecord(type.record, from[i] as Data, into[i] as Data);
    else if (into[i] !== from[i]) into[i] = from[i];
  }
}

function hasOtherZero(from: readonly number[], into: readonly number[]): boolean {
  for (let i = 0; i < from.length; i++) if (from[i] === 0 && isOtherZero(into[i], from[i])) return true;
  return false;
}

/**
 * Keeps the order, too: a map here has its keys in the order of the world's, so that the numbers that stand for them on
 * the wire ascend in it, and decoders have them in it.
 */
function mirrorMap(type: FieldType, from: World, into: MapSchema<unknown>): void {
  if (!mirrorSameKeys(type, from, into)) mirrorOtherKeys(type, from, into);
}

/** As it is in almost every tick. False as soon as a key is another one. */
function mirrorSameKeys(type: FieldType, from: World, into: MapSchema<unknown>): boolean {
  if (from.size !== into.size) return false;
  const entries = into.entries();
  for (const [key, value] of from) {
    const [name, held] = entries.next().value as [string, unknown];
    if (name !== String(key)) return false;
    if (type.kind === "record") mirrorRecord(type.record, value as Data, held as Data);
    else if (!Object.is(held, value)) setItem(into, name, held, value);
  }
  return true;
}

function mirrorOtherKeys(type: FieldType, from: World, into: MapSchema<unknown>): void {
  for (const name of [...into.keys()]) if (!from.has(Number(name))) into.delete(name);
  // A key that was set again stands elsewhere, and a schema's map only appends.
  if (!beginsWith(from, into)) into.clear();
  for (const [key, value] of from) {
    const name = String(key);
    const held = into.get(name);
    if (held === undefined) into.set(name, createItem(type, value));
    else if (type.kind === "record") mirrorRecord(type.record, value as Data, held as Data);
    else if (!Object.is(held, value)) setItem(into, name, held, value);
  }
}

/** Whether the first keys of the world's map are those of the schema's. */
function beginsWith(from: World, into: MapSchema<unknown>): boolean {
  const keys = from.keys();
  for (const name of into.keys()) if (String(keys.next().value) !== name) return false;
  return true;
}

function setItem(into: MapSchema<unknown>, name: string, held: unknown, value: unknown): void {
  if (isOtherZero(held, value)) into.set(name, SOME_NUMBER);
  into.set(name, value);
}

export class StateMirror<I, S> {
  readonly #codec: Codec<Plain<S>>;

  constructor(game: Game<I, S>) {
    this.#codec = codecOf(game.state, game.name);
  }

  /** A schema instance that holds what the world holds; one with nothing in it when it is left out. */
  create(state: Plain<S> = this.#codec.create()): Schema {
    return createRecord(this.#codec.layout, state);
  }

  /** Makes the schema instance equal to the world; only what differs becomes part of the next patch. */
  update(state: Plain<S>, world: Schema): void {
    mirrorRecord(this.#codec.layout, state as Data, world as unknown as Data);
  }
}
