/** The replies to commands: what a client is told of its own, at once, by a frame, or when it asks again (R16). */
import type { Seat } from "../../engine/game/game.ts";
import type { CommandOutcome, CommandRefusal } from "../../engine/protocol/command-outcome.ts";
import { Down, DownEncoder } from "../../engine/protocol/down.ts";
import type { Frame } from "../../engine/sim/frame.ts";
import type { SeatInputs } from "../../engine/sim/seat-inputs.ts";
import type { Arrived, CommandIntake } from "../inputs/command-intake.ts";
import type { Seats } from "../inputs/seats.ts";
import type { ClientSession } from "../peers/client-session.ts";
import type { Outbox } from "../peers/outbox.ts";
import { isSentFrames } from "../peers/session-state.ts";

/** The outcome of a message with a command: it waits for a frame, its sender was told what became of it, or why not. */
export type CommandAnswer = "command" | "command/again" | "malformed" | CommandRefusal;

export interface CommandRepliesOptions {
  readonly commands: CommandIntake;
  readonly seats: Seats;
  readonly outbox: Outbox;
  readonly world: { readonly seats: Pick<SeatInputs<never>, "commands"> };
}

export class CommandReplies {
  readonly #match: CommandRepliesOptions;
  readonly #encoder = new DownEncoder();

  constructor(match: CommandRepliesOptions) {
    this.#match = match;
  }

  /** A client of ours gives a command. */
  take({ peer, state }: ClientSession, command: Arrived, openTick: number): CommandAnswer {
    const { commands, seats } = this.#match;
    // Whoever is on the stream plane does not know the ticks.
    const tick = state.plane === "stream" ? openTick : command.tick;
    const taken = commands.accept(seats.seatOf(peer.id), { ...command, tick }, openTick);
    if (taken === "waiting") return "command";
    this.#answer(peer, command.number, taken);
    if (taken.isApplied) return "command/again";
    // A client of ours says nothing that its own declaration does not fit.
    return taken.code === "command/malformed" ? "malformed" : taken.code;
  }

  /** A stock client gives a command by its name, as it came over the wire. */
  submit({ peer }: ClientSession, name: string, untrusted: unknown, openTick: number): CommandAnswer {
    const { commands, seats, outbox, world } = this.#match;
    const taken = commands.submit(seats.seatOf(peer.id), name, untrusted, openTick);
    if (taken === "waiting") return "command";
    outbox.add(peer, { kind: "answer", name, outcome: taken });
    if (!world.seats.commands.some((command) => command.name === name)) return "malformed";
    return taken.isApplied ? "command/again" : taken.code;
  }

  /** A client begins to listen: it is told which of its commands are here, and says the others again. */
  greet({ peer }: ClientSession): void {
    const { commands, seats, outbox, world } = this.#match;
    // Clients of a game without commands are told nothing of them.
    const seat = world.seats.commands.length > 0 ? seats.seatOf(peer.id) : undefined;
    if (seat !== undefined) outbox.send(peer, Down.given, this.#encoder.given(commands.nextOf(seat)));
  }

  /** A frame was stepped: who does not see in it what became of a command is told. */
  settle({ tick, commands }: Frame<unknown>, sessionOf: (seat: Seat) => Readonly<ClientSession> | undefined): void {
    for (const command of commands) {
      const settled = this.#match.commands.settle(command, tick);
      const session = settled && sessionOf(command.seat);
      if (session === undefined || session.state.plane === undefined) continue;
      const { outcome, name } = settled!;
      if (name !== undefined) this.#match.outbox.add(session.peer, { kind: "answer", name, outcome });
      else if (!isSentFrames(session.state)) this.#answer(session.peer, command.number, outcome);
    }
  }

  #answer(peer: ClientSession["peer"], number: number, outcome: CommandOutcome): void {
    this.#match.outbox.send(peer, Down.answer, this.#encoder.answer(number, outcome));
  }
}
