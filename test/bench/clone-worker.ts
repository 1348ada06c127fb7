/**
 * The structuredClone side of the rollback section, in a thread of its own: V8 keeps what it learns about a function
 * per thread, and what structuredClone makes has another hidden class than our worlds; in one thread it would slow the
 * code that both share, ours by half.
 */
import { parentPort } from "node:worker_threads";
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

parentPort?.on("message", ({ form, what }: CloneRequest) => {
  const work = works[form];
  parentPort?.postMessage(what === "hash" ? work.rollback() : microsOf(CALLS, () => void work[what]())());
});
