/** The sentence about what the sync test found. */
import type { SyncFault } from "../shared/engine/sim/sync-test.ts";

export function faultSentence(game: string, { tick, from, differences }: SyncFault): string {
  return [
    `${game}, tick ${tick}, after ${from}: stepping the same tick again gave another world.`,
    ...differences.map(({ path, a, b }) => `${path}: was ${a}, is ${b} the second time`),
    "Is there state outside the schema (a variable, a constant that changes), a clock, or a kept reference?",
  ].join("\n");
}
