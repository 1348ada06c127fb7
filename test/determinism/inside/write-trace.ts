/** The trace of what rules write into a state: path, value and, where the engine can tell, the line of the game. */
import type { Write } from "./jobs.ts";

type Held = Record<PropertyKey, unknown>;

/** Own code, the engine's, and natives are not what a designer can change. */
const line = (): string | undefined => {
  const frames = (new Error().stack ?? "").split("\n");
  const ours = /write-trace\.ts|trace-tick\.ts|shared\/engine\//;
  for (const frame of frames) {
    const place = /([^\s()]+\.ts:\d+):\d+/.exec(frame)?.[1];
    if (place !== undefined && !ours.test(place)) return place.replace(/^file:\/\//, "");
  }
  return undefined;
};

const show = (value: unknown): string =>
  Object.is(value, -0)
    ? "-0"
    : typeof value === "object"
      ? JSON.stringify(value, (_key, inner) => (inner instanceof Map ? [...inner] : inner))
      : String(value);

export class WriteTrace {
  readonly writes: Write[] = [];
  /** One view for each object, so that rules can compare them; and back. */
  readonly #views = new WeakMap<object, object>();
  readonly #targets = new WeakMap<object, object>();
  readonly #paths = new WeakMap<object, string>();

  /** A view of `value` through which every write is noted. */
  watch<T>(value: T, path = ""): T {
    if (typeof value !== "object" || value === null) return value;
    const target = this.#bare(value) as object;
    this.#paths.set(target, path);
    let view = this.#views.get(target);
    if (view === undefined) {
      view = target instanceof Map ? this.#watchMap(target) : this.#watchFields(target as Held);
      this.#views.set(target, view);
      this.#targets.set(view, target);
    }
    return view as T;
  }

  #watchFields(target: Held): object {
    return new Proxy(target, {
      get: (_, key) => this.watch(target[key], this.#pathTo(target, key)),
      set: (_, key, value) => {
        const bare = this.#bare(value);
        this.#note(this.#pathTo(target, key), show(bare));
        target[key] = bare;
        return true;
      },
      deleteProperty: (_, key) => {
        this.#note(this.#pathTo(target, key), "deleted");
        return delete target[key];
      },
    });
  }

  #watchMap(target: Map<unknown, unknown>): object {
    const inside = (key: unknown): string => `${this.#paths.get(target)}[${String(key)}]`;
    const methods = {
      get: (key: unknown) => this.watch(target.get(key), inside(key)),
      set: (key: unknown, value: unknown) => {
        const bare = this.#bare(value);
        this.#note(inside(key), show(bare));
        target.set(key, bare);
        return view;
      },
      delete: (key: unknown) => {
        this.#note(inside(key), "deleted");
        return target.delete(key);
      },
      clear: () => {
        for (const key of [...target.keys()]) methods.delete(key);
      },
      forEach: (act: (value: unknown, key: unknown, map: unknown) => void) => {
        for (const [key, value] of methods.entries()) act(value, key, view);
      },
      entries: () => this.#entriesOf(target, inside),
      values: () => this.#valuesOf(target, inside),
      [Symbol.iterator]: () => methods.entries(),
    };
    const view: object = new Proxy(target, {
      get: (_, key) => {
        if (key === "size") return target.size;
        return (methods as Held)[key] ?? (Reflect.get(target, key) as () => unknown).bind(target);
      },
    });
    return view;
  }

  *#entriesOf(target: Map<unknown, unknown>, inside: (key: unknown) => string): Generator<[unknown, unknown]> {
    for (const [key, value] of target) yield [key, this.watch(value, inside(key))];
  }

  *#valuesOf(target: Map<unknown, unknown>, inside: (key: unknown) => string): Generator<unknown> {
    for (const [, value] of this.#entriesOf(target, inside)) yield value;
  }

  #pathTo(target: object, key: PropertyKey): string {
    const path = this.#paths.get(target);
    if (Array.isArray(target) && key !== "length") return `${path}[${String(key)}]`;
    return path === "" ? String(key) : `${path}.${String(key)}`;
  }

  #note(path: string, value: string): void {
    const from = line();
    this.writes.push({ path, value, ...(from === undefined ? {} : { line: from }) });
  }

  /** What is written into the state must hold no views: they end with the tick. */
  #bare(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    const target = this.#targets.get(value);
    if (target !== undefined) return target;
    if (this.#views.has(value)) return value;
    if (value instanceof Map) {
      for (const [key, inner] of value) value.set(key, this.#bare(inner));
      return value;
    }
    for (const [key, inner] of Object.entries(value)) {
      const bare = this.#bare(inner);
      if (bare !== inner) (value as Held)[key] = bare;
    }
    return value;
  }
}
