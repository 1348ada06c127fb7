/** The local player's commands: guessed at their tick, numbered when they are said, and said again until what became of each is known (R16). */

import { ByteWriter } from "../bytes/bytes.ts";
import { clonePlain } from "../codec/clone-plain.ts";
import { ValueError } from "../codec/value-error.ts";
import { type CommandKind, commandNames, commandsOf } from "../game/command-table.ts";
import type { Game, Seat } from "../game/game.ts";
import { type CommandOutcome, refusedAs } from "../protocol/command-outcome.ts";
import { encodeCommand } from "../protocol/command-wire.ts";
import type { Command, Frame } from "../sim/frame.ts";
import type { Outbox } from "./outbox.ts";

/**
 * So many numbers may be given from the oldest one that is under way on; whoever gives more is told at once. The server remembers
 * what became of twice as many.
 */
const MOST_UNDER_WAY = 64;
/** In guesses, of one that has no number yet: no frame has it. */
const NOT_NUMBERED = -1;

interface Pending {
  /** What `give` returned. */
  readonly given: number;
  /** Its number in the seat, from when it is said first. */
  number: number | undefined;
  readonly tick: number;
  readonly kind: number;
  readonly fields: unknown;
  /** Kind and fields. */
  readonly bytes: Uint8Array;
}

/** What became of a command, by the number that `give` returned. */
export interface Settled {
  readonly number: number;
  readonly outcome: CommandOutcome;
}

const NOTHING: readonly Settled[] = [];
const scratch = new ByteWriter();

export class OwnCommands {
  readonly #table: readonly CommandKind[];
  readonly #game: string;
  readonly #mayBeLate: boolean;
  readonly #line: Outbox<unknown>;
  #pending: Pending[] = [];
  #settled: Settled[] = [];
  /** How many were given. */
  #given = 0;
  /** The number of the next one that is said. */
  #next = 1;
  #openTick = 0;
  #isHeld = true;

  constructor(game: Game<unknown, unknown>, line: Outbox<unknown>) {
    this.#table = commandsOf(game);
    this.#game = game.name;
    this.#mayBeLate = game.lateCommands !== "drop";
    this.#line = line;
  }

  /** How many are under way. */
  get count(): number {
    return this.#pending.length;
  }

  /**
   * Gives a command for a tick. What becomes of it is in `takeSettled`, by the number that is returned.
   *
   * @throws ValueError when there is no such command, its fields do not fit, or it is longer than 2 KB.
   */
  give(name: string, fields: unknown, tick: number): number {
    const kind = this.#table.findIndex((command) => command.name === name);
    if (kind < 0)
      throw new ValueError(
        `${this.#game}.commands`,
        `there is no ${JSON.stringify(name)}; ${commandNames(this.#table)}`,
      );
    const copy = clonePlain(fields);
    this.#table[kind]!.codec.settle(copy);
    encodeCommand(this.#table, kind, copy, scratch.reset());
    const given = ++this.#given;
    if (this.#spread() >= MOST_UNDER_WAY) {
      this.#settled.push({ number: given, outcome: refusedAs("command/too-many") });
      return given;
    }
    const bytes = scratch.view().slice();
    const command = { given, number: undefined, tick: Math.max(tick, this.#openTick), kind, fields: copy, bytes };
    this.#pending.push(command);
    if (!this.#isHeld) this.#say(command);
    return given;
  }

  /** Adds those that are guessed to be in the frame of a tick. */
  collect(tick: number, seat: Seat, into: Command[]): void {
    for (const { number, tick: wanted, kind, fields } of this.#pending)
      if (tick === (this.#mayBeLate ? Math.max(wanted, this.#openTick) : wanted))
        into.push({ seat, number: number ?? NOT_NUMBERED, kind, fields });
  }

  /** A closed frame was stepped: those of this seat in it are settled. */
  confirm({ tick, commands }: Frame<unknown>, seat: Seat | undefined): void {
    this.#openTick = tick + 1;
    for (const { seat: giver, number, refusal } of commands)
      if (giver === seat)
        this.settle(number, refusal === undefined ? { isApplied: true, tick } : refusedAs("command/refused", refusal));
  }

  /** The world is another one, at this tick. */
  restore(tick: number): void {
    this.#openTick = tick;
    this.ask();
  }

  /** Frames in which some of those under way were may never be stepped here: says them again, and the server answers what it knows. */
  ask(): void {
    if (!this.#isHeld) this.#sayAll();
  }

  /** The server is asked for the present: what is given meanwhile waits without a number, because what it did not get comes first. */
  hold(): void {
    this.#isHeld = true;
  }

  /**
   * The server has numbers below `next` of this seat: those under way are said again, and it answers what it knows. Of numbers that
   * this client never said, another page of the same player did, which may come back: what that one has under way, up to
   * `MOST_UNDER_WAY` further, keeps its numbers, so that neither is ever told what became of the other's. A server that has none of
   * those under way, and perhaps knows an older match, is told of them from `next` on: it takes no numbers far ahead.
   */
  resume(next: number): void {
    if (next > this.#next) this.#next = next + MOST_UNDER_WAY;
    else if (next <= (this.#pending[0]?.number ?? this.#next)) {
      this.#next = next;
      for (const command of this.#pending) command.number = undefined;
    }
    this.#isHeld = false;
    this.#sayAll();
  }

  /** The server, or a frame, tells what became of a number. Once: later ones are ignored. */
  settle(number: number, outcome: CommandOutcome): void {
    const at = this.#pending.findIndex((command) => command.number === number);
    if (at < 0) return;
    const [command] = this.#pending.splice(at, 1);
    this.#settled.push({ number: command!.given, outcome });
  }

  /** The session is over: nothing that is under way will be applied any more, as far as this client can know. */
  lose(): void {
    for (const { given } of this.#pending) this.#settled.push({ number: given, outcome: refusedAs("command/lost") });
    this.#pending = [];
  }

  /** What was settled since the last call. */
  takeSettled(): readonly Settled[] {
    const settled = this.#settled;
    if (settled.length === 0) return NOTHING;
    this.#settled = [];
    return settled;
  }

  /** How many numbers lie between the oldest one that is under way and what is given next. */
  #spread(): number {
    const oldest = this.#pending[0]?.number;
    const unsaid = this.#pending.filter(({ number }) => number === undefined).length;
    return oldest === undefined ? unsaid : this.#next - oldest + unsaid;
  }

  #sayAll(): void {
    for (const command of this.#pending) this.#say(command);
  }

  #say(command: Pending): void {
    command.number ??= this.#next++;
    this.#line.command(command.number, command.tick, command.bytes);
  }
}
