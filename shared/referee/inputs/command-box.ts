/** The box of one seat's commands: what waits for a frame, and what became of the last ones. */
import { ByteReader, ByteWriter } from "../../engine/bytes/bytes.ts";
import type { CommandKind } from "../../engine/game/command-table.ts";
import { type CommandOutcome, readOutcome, writeOutcome } from "../../engine/protocol/command-outcome.ts";
import { decodeWhole, encodeCommand } from "../../engine/protocol/command-wire.ts";
import { CommandBudget } from "./command-budget.ts";
import type { SavedBox } from "./saved-commands.ts";

/** Outcomes that are remembered for a sender who asks again: more than may be under way. */
const MOST_OUTCOMES = 128;

export interface Waiting {
  readonly number: number;
  /** The tick it is for. */
  readonly tick: number;
  readonly kind: number;
  readonly fields: unknown;
  /** Bytes on the wire. */
  readonly size: number;
  /** Of a stock client's: the message that it came by. */
  readonly name?: string;
}

export class CommandBox {
  /** What the holder of the seat gives next has this number, or a higher one. */
  next: number;
  /** By number, and by tick. */
  readonly waiting: Waiting[] = [];
  readonly budget: CommandBudget;
  readonly #outcomes = new Map<number, CommandOutcome>();
  /** In frames, and not settled yet: the names that stock clients gave them by. */
  readonly #names = new Map<number, string>();

  constructor(tickRate: number, first: number) {
    this.next = first;
    this.budget = new CommandBudget(tickRate);
  }

  isWaiting(number: number): boolean {
    return this.waiting.some((command) => command.number === number);
  }

  /** Undefined when it is not known, or not known any more. */
  outcomeOf(number: number): CommandOutcome | undefined {
    return this.#outcomes.get(number);
  }

  /** The first so many are in a frame now. */
  take(count: number): void {
    for (const { number, name } of this.waiting.splice(0, count)) if (name !== undefined) this.#names.set(number, name);
  }

  /** One of them is in a frame that was closed since this was saved. */
  taken(number: number): void {
    this.next = Math.max(this.next, number + 1);
    const at = this.waiting.findIndex((command) => command.number === number);
    if (at >= 0) this.take(at + 1);
  }

  /** Remembers what became of one. @returns the name that a stock client gave it by. */
  note(number: number, outcome: CommandOutcome): string | undefined {
    this.#outcomes.set(number, outcome);
    if (this.#outcomes.size > MOST_OUTCOMES) this.#outcomes.delete(this.#outcomes.keys().next().value!);
    const name = this.#names.get(number);
    this.#names.delete(number);
    return name;
  }

  save(table: readonly CommandKind[]): SavedBox {
    const out = new ByteWriter();
    const waiting = this.waiting.map(({ number, tick, kind, fields, name }) => {
      encodeCommand(table, kind, fields, out.reset());
      return { number, tick, bytes: out.view().slice(), ...(name === undefined ? {} : { name }) };
    });
    const outcomes = [...this.#outcomes].map(([number, outcome]) => {
      writeOutcome(outcome, out.reset());
      return { number, outcome: out.view().slice() };
    });
    return { next: this.next, waiting, outcomes };
  }

  /** Takes over what was saved; false when it cannot be read. */
  load(table: readonly CommandKind[], { waiting, outcomes }: Omit<SavedBox, "next">): boolean {
    const areRead = outcomes.every(({ number, outcome }) => {
      const input = new ByteReader(outcome);
      this.#outcomes.set(number, readOutcome(input));
      return !input.failed && input.remaining === 0;
    });
    return (
      areRead &&
      waiting.every(({ bytes, ...rest }) => {
        const command = decodeWhole(table, bytes);
        if (command !== undefined) this.waiting.push({ ...rest, ...command, size: bytes.length });
        return command !== undefined;
      })
    );
  }
}
