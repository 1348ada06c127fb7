/** Writes the plain world into its live @colyseus/schema instance, touching only what differs: the stream plane. */
import type { ArraySchema, MapSchema, Schema } from "@colyseus/schema";
import { type Codec, codecOf } from "../../shared/engine/codec/codec.ts";
import type { FieldType, RecordLayout } from "../../shared/engine/codec/layout.ts";
import type { Plain } from "../../shared/engine/codec/plain.ts";
import type { Game } from "../../shared/engine/game/game.ts";

type Data = Record<string, unknown>;

function mirrorRecord(layout: RecordLayout, from: Data, into: Data): void {
  for (const { name, type } of layout.fields) {
    const value = from[name];
    switch (type.kind) {
      case "record":
        into[name] ??= new type.record.schema();
        mirrorRecord(type.record, value as Data, into[name] as Data);
        break;
      case "array":
        mirrorArray(type.of, value as unknown[], into[name] as ArraySchema<unknown>);
        break;
      case "map":
        mirrorMap(type.of, value as Map<number, unknown>, into[name] as MapSchema<unknown>);
        break;
      default:
        if (into[name] !== value) into[name] = value;
    }
  }
}

function createRecord(layout: RecordLayout, from: unknown): Schema {
  const made = new layout.schema() as Schema;
  mirrorRecord(layout, from as Data, made as unknown as Data);
  return made;
}

function mirrorArray(type: FieldType, from: readonly unknown[], into: ArraySchema<unknown>): void {
  while (into.length > from.length) into.pop();
  for (let i = 0; i < from.length; i++) {
    if (type.kind !== "record") {
      if (i >= into.length) into.push(from[i]);
      else if (into[i] !== from[i]) into[i] = from[i];
    } else if (i >= into.length) into.push(createRecord(type.record, from[i]));
    else mirrorRecord(type.record, from[i] as Data, into[i] as Data);
  }
}

function mirrorMap(type: FieldType, from: ReadonlyMap<number, unknown>, into: MapSchema<unknown>): void {
  if (into.size > 0) for (const key of [...into.keys()]) if (!from.has(Number(key))) into.delete(key);
  for (const [key, value] of from) {
    const name = String(key);
    const held = into.get(name);
    if (type.kind !== "record") {
      if (held !== value) into.set(name, value);
    } else if (held === undefined) into.set(name, createRecord(type.record, value));
    else mirrorRecord(type.record, value as Data, held as Data);
  }
}

export class StateMirror<I, S> {
  readonly #codec: Codec<Plain<S>>;

  constructor(game: Game<I, S>) {
    this.#codec = codecOf(game.state, game.name);
  }

  /** A schema instance that holds what the world holds. */
  create(state: Plain<S>): Schema {
    return createRecord(this.#codec.layout, state);
  }

  /** Makes the schema instance equal to the world; only what differs becomes part of the next patch. */
  update(state: Plain<S>, world: Schema): void {
    mirrorRecord(this.#codec.layout, state as Data, world as unknown as Data);
  }
}
