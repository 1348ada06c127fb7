/** A game whose rules are watched while they run: traps, read-only inputs, a bot that must not write, no promises. */
import { type Codec, codecOf } from "../../shared/engine/codec/codec.ts";
import type { Plain } from "../../shared/engine/codec/plain.ts";
import type { AnyGame, Game, Seat, StepContext, TickContext } from "../../shared/engine/game/game.ts";
import { ASYNC_ADVICE } from "../advice.ts";
import { writerOf } from "../watch-path.ts";
import { whileRules } from "./listener.ts";
import { placeOf } from "./place.ts";
import { readOnly } from "./read-only.ts";
import type { Violation } from "./violation.ts";

/**
 * The same game; `report` is told what its rules do that they must not, and may throw. For the traps to be watched
 * too, set them (`installTraps`) before.
 */
export function watchGame<I, S>(game: Game<I, S>, report: (violation: Violation) => void): Game<I, S> {
  const watch = new Watch(game as AnyGame, report);
  const { setup, join, leave, step, bot, accepts } = game as AnyGame;
  return Object.freeze({
    ...game,
    setup: (context: TickContext) => watch.run("setup", context.tick, () => setup(context)),
    step: (state: unknown, context: StepContext<object>) =>
      watch.run("step", context.tick, () => step(state, watch.withReadOnlyInput(context))),
    ...(join && { join: watch.event("join", join) }),
    ...(leave && { leave: watch.event("leave", leave) }),
    ...(accepts && { accepts: (input: object) => watch.run("accepts", undefined, () => accepts(input)) }),
    ...(bot && {
      bot: (state: unknown, seat: Seat, context: TickContext) =>
        watch.run("bot", context.tick, () => watch.reading(state, (read) => bot(read, seat, context))),
    }),
  }) as Game<I, S>;
}

type Happening = (state: unknown, seat: Seat, context: TickContext) => unknown;

class Watch {
  readonly #game: AnyGame;
  readonly #report: (violation: Violation) => void;
  readonly #codec: Codec<Plain<unknown>>;
  /** The world before a bot reads it. */
  #before: Plain<unknown>;
  #where = "";

  constructor(game: AnyGame, report: (violation: Violation) => void) {
    this.#codec = codecOf<unknown>(game.state, game.name);
    this.#before = this.#codec.create();
    this.#game = game;
    this.#report = report;
  }

  /** Runs one function of the game. */
  run<Result>(rule: string, tick: number | undefined, act: () => Result): Result {
    const where = `${rule} of ${this.#game.name}${tick === undefined ? "" : `, tick ${tick}`}`;
    return whileRules(
      (what) => this.#tell(where, what),
      () => {
        this.#where = where;
        const result = act();
        if (isPromise(result)) this.#report({ where, what: `an async ${rule} ${ASYNC_ADVICE}`, place: undefined });
        return result;
      },
    );
  }

  event(rule: string, happen: Happening): Happening {
    return (state, seat, context) => this.run(rule, context.tick, () => happen(state, seat, context));
  }

  withReadOnlyInput(context: StepContext<object>): StepContext<object> {
    const where = this.#where;
    const complain = (what: string) => this.#tell(where, what);
    return {
      tick: context.tick,
      random: context.random,
      input: (seat) => readOnly(context.input(seat), `input(${seat})`, complain),
    };
  }

  /** Runs what may read a world and not change it. */
  reading<Result>(state: unknown, act: (state: unknown) => Result): Result {
    const where = this.#where;
    this.#codec.copy(state as Plain<unknown>, this.#before);
    const result = act(state);
    const [change] = this.#codec.diff(this.#before, state as Plain<unknown>, 1);
    if (change === undefined) return result;
    const what = `the bot changed ${change.path} from ${change.a} to ${change.b}; a bot only reads the world`;
    this.#report({ where, what, place: writerOf(this.#before, change.path, () => act(this.#before)) });
    this.#before = this.#codec.create();
    return result;
  }

  #tell(where: string, what: string): void {
    this.#report({ where, what, place: placeOf(new Error().stack) });
  }
}

const isPromise = (value: unknown): boolean =>
  typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
