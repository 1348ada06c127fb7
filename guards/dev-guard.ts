/**
 * The guard of one match in a development room: watches its rules, its steps and its time. Findings are reported; the
 * match goes on.
 */

import { ValueError } from "../shared/engine/codec/value-error.ts";
import type { Game } from "../shared/engine/game/game.ts";
import { RulesError } from "../shared/engine/game/rules-error.ts";
import type { Plain } from "../shared/engine/layout/plain.ts";
import type { Frame } from "../shared/engine/sim/frame.ts";
import type { Simulation } from "../shared/engine/sim/simulation.ts";
import { SyncTest } from "../shared/engine/sim/sync-test.ts";
import { findWriter } from "./find-writer.ts";
import { FirstOfEach } from "./first-of-each.ts";
import { findInfinite } from "./infinite.ts";
import { StepClock } from "./step-clock.ts";
import { faultSentence } from "./sync-sentence.ts";
import { sentenceOf, type Violation } from "./traps/violation.ts";
import { type RuleClock, watchGame } from "./traps/watch-game.ts";

export interface DevGuardOptions {
  /** Is told what is wrong, each thing once. */
  readonly warn: (sentence: string) => void;
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
  /** Is told which rule runs. */
  readonly loops?: RuleClock;
}

export class DevGuard<I, S> {
  /** The same game, watched: for the match to play. */
  readonly game: Game<I, S>;
  readonly #told = new FirstOfEach();
  readonly #warn: (sentence: string) => void;
  readonly #clock: StepClock<I, S>;
  #test: SyncTest<I, S> | undefined;
  #isInfiniteTold = false;

  constructor(game: Game<I, S>, { warn, now, loops }: DevGuardOptions) {
    this.#warn = warn;
    const report = (violation: Violation) => this.#tell(violation.place ?? violation.what, sentenceOf(violation));
    const watched = watchGame(game, report, loops);
    this.#clock = new StepClock(watched, warn, now);
    this.game = this.#clock.game;
  }

  /**
   * Steps the match's world, and steps it again from a rollback and from a snapshot to compare.
   *
   * @throws RulesError when the rules throw; for a value that does not fit, with the line that wrote it when it can be found.
   */
  step(world: Simulation<I, S>, frame: Frame<Plain<I>>): void {
    const snapshot = world.snapshot();
    try {
      this.#clock.run(frame.tick, (isRushed) => (isRushed ? world.step(frame) : this.#stepThrice(world, frame)));
    } catch (error) {
      if (!(error instanceof RulesError && error.cause instanceof ValueError)) throw error;
      const { rule, cause, command } = error;
      const writer = findWriter(world.game, snapshot, frame, cause.path);
      // A world past its step only failed the strict look at it.
      if (world.tick === frame.tick)
        throw writer === undefined ? error : new RulesError(world.game.name, rule, told(cause, writer), command);
      this.#tell(cause.path, `${writer === undefined ? "" : `${writer}: `}${cause.message} (tick ${frame.tick})`);
    }
    this.#lookForInfinite(world);
  }

  #lookForInfinite({ codec, state, game, tick }: Simulation<I, S>): void {
    const path = this.#isInfiniteTold ? undefined : findInfinite(codec.layout, state, game.name);
    if (path === undefined) return;
    this.#isInfiniteTold = true;
    this.#warn(`${path} is infinite after tick ${tick - 1}: was something divided by 0?`);
  }

  #stepThrice(world: Simulation<I, S>, frame: Frame<Plain<I>>): void {
    this.#test ??= new SyncTest(world.game, 0, world);
    const fault = this.#test.step(frame);
    if (fault !== undefined)
      this.#tell(fault.differences[0]?.path ?? fault.from, faultSentence(world.game.name, fault));
  }

  #tell(key: string, sentence: string): void {
    if (this.#told.isNew(key)) this.#warn(sentence);
  }
}

/** The same error, which also says where its value was written. */
function told(error: ValueError, place: string): ValueError {
  error.message = `${error.message} (written at ${place})`;
  return error;
}
