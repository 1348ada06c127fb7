/** The plain-data shape of a declared schema: what the rules, the codec and the views work on. */
import type { ArraySchema, MapSchema, Schema } from "@colyseus/schema";

/** A schema class as `schema({...}, "Name")` returns it. */
// biome-ignore lint/suspicious/noExplicitAny: schema() overloads its constructor; the arguments are never used here
export type SchemaClass<T> = new (...args: any[]) => T;

type Primitive = number | string | boolean;

/** Members that a declaration adds as data: methods and what `Schema` brings itself are left out. */
type DataKey<T, K extends keyof T> = K extends keyof Schema
  ? never
  : T[K] extends (...args: never[]) => unknown
    ? never
    : K;

/**
 * Plain data of a schema, given as the class (`Plain<typeof State>`) or its instance type: `t.map(X)` is a
 * `Map<number, X>`, `t.array(X)` an `X[]`, a nested schema a plain object, a primitive itself.
 */
export type Plain<T> = T extends SchemaClass<infer I> ? PlainOf<I> : PlainOf<T>;

type PlainOf<T> = T extends Primitive
  ? T
  : T extends MapSchema<infer V, infer _K>
    ? Map<number, PlainOf<V>>
    : T extends ArraySchema<infer V>
      ? PlainOf<V>[]
      : { -readonly [K in keyof T as DataKey<T, K>]: PlainOf<T[K]> };

/** The same data, deeply read-only: what bots, views and other readers receive (R11). */
export type Frozen<T> = T extends Primitive
  ? T
  : T extends Map<infer K, infer V>
    ? ReadonlyMap<K, Frozen<V>>
    : T extends readonly (infer V)[]
      ? readonly Frozen<V>[]
      : { readonly [K in keyof T]: Frozen<T[K]> };
