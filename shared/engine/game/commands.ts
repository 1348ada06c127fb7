/** The commands of a game: what a player gives once, such as an order, a move or a purchase. */
import type { Frozen, Plain, SchemaClass } from "../codec/plain.ts";
import type { Seat, TickContext } from "./game.ts";

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
