/** The game: one literal that a designer writes and everything else (room, browser, bot, replay) runs. */
import type { Frozen, Plain, SchemaClass } from "../layout/plain.ts";
import type { Random } from "./random.ts";

/** A place at the table, 0 .. seats.max - 1. It outlives the connection of the player who sits there. */
export type Seat = number;

/** What rules may know besides their state: the tick, and random numbers that are the same on every machine (R5). */
export interface TickContext {
  /** Index of the step being made, from 0. One tick lasts `1000 / tickRate` milliseconds. */
  readonly tick: number;
  /** Seeded, part of the state; the same sequence on every machine and in every resimulation. */
  readonly random: Random;
}

/** What `step` may know: also what each seat wants in this tick. */
export interface StepContext<Input> extends TickContext {
  /** The input of a seat in this tick; the neutral input (all fields zero) for a seat nobody holds. Never throws. */
  input(seat: Seat): Frozen<Input>;
}

/** The rules of one command. `C` is inferred from `fields`; nobody writes it. */
export interface CommandRules<C, S> {
  /** What comes with it: numbers, booleans, records, and texts and arrays inside `atMost`. Left out: nothing. */
  readonly fields?: SchemaClass<C>;
  /**
   * Whether this seat may give it now: true, or false, or a short text for its sender that says why not. Left out: always. Asked on
   * every machine with the same world, that in which it would be applied, so it is part of the rules: it reads nothing else.
   */
  accepts?(
    state: Frozen<Plain<S>>,
    seat: Seat,
    command: Frozen<Plain<NoInfer<C>>>,
    context: TickContext,
  ): boolean | string;
  /** Applies it (R15): after leaves and joins, before `step`. Changes `state`; must bear whatever fits `fields`. */
  apply(state: Plain<S>, seat: Seat, command: Frozen<Plain<NoInfer<C>>>, context: TickContext): void;
}

/** Commands by name. `C` has the fields of each. */
export type Commands<C, S> = { readonly [Name in keyof C]: CommandRules<C[Name], S> };

/** What is given with a command: nothing for one without fields. */
export type Given<C, Name extends keyof C> = unknown extends C[Name] ? [] : [fields: Plain<C[Name]>];

/** How a bot gives a command: in the tick that it is asked for. */
export type Give<C> = <Name extends keyof C & string>(name: Name, ...fields: Given<C, Name>) => void;

/**
 * What a bot returns: an input, or nothing in a game without one. Both words for nothing: any function at all passes for one
 * that returns `void` alone, and a function without a return is none that returns `undefined` alone.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: see above
type BotsAnswer<I, B> = unknown extends I ? (0 extends 1 & I ? B | void | undefined : void | undefined) : B;

/** What `bot` may know: also how to give a command. */
export interface BotContext<C> extends TickContext {
  /** Gives a command from the bot's seat, in this tick. @throws ValueError when its fields do not fit. */
  readonly give: Give<C>;
}

/**
 * The literal itself. `I` and `S` are inferred from the two schemas, `C` from the fields of the commands, `B` from what `bot`
 * returns; nobody writes them.
 */
// biome-ignore lint/suspicious/noExplicitAny: who holds a game of any commands gives them by name
export interface Game<I, S, C = any, B extends Plain<I> = Plain<I>> {
  /** The room's name too. Lower-case letters, digits and dashes. */
  readonly name: string;
  /** Steps per second, a whole number from 1 to 120. */
  readonly tickRate: number;
  /** How many seats the table has, and how many must be held before the match counts as running. */
  readonly seats: { readonly min: number; readonly max: number };
  /** What one seat wants in one tick: primitive fields only. Left out: the game has commands alone. */
  readonly input?: SchemaClass<I>;
  /** What a player gives once, by name. */
  readonly commands?: Commands<C, NoInfer<S>>;
  /** What becomes of a command for a tick already closed (R16): moved to the next open tick (default) or dropped, and its sender told. */
  readonly lateCommands?: "move" | "drop";
  /** The whole world. What is not in here does not exist for the rules. */
  readonly state: SchemaClass<S>;
  /** What becomes of an input for a tick already closed (R9): moved to the next open tick (default) or dropped. */
  readonly lateInputs?: "move" | "drop";
  /**
   * Ticks between sampling an input and the tick it counts for, at least: whole, 0 (default) to half a second. What is delayed
   * need not be predicted, so others are put right less. A bad line adds to it; a player may choose another one.
   */
  readonly inputDelay?: number;
  /**
   * Whether an input is one a fair player could send; without it, whatever fits the declared types is. The referee
   * asks it for every input of a client: `t.int8<-1 | 0 | 1>()` narrows what you write, not what a cheater sends.
   */
  accepts?(input: Frozen<Plain<I>>): boolean;
  /** The world at tick 0, before anyone has joined. (NoInfer: `new Map()` must not decide what the schema says.) */
  setup(context: TickContext): Plain<NoInfer<S>>;
  /** A player takes a seat (R4: before the step of that tick, after the leaves). */
  join?(state: Plain<S>, seat: Seat, context: TickContext): void;
  /** A seat is given up (R4). */
  leave?(state: Plain<S>, seat: Seat, context: TickContext): void;
  /** One tick of the world. Changes `state`; reads nothing else than its arguments (R5). */
  step(state: Plain<S>, context: StepContext<Plain<I>>): void;
  /** What a bot on this seat wants now. Reads a state it cannot change (R11). */
  bot?(state: Frozen<Plain<S>>, seat: Seat, context: BotContext<NoInfer<C>>): BotsAnswer<I, B>;
}

// biome-ignore lint/suspicious/noExplicitAny: a shelf holds games of any input and state; each use infers its own
export type AnyGame = Game<any, any>;
