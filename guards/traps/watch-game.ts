/** A game whose rules are watched while they run: traps, read-only inputs, a bot that must not write, no promises. */
import { ByteWriter } from "../../shared/engine/bytes/bytes.ts";
import { hashBytes } from "../../shared/engine/bytes/hash.ts";
import { type Codec, codecOf } from "../../shared/engine/codec/codec.ts";
import type {
  AnyGame,
  BotContext,
  CommandRules,
  Game,
  Seat,
  StepContext,
  TickContext,
} from "../../shared/engine/game/game.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";
import { ASYNC_ADVICE } from "./forbidden.ts";
import { outsideRules, whileRules } from "./listener.ts";
import { placeOf } from "./place.ts";
import { readOnly } from "./read-only.ts";
import type { Violation } from "./violation.ts";
import { writerOf } from "./watch-path.ts";

/** Is told which rule runs: one that does not come back can be named by nobody else. */
export interface RuleClock {
  /** `rule` such as `step of coins`. */
  begin(rule: string, tick: number | undefined): void;
  end(): void;
}

/**
 * The same game; `report` is told what its rules do that they must not, and may throw. For the traps to be watched
 * too, set them (`installTraps`) before.
 */
export function watchGame<I, S>(
  game: Game<I, S>,
  report: (violation: Violation) => void,
  clock?: RuleClock,
): Game<I, S> {
  const watch = new Watch(game as AnyGame, report, clock);
  const { setup, join, leave, step, bot, accepts, commands } = game as AnyGame;
  return Object.freeze({
    ...game,
    setup: (context: TickContext) => watch.run("setup", context.tick, () => setup(context)),
    step: (state: unknown, context: StepContext<object>) =>
      watch.run("step", context.tick, (tell) => step(state, withReadOnlyInput(context, tell))),
    ...(join && { join: watch.event("join", join) }),
    ...(leave && { leave: watch.event("leave", leave) }),
    ...(accepts && { accepts: (input: object) => watch.run("accepts", undefined, () => accepts(input)) }),
    ...(commands && { commands: watchCommands(commands, watch) }),
    ...(bot && {
      bot: (state: unknown, seat: Seat, context: BotContext<unknown>) =>
        watch.run("bot", context.tick, (tell) =>
          watch.reading("the bot", state, tell, (world) => bot(world, seat, context)),
        ),
    }),
  }) as Game<I, S>;
}

/** Their fields are their own copy; `accepts` only reads the world. */
function watchCommands(commands: NonNullable<AnyGame["commands"]>, watch: Watch): NonNullable<AnyGame["commands"]> {
  const watched = Object.entries(commands).map(([name, rules]: [string, CommandRules<unknown, unknown>]) => {
    const { accepts, apply } = rules;
    return [
      name,
      {
        ...rules,
        apply: (state: never, seat: Seat, fields: unknown, context: TickContext) =>
          watch.run(`commands.${name}.apply`, context.tick, () => apply(state, seat, fields as never, context)),
        ...(accepts && {
          accepts: (state: unknown, seat: Seat, fields: unknown, context: TickContext) =>
            watch.run(`commands.${name}.accepts`, context.tick, (tell) =>
              watch.reading("accepts", state, tell, (world) => accepts(world as never, seat, fields as never, context)),
            ),
        }),
      },
    ] as const;
  });
  return Object.fromEntries(watched);
}

type Happening = (state: unknown, seat: Seat, context: TickContext) => unknown;

/** Tells what the rule that runs did wrong. */
type Tell = (what: string, place: string | undefined) => void;

function withReadOnlyInput(context: StepContext<object>, tell: Tell): StepContext<object> {
  const complain = (what: string) => tell(what, placeOf(new Error().stack));
  const { tick, random } = context;
  return { tick, random, input: (seat) => readOnly(context.input(seat), `input(${seat})`, complain) };
}

class Watch {
  readonly #game: AnyGame;
  readonly #report: (violation: Violation) => void;
  readonly #clock: RuleClock | undefined;
  readonly #codec: Codec<Plain<unknown>>;
  readonly #bytes = new ByteWriter();
  /** The world before a bot reads it. */
  #before: Plain<unknown>;

  constructor(game: AnyGame, report: (violation: Violation) => void, clock: RuleClock | undefined) {
    this.#game = game;
    this.#report = report;
    this.#clock = clock;
    this.#codec = codecOf<unknown>(game.state, game.name);
    this.#before = this.#codec.create();
  }

  /** Runs one function of the game. */
  run<Result>(rule: string, tick: number | undefined, act: (tell: Tell) => Result): Result {
    const name = `${rule} of ${this.#game.name}`;
    const where = tick === undefined ? name : `${name}, tick ${tick}`;
    const tell: Tell = (what, place) => outsideRules(() => this.#report({ where, what, place }));
    this.#clock?.begin(name, tick);
    let result: Result;
    try {
      result = whileRules(
        (what) => tell(what, placeOf(new Error().stack)),
        () => act(tell),
      );
    } finally {
      this.#clock?.end();
    }
    if (isPromise(result)) tell(`an async ${rule} ${ASYNC_ADVICE}`, undefined);
    return result;
  }

  event(rule: string, happen: Happening): Happening {
    return (state, seat, context) => this.run(rule, context.tick, () => happen(state, seat, context));
  }

  /** Runs what may read a world and not change it. */
  reading<Result>(who: string, state: unknown, tell: Tell, act: (world: unknown) => Result): Result {
    this.#codec.copy(state as Plain<unknown>, this.#before);
    const result = act(state);
    if (this.#hashOf(state) === this.#hashOf(this.#before)) return result;
    const [change] = this.#codec.diff(this.#before, state as Plain<unknown>, 1);
    if (change === undefined) return result;
    const again = this.#before;
    this.#before = this.#codec.create();
    tell(
      `${who} changed ${change.path} from ${change.a} to ${change.b}; ${who === "accepts" ? "it" : "a bot"} only reads the world`,
      writerOf(again, change.path, () => act(again)),
    );
    return result;
  }

  /** Undefined when it fits its declaration no more. */
  #hashOf(state: unknown): number | undefined {
    try {
      this.#codec.encode(state as Plain<unknown>, this.#bytes.reset());
      return hashBytes(this.#bytes.view());
    } catch {
      return undefined;
    }
  }
}

const isPromise = (value: unknown): boolean =>
  typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
