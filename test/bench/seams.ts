/** The times of a tick's parts, by clocks on the seams between the real parts: nothing is written twice. */

import type { Game } from "../../shared/engine/game/game.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";
import type { Simulation } from "../../shared/engine/sim/simulation.ts";

export type Part = "rules" | "bots" | "settle" | "encode" | "hash" | "step" | "script";

/** Milliseconds by part, added up until `reset()`. */
export class Seams {
  readonly #spent = new Map<Part, number>();

  reset(): void {
    this.#spent.clear();
  }

  add(part: Part, milliseconds: number): void {
    this.#spent.set(part, this.of(part) + milliseconds);
  }

  of(part: Part): number {
    return this.#spent.get(part) ?? 0;
  }

  /** The same function, with a clock on it. */
  timed<Args extends unknown[], Result>(part: Part, work: (...args: Args) => Result): (...args: Args) => Result {
    return (...args) => {
      const start = performance.now();
      try {
        return work(...args);
      } finally {
        this.add(part, performance.now() - start);
      }
    };
  }
}

/** The same game with clocks on its rules and its bot. */
export function gameWithClocks<I, S>(game: Game<I, S>, seams: Seams): Game<I, S> {
  const { bot } = game;
  return {
    ...game,
    step: seams.timed("rules", game.step),
    ...(bot === undefined ? {} : { bot: seams.timed("bots", bot) as Exclude<typeof bot, undefined> }),
  };
}

/** Puts clocks on what a world does besides its rules. */
export function putClocksOn<I, S>(world: Simulation<I, S>, seams: Seams): void {
  const { codec } = world;
  const clocked = world as { -readonly [K in "codec" | "step" | "hash"]: Simulation<I, S>[K] };
  clocked.codec = {
    ...codec,
    settle: seams.timed("settle", (state: Plain<S>) => codec.settle(state)),
    encode: seams.timed("encode", codec.encode),
  };
  clocked.step = seams.timed("step", world.step.bind(world));
  clocked.hash = seams.timed("hash", world.hash.bind(world));
}
