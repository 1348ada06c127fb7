/** The local player's commands: numbered, guessed at their tick, and sent again until what became of each is known (R16). */

import { ByteWriter } from "../bytes/bytes.ts";
import { clonePlain } from "../codec/clone-plain.ts";
import { ValueError } from "../codec/value-error.ts";
import { type CommandKind, commandNames, commandsOf } from "../game/command-table.ts";
import type { Game, Seat } from "../game/game.ts";
import { type CommandOutcome, refusedAs } from "../protocol/command-outcome.ts";
import { encodeCommand, LONGEST_COMMAND } from "../protocol/command-wire.ts";
import type { Command, Frame } from "../sim/frame.ts";
import type { Outbox } from "./outbox.ts";

/**
 * So many numbers may be given from the oldest one that is under way on; whoever gives more is told at once. The server remembers
 * what became of twice as many.
 */
const MOST_UNDER_WAY = 64;

interface Pending {
  readonly number: number;
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
  #next = 1;
  /** The number of the last one that was refused here: these count down from -1, and no server hears of them. */
  #refused = 0;
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
    const bytes = scratch.view().slice();
    if (bytes.length > LONGEST_COMMAND)
      throw new ValueError(
        `${this.#game}.commands.${name}`,
        `is ${bytes.length} bytes long, and may have ${LONGEST_COMMAND}`,
      );
    if (this.#next - (this.#pending[0]?.number ?? this.#next) >= MOST_UNDER_WAY) {
      this.#settled.push({ number: --this.#refused, outcome: refusedAs("command/too-many") });
      return this.#refused;
    }
    const number = this.#next++;
    const command: Pending = { number, tick: Math.max(tick, this.#openTick), kind, fields: copy, bytes };
    this.#pending.push(command);
    if (!this.#isHeld) this.#send(command);
    return number;
  }

  /** Adds those that are guessed to be in the frame of a tick. */
  collect(tick: number, seat: Seat, into: Command[]): void {
    for (const { number, tick: wanted, kind, fields } of this.#pending)
      if (tick === (this.#mayBeLate ? Math.max(wanted, this.#openTick) : wanted))
        into.push({ seat, number, kind, fields });
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
    if (!this.#isHeld) this.#sendAll();
  }

  /** The server is asked for the present: what is given meanwhile waits, because what it did not get comes first. */
  hold(): void {
    this.#isHeld = true;
  }

  /** The server has numbers below `next` of this seat: those under way are said again, and it answers what it knows. */
  resume(next: number): void {
    this.#next = Math.max(this.#next, next);
    this.#isHeld = false;
    this.#sendAll();
  }

  /** The server, or a frame, tells what became of one. Once: later ones are ignored. */
  settle(number: number, outcome: CommandOutcome): void {
    const at = this.#pending.findIndex((command) => command.number === number);
    if (at < 0) return;
    this.#pending.splice(at, 1);
    this.#settled.push({ number, outcome });
  }

  /** The session is over: nothing that is under way will be applied any more, as far as this client can know. */
  lose(): void {
    for (const { number } of [...this.#pending]) this.settle(number, refusedAs("command/lost"));
  }

  /** What was settled since the last call. */
  takeSettled(): readonly Settled[] {
    const settled = this.#settled;
    if (settled.length === 0) return NOTHING;
    this.#settled = [];
    return settled;
  }

  #sendAll(): void {
    for (const command of this.#pending) this.#send(command);
  }

  #send({ number, tick, bytes }: Pending): void {
    this.#line.command(number, tick, bytes);
  }
}
