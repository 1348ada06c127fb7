/** The traps: globals that rules must not call, wrapped for as long as any watch is on (R5). */

import { type Compare, judged, NO_COMPARATOR } from "./comparator-judge.ts";
import { adviceOnMath, EXACT_MATH, GLOBALS, LOCALE_METHODS, RADIX_ADVICE } from "./forbidden.ts";
import { areRulesRunning, tell } from "./listener.ts";
import { type AnyFunction, wrapClass, wrapFunction } from "./wrappers.ts";

/** One property that was replaced. */
interface Trap {
  readonly owner: object;
  readonly key: string;
  readonly original: PropertyDescriptor;
  readonly wrapper: unknown;
}

const TIMERS = ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "requestAnimationFrame", "fetch"];
const CLASSES = ["WeakRef", "FinalizationRegistry", "WeakMap", "WeakSet"];
const WITH_LOCALE = [String, Number, Date, Array, BigInt].map((one) => one.prototype as object);

let installed: Trap[] = [];
let holders = 0;

/**
 * Sets the traps, once however often it is called. They let everything through but calls made by rules that run in
 * `watchGame`. A function that a game takes hold of when it is loaded is trapped only if the traps were set before.
 *
 * @returns takes them away again when the last holder has called it; what other code has replaced since stays.
 */
export function installTraps(): () => void {
  if (holders++ === 0)
    installed = [...mathTraps(), ...clockTraps(), ...globalTraps(), ...localeTraps(), ...textTraps()];
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    if (--holders === 0) for (const trap of installed.splice(0)) remove(trap);
  };
}

function remove({ owner, key, original, wrapper }: Trap): void {
  if ((owner as Record<string, unknown>)[key] === wrapper) Object.defineProperty(owner, key, original);
}

/** Replaces a function, wherever in the chain of prototypes it stands; nothing when there is none. */
function replace(start: object, key: string, wrap: (original: AnyFunction) => unknown): Trap[] {
  for (let owner: object | null = start; owner !== null; owner = Object.getPrototypeOf(owner)) {
    const original = Object.getOwnPropertyDescriptor(owner, key);
    if (original === undefined) continue;
    if (typeof original.value !== "function") return [];
    const wrapper = wrap(original.value);
    Object.defineProperty(owner, key, { ...original, value: wrapper });
    return [{ owner, key, original, wrapper }];
  }
  return [];
}

const trapFunction = (owner: object, key: string, what: string): Trap[] =>
  replace(owner, key, (original) => wrapFunction(original, () => what));

const trapClass = (owner: object, key: string, what: string): Trap[] =>
  replace(owner, key, (original) => wrapClass(original, what));

const adviceOn = (name: string): string => GLOBALS.get(name)!;

function mathTraps(): Trap[] {
  const names = Object.getOwnPropertyNames(Math).filter((name) => !EXACT_MATH.includes(name));
  return names.flatMap((name) => trapFunction(Math, name, `Math.${name} ${adviceOnMath(name)}`));
}

function clockTraps(): Trap[] {
  return [
    ...trapFunction(Date, "now", `Date.now ${adviceOn("Date")}`),
    ...trapClass(globalThis, "Date", `Date ${adviceOn("Date")}`),
    // `new Date().constructor === Date` is asked by libraries
    ...replace(Date.prototype, "constructor", () => Date),
    ...trapFunction(performance, "now", `performance.now ${adviceOn("performance")}`),
  ];
}

function globalTraps(): Trap[] {
  return [
    ...TIMERS.flatMap((name) => trapFunction(globalThis, name, `${name} ${adviceOn(name)}`)),
    ...CLASSES.flatMap((name) => trapClass(globalThis, name, `${name} ${adviceOn(name)}`)),
    ...["getRandomValues", "randomUUID"].flatMap((name) =>
      trapFunction(globalThis.crypto, name, `crypto.${name} ${adviceOn("crypto")}`),
    ),
    ...Object.getOwnPropertyNames(Intl).flatMap((name) => trapClass(Intl, name, `Intl.${name} ${adviceOn("Intl")}`)),
  ];
}

function localeTraps(): Trap[] {
  return WITH_LOCALE.flatMap((prototype) =>
    [...LOCALE_METHODS]
      .filter(([name]) => Object.hasOwn(prototype, name))
      .flatMap(([name, advice]) => trapFunction(prototype, name, `${name} ${advice}`)),
  );
}

function textTraps(): Trap[] {
  const judgeRadix = (self: unknown, [radix]: readonly unknown[]): string | undefined =>
    radix === undefined || radix === 10 || Number.isInteger(self) ? undefined : `toString(${radix}) ${RADIX_ADVICE}`;
  return [
    ...replace(Number.prototype, "toString", (original) => wrapFunction(original, judgeRadix)),
    ...["sort", "toSorted"].flatMap((name) => replace(Array.prototype, name, wrapSort)),
  ];
}

/** Text may be sorted without a comparator; everything else needs one, and it is watched. */
function wrapSort(original: AnyFunction): AnyFunction {
  const sort = wrapFunction(original, (self, [compare]) =>
    compare === undefined && (self as unknown[]).some((one) => typeof one !== "string") ? NO_COMPARATOR : undefined,
  ) as (this: unknown, compare?: Compare) => unknown;
  return function (this: unknown, compare?: Compare): unknown {
    return sort.call(this, typeof compare === "function" && areRulesRunning() ? judged(compare, tell) : compare);
  };
}
