/**
 * The structuredClone side of the rollback section, in a process of its own: V8 keeps one memory of each function, and
 * what structuredClone makes has another hidden class than our worlds; in one process it would slow the code that both
 * share, ours by half.
 */
import { arrayCrowd, mapCrowd } from "./crowd.ts";
import { microsOf } from "./in-turns.ts";
import { workOf } from "./rollback-work.ts";

const CALLS = 3;

/** "hash" asks for the hash in which a rollback ends; the others for microseconds per call. */
export interface CloneRequest {
  readonly form: "array" | "map";
  readonly what: "rollback" | "copies" | "hash";
}

const works = { array: workOf(arrayCrowd, true), map: workOf(mapCrowd, true) };

process.on("message", ({ form, what }: CloneRequest) => {
  const work = works[form];
  process.send?.(what === "hash" ? work.rollback() : microsOf(CALLS, () => void work[what]())());
});
