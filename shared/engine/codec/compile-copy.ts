/** The compiler of a type's deep copy: into a value that exists already, or into a new one. */

import type { FieldType } from "../layout/layout.ts";
import { member, Source } from "./compile.ts";
import { oncePerType } from "./per-class.ts";
import { makeRecord } from "./record-maker.ts";

export interface CompiledCopy {
  /** Makes `into` equal to `from`, keeping the objects `into` is made of where it can. */
  copy(from: unknown, into: unknown): void;
  clone(from: unknown): unknown;
}

/** The copy functions of a record, array or map type. */
export const compileCopy: (type: FieldType) => CompiledCopy = oncePerType(build);

function build(type: FieldType): CompiledCopy {
  switch (type.kind) {
    case "record":
      return buildRecord(type);
    case "array":
      return buildArray(type.of);
    case "map":
      return buildMap(type.of);
    default:
      throw new Error(`${type.kind} values are copied by assignment`);
  }
}

const isLeaf = (type: FieldType): boolean => type.kind !== "record" && type.kind !== "array" && type.kind !== "map";

function buildRecord(type: FieldType & { readonly kind: "record" }): CompiledCopy {
  const source = new Source();
  const copies: string[] = [];
  const clones: string[] = [];
  for (const { name, type: of } of type.record.fields) {
    const from = member("from", name);
    const into = member("into", name);
    if (isLeaf(of)) {
      copies.push(`${into} = ${from};`);
      clones.push(from);
    } else {
      const nested = compileCopy(of);
      copies.push(`${source.link(nested.copy)}(${from}, ${into});`);
      clones.push(`${source.link(nested.clone)}(${from})`);
    }
  }
  return source.compile(`{
    copy(from, into) { ${copies.join(" ")} },
    clone(from) { return ${makeRecord(type, clones, source)}; },
  }`);
}

function buildArray(of: FieldType): CompiledCopy {
  const source = new Source();
  if (isLeaf(of))
    return source.compile(`{
      copy(from, into) {
        const count = from.length;
        if (into.length > count) into.length = count;
        for (let i = 0; i < count; i++) into[i] = from[i];
      },
      clone(from) { return from.slice(); },
    }`);
  const nested = compileCopy(of);
  const copy = source.link(nested.copy);
  const clone = source.link(nested.clone);
  return source.compile(`{
    copy(from, into) {
      const count = from.length;
      if (into.length > count) into.length = count;
      const kept = into.length;
      for (let i = 0; i < kept; i++) ${copy}(from[i], into[i]);
      for (let i = kept; i < count; i++) into.push(${clone}(from[i]));
    },
    clone(from) {
      const into = [];
      for (let i = 0; i < from.length; i++) into.push(${clone}(from[i]));
      return into;
    },
  }`);
}

/**
 * The order of a map is state, and setting a key that is there does not move it. So the keys of both are walked side by
 * side: entries met at the same key are copied in place, keys of `into` that are passed over are taken out, and what
 * `from` has after them is put at the end. In the steady state that is one look-up an entry; births and deaths cost
 * only themselves.
 *
 * The variables outside the functions live through one call: a type does not contain itself, so that no call of a map's
 * `copy` runs inside another call of the same `copy`.
 */
function buildMap(of: FieldType): CompiledCopy {
  const source = new Source();
  let keep = "this.set(key, value);";
  let add = keep;
  let pair = "into.set(key, value);";
  let clone = "return new Map(from);";
  if (!isLeaf(of)) {
    const nested = compileCopy(of);
    const copyItem = source.link(nested.copy);
    const cloneItem = source.link(nested.clone);
    keep = `${copyItem}(value, this.get(key));`;
    pair = `${copyItem}(value, held);`;
    add = `const spare = spares.pop();
      if (spare === undefined) this.set(key, ${cloneItem}(value));
      else { ${copyItem}(value, spare); this.set(key, spare); }`;
    clone = `const into = new Map();
      from.forEach(function add(value, key) { this.set(key, ${cloneItem}(value)); }, into);
      return into;`;
  }
  return source.compile(`(() => {
    const keys = [];
    const spares = [];
    let count = 0;
    let next = 0;
    const readKey = (_, key) => { keys[count++] = key; };
    const takeOut = (into) => {
      const key = keys[next++];
      spares.push(into.get(key));
      into.delete(key);
    };
    // measured: iterators over keys and over values allocate nothing, one over entries 64 bytes an entry
    function copyInPlace(from, into) {
      const keysFrom = from.keys();
      const keysInto = into.keys();
      const valuesFrom = from.values();
      const valuesInto = into.values();
      for (;;) {
        const step = keysFrom.next();
        if (step.done) return true;
        const key = step.value;
        if (keysInto.next().value !== key) return false;
        const value = valuesFrom.next().value;
        const held = valuesInto.next().value;
        ${pair}
      }
    }
    function visit(value, key) {
      while (next < count) {
        if (keys[next] === key) { next++; ${keep} return; }
        takeOut(this);
      }
      ${add}
    }
    return {
      copy(from, into) {
        if (from.size === into.size && copyInPlace(from, into)) return;
        count = 0;
        next = 0;
        into.forEach(readKey);
        from.forEach(visit, into);
        while (next < count) takeOut(into);
        spares.length = 0;
      },
      clone(from) { ${clone} },
    };
  })()`);
}
