/** Commands addressed to ticks: numbered, paid from a budget, and applied once each, in order, or refused (R16). */
import { ByteWriter } from "../../engine/bytes/bytes.ts";
import type { GivenCommand } from "../../engine/game/bot-turn.ts";
import { type CommandKind, commandNames, commandsOf } from "../../engine/game/command-table.ts";
import { commandWords } from "../../engine/game/command-words.ts";
import type { AnyGame, Seat } from "../../engine/game/game.ts";
import { RulesError } from "../../engine/game/rules-error.ts";
import { type CommandOutcome, type CommandRefusal, refusedAs } from "../../engine/protocol/command-outcome.ts";
import { decodeWhole, encodeCommand } from "../../engine/protocol/command-wire.ts";
import type { Command, Frame } from "../../engine/sim/frame.ts";
import { CommandBox, type Waiting } from "./command-box.ts";
import type { SavedCommands } from "./saved-commands.ts";

/** A command may be for a tick at most this far ahead, in seconds. */
const EARLY_SECONDS = 1;
/** Bytes of one seat's commands in one frame; at least one goes into it. */
const BYTES_PER_TICK = 4096;
/** Commands of one seat that wait for a frame (R14): where ticks are long, more is paid for than goes into frames. */
const MOST_WAITING = 64;
/** Numbers that may be skipped at once: their messages were refused unread, or another page of the player may have them under way. */
const MOST_SKIPPED = 256;
/** Beyond this a seat's numbers begin anew when it is taken, so that nobody can use them up for those who come later. */
const MOST_NUMBERS = 2 ** 31;
/** Of bots of the room: no sender waits for what becomes of it. */
const NO_NUMBER = 0;

/** A command as it came from a player's client. */
export interface Arrived {
  readonly number: number;
  /** The tick it is for. */
  readonly tick: number;
  /** Kind and fields. */
  readonly bytes: Uint8Array;
}

const scratch = new ByteWriter();

/** What is to be told at once; "waiting": nothing, a frame will. */
export type Taken = CommandOutcome | "waiting";

export class CommandIntake {
  /** Commands by what became of them. */
  readonly counts = new Map<"applied" | CommandRefusal, number>();
  readonly #game: string;
  readonly #onFault: ((error: unknown) => void) | undefined;
  readonly #table: readonly CommandKind[];
  readonly #isDropped: boolean;
  readonly #tickRate: number;
  readonly #boxes: (CommandBox | undefined)[];
  /** The first number of who holds each seat next: later ones than of all who held it, because a joiner is sent their frames, too. */
  readonly #firsts: number[];
  /** In all boxes together. */
  #waiting = 0;

  /** @param onFault is told what the game's `accepts` threw. */
  constructor(game: AnyGame, onFault?: (error: unknown) => void) {
    this.#game = game.name;
    this.#onFault = onFault;
    this.#table = commandsOf(game);
    this.#isDropped = game.lateCommands === "drop";
    this.#tickRate = game.tickRate;
    this.#boxes = new Array<CommandBox | undefined>(game.seats.max).fill(undefined);
    this.#firsts = new Array<number>(game.seats.max).fill(NO_NUMBER + 1);
  }

  /** Whether nothing waits for a frame. */
  get isIdle(): boolean {
    return this.#waiting === 0;
  }

  /** Starts taking commands of a seat: somebody else holds it now. */
  open(seat: Seat): void {
    this.close(seat);
    this.#boxes[seat] = new CommandBox(this.#tickRate, this.#firsts[seat]!);
  }

  /** Stops taking commands of a seat; what waits is not applied any more. */
  close(seat: Seat): void {
    const box = this.#boxes[seat];
    if (box === undefined) return;
    this.#waiting -= box.waiting.length;
    this.#firsts[seat] = box.next > MOST_NUMBERS ? NO_NUMBER + 1 : box.next;
    this.#boxes[seat] = undefined;
  }

  /** The number that the holder of the seat gives next, as far as is known here. */
  nextOf(seat: Seat): number {
    return this.#boxes[seat]?.next ?? this.#firsts[seat]!;
  }

  /** Takes a command of a seat, when `openTick` is the next to be closed. */
  accept(seat: Seat | undefined, { number, tick, bytes }: Arrived, openTick: number): Taken {
    const box = seat === undefined ? undefined : this.#boxes[seat];
    if (box === undefined) return this.#count(refusedAs("command/no-seat"));
    if (number === NO_NUMBER || number > MOST_NUMBERS || number - box.next > MOST_SKIPPED)
      return this.#count(refusedAs("command/malformed"));
    if (number < box.next)
      return box.outcomeOf(number) ?? (box.isWaiting(number) ? "waiting" : refusedAs("command/lost"));
    box.next = number + 1;
    const command = decodeWhole(this.#table, bytes);
    const refusal = command === undefined ? "command/malformed" : this.#refusalOf(box, tick, openTick);
    if (refusal === undefined) return this.#put(box, { number, tick, openTick, command: command!, size: bytes.length });
    const outcome = this.#count(refusedAs(refusal));
    box.note(number, outcome);
    return outcome;
  }

  /** Takes a command by name from a stock client, as it came over the wire: for the open tick. */
  submit(seat: Seat | undefined, name: string, untrusted: unknown, openTick: number): Taken {
    const kind = this.#table.findIndex((command) => command.name === name);
    if (kind < 0)
      return this.#count(refusedAs("command/malformed", `there is no command ${name}; ${commandNames(this.#table)}`));
    const box = seat === undefined ? undefined : this.#boxes[seat];
    if (box === undefined) return this.#count(refusedAs("command/no-seat"));
    const parsed = this.#table[kind]!.codec.parse(untrusted ?? {});
    if (!parsed.ok) return this.#count(refusedAs("command/malformed", parsed.error));
    const refusal = box.next > MOST_NUMBERS ? "command/too-many" : this.#refusalOf(box, openTick, openTick);
    if (refusal !== undefined) return this.#count(refusedAs(refusal));
    const command = { kind, fields: parsed.value };
    encodeCommand(this.#table, kind, parsed.value, scratch.reset());
    return this.#put(box, { number: box.next++, tick: openTick, openTick, command, size: scratch.length, name });
  }

  #put(
    box: CommandBox,
    {
      number,
      tick,
      openTick,
      command,
      size,
      name,
    }: Omit<Waiting, "kind" | "fields"> & {
      readonly openTick: number;
      readonly command: GivenCommand;
    },
  ): "waiting" {
    const inOrder = Math.max(tick, openTick, box.waiting.at(-1)?.tick ?? 0);
    box.waiting.push({ number, tick: inOrder, size, ...command, ...(name === undefined ? {} : { name }) });
    this.#waiting++;
    return "waiting";
  }

  #refusalOf(box: CommandBox, tick: number, openTick: number): CommandRefusal | undefined {
    if (box.waiting.length >= MOST_WAITING || !box.budget.spend(openTick)) return "command/too-many";
    if (tick > openTick + EARLY_SECONDS * this.#tickRate) return "command/too-early";
    return tick < openTick && this.#isDropped ? "command/late-dropped" : undefined;
  }

  /** Adds what a seat gave for `tick`, which is being closed, or could not be in an earlier frame. */
  collect(seat: Seat, tick: number, into: Command[]): void {
    const waiting = this.#boxes[seat]?.waiting;
    if (waiting === undefined) return;
    let count = 0;
    for (let bytes = 0; count < waiting.length && waiting[count]!.tick <= tick; count++) {
      const { number, kind, fields, size } = waiting[count]!;
      bytes += size;
      if (count > 0 && bytes > BYTES_PER_TICK) break;
      into.push({ seat, number, kind, fields });
    }
    this.#boxes[seat]!.take(count);
    this.#waiting -= count;
  }

  /** Adds what a bot of the room gave for the tick that is being closed. */
  collectGiven(seat: Seat, given: readonly GivenCommand[], into: Command[]): void {
    for (const command of given) into.push({ seat, number: NO_NUMBER, ...command });
  }

  /**
   * A command of a frame was stepped.
   *
   * @returns what became of it, and by which name a stock client gave it; undefined for a bot's.
   */
  settle(
    { seat, number, kind, fields, refusal, fault }: Command,
    tick: number,
  ): { outcome: CommandOutcome; name?: string } | undefined {
    const outcome: CommandOutcome =
      refusal === undefined ? { isApplied: true, tick } : refusedAs("command/refused", refusal);
    this.#count(outcome);
    if (fault !== undefined) {
      const words = commandWords(this.#table[kind]!.name, seat, fields);
      this.#onFault?.(new RulesError(this.#game, "accepts", fault, words));
    }
    if (number === NO_NUMBER) return undefined;
    const name = this.#boxes[seat]?.note(number, outcome);
    return { outcome, ...(name === undefined ? {} : { name }) };
  }

  /** A frame was stepped that was closed since what was loaded was saved: what is in it is not taken again. */
  follow({ tick, commands }: Pick<Frame<never>, "tick" | "commands">): void {
    for (const command of commands) {
      const box = this.#boxes[command.seat];
      if (command.number === NO_NUMBER || box === undefined) continue;
      this.#waiting -= box.waiting.length;
      box.taken(command.number);
      this.#waiting += box.waiting.length;
      this.settle(command, tick);
    }
  }

  /** What is needed to go on: of a seat that nobody holds, its next number. */
  save(): SavedCommands[] {
    return this.#boxes.flatMap((box, seat) => {
      if (box !== undefined) return { seat, ...box.save(this.#table) };
      const next = this.#firsts[seat]!;
      return next === NO_NUMBER + 1 ? [] : { seat, next, waiting: [], outcomes: [] };
    });
  }

  /** Takes over what was saved, where `isOpen` says of which seats commands are taken; false when it cannot be read. */
  load(saved: readonly SavedCommands[], isOpen: (seat: Seat) => boolean): boolean {
    return saved.every(({ seat, next, ...rest }) => {
      const box = new CommandBox(this.#tickRate, next);
      const isRead = box.load(this.#table, rest);
      this.#boxes[seat] = box;
      this.#waiting += box.waiting.length;
      if (!isOpen(seat)) this.close(seat);
      return isRead;
    });
  }

  #count(outcome: CommandOutcome): CommandOutcome {
    const name = outcome.isApplied ? "applied" : outcome.code;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    return outcome;
  }
}
