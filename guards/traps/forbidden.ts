/** The advice of the lint and of the run-time guard: what rules must not use, why, and what to use instead. */

/** Functions of `Math` that every engine computes to the last bit. Its constants are exact too. */
export const EXACT_MATH: readonly string[] = [
  ...["abs", "ceil", "clz32", "floor", "fround", "imul", "max", "min", "round", "sign", "sqrt", "trunc"],
  ...["E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"],
];

const DOOR = "the engine's index.ts";
const IN_ENGINE = ["acos", "asin", "atan", "atan2", "cos", "exp", "hypot", "log", "pow", "sin", "tan"];
const WRITE: Readonly<Record<string, string>> = {
  cbrt: "pow(x, 1 / 3)",
  cosh: "(exp(x) + exp(-x)) / 2",
  expm1: "exp(x) - 1",
  log10: "log(x) / Math.LN10",
  log1p: "log(1 + x)",
  log2: "log(x) / Math.LN2",
  sinh: "(exp(x) - exp(-x)) / 2",
  tanh: "1 - 2 / (exp(2 * x) + 1)",
};

/** What is wrong with `Math.<name>`, for a name that is not in `EXACT_MATH`. */
export function adviceOnMath(name: string): string {
  if (name === "random")
    return "gives every machine another number; use random of the context, such as random.int(1, 6)";
  const inexact = "is not the same on every machine";
  if (IN_ENGINE.includes(name)) return `${inexact}; import ${name} from ${DOOR}`;
  const write = WRITE[name];
  return write === undefined ? `${inexact}; ${DOOR} has ${IN_ENGINE.join(", ")}` : `${inexact}; write ${write}`;
}

export const POWER_ADVICE = `is not the same on every machine; multiply, or import pow from ${DOOR}`;
export const ASYNC_ADVICE =
  "goes on after the tick, where no rollback reaches it; do it in this tick, or keep in the state when it is due";
export const CATCH_ADVICE =
  "sees what differs between engines: the text of an error, and how deep calls may go; ask with if before it throws";
export const PURE_ADVICE = "promises a builder that a call does nothing, and the built page leaves it out; remove it";
export const RADIX_ADVICE =
  "of a fraction is not the same on every machine; make it whole first, such as Math.trunc(x).toString(36)";

const CLOCK = "is a clock, and every machine has another; use tick of the context (tickRate ticks are a second)";
const CHANCE = "gives every machine another number; use random of the context";
const LANGUAGE = "depends on the language of the machine; compare with < and >";
const COLLECTOR = "depends on when memory is collected; keep what must last in the state";
const MEMORY = "remembers objects, and a rollback or a snapshot replaces them; keep what must last in the state";
const OUTSIDE = "is outside of the world; rules read only their state, input, random and tick";
const HOST = "is there in some of the programs that run the game only; rules read only their arguments";
const HIDDEN = "runs code that no check can see; write a function";

/** Globals by name. */
export const GLOBALS: ReadonlyMap<string, string> = new Map([
  ...of(CLOCK, "Date", "performance", "Temporal"),
  ...of(CHANCE, "crypto"),
  ...of(
    ASYNC_ADVICE,
    "setTimeout",
    "setInterval",
    "setImmediate",
    "queueMicrotask",
    "requestAnimationFrame",
    "Promise",
  ),
  ...of("depends on the language of the machine; use String(x) or x.toFixed(2), and compare with < and >", "Intl"),
  ...of(COLLECTOR, "WeakRef", "FinalizationRegistry"),
  ...of(MEMORY, "WeakMap", "WeakSet"),
  ...of(OUTSIDE, "globalThis", "window", "self", "global", "document", "navigator", "location", "screen"),
  ...of(OUTSIDE, "localStorage", "sessionStorage", "indexedDB", "process", "Buffer", "require", "module"),
  ...of(OUTSIDE, "fetch", "XMLHttpRequest", "WebSocket", "Worker", "SharedArrayBuffer", "Atomics"),
  ...of(HOST, "Deno", "Bun", "gc", "structuredClone", "importScripts", "postMessage", "reportError", "history"),
  ...of(HOST, "TextEncoder", "TextDecoder", "URL", "URLSearchParams", "Blob", "Event", "EventTarget", "MessageChannel"),
  ...of(HOST, "AbortController", "Image", "Audio", "atob", "btoa", "alert", "confirm", "prompt", "WebAssembly"),
  ...of(HIDDEN, "eval", "Function"),
]);

/** Methods of strings, numbers, dates and arrays that ask the machine for its language. */
export const LOCALE_METHODS: ReadonlyMap<string, string> = new Map([
  ...of(LANGUAGE, "localeCompare"),
  ...of("depends on the language of the machine; use toUpperCase", "toLocaleUpperCase"),
  ...of("depends on the language of the machine; use toLowerCase", "toLocaleLowerCase"),
  ...of("depends on the language of the machine; use String(x) or x.toFixed(2)", "toLocaleString"),
  ...of(CLOCK, "toLocaleDateString", "toLocaleTimeString"),
]);

function of(advice: string, ...names: string[]): [string, string][] {
  return names.map((name) => [name, advice]);
}
