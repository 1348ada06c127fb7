/** The desk where commands are given: each gets a promise of what became of it. */
import type { LockstepClient } from "../../shared/engine/lockstep/lockstep-client.ts";
import { type CommandOutcome, refusedAs } from "../../shared/engine/protocol/command-outcome.ts";
import type { MatchSource } from "./match-source.ts";

/** What the desk looks at before a command is given. */
type Place = Pick<MatchSource<unknown>, "isOnline" | "seat">;

export class CommandDesk {
  readonly #client: Pick<LockstepClient<unknown, unknown>, "give" | "commands">;
  readonly #place: Place;
  #isClosed = false;
  readonly #waiting = new Map<number, (outcome: CommandOutcome) => void>();

  constructor(client: Pick<LockstepClient<unknown, unknown>, "give" | "commands">, place: Place) {
    this.#client = client;
    this.#place = place;
  }

  /**
   * Gives a command.
   *
   * @returns what becomes of it; at once when it cannot be given now.
   * @throws ValueError at once when there is no such command or its fields do not fit: a mistake of whoever calls.
   */
  give(name: string, fields?: unknown): Promise<CommandOutcome> {
    if (this.#isClosed || !this.#place.isOnline) return Promise.resolve(refusedAs("command/away"));
    if (this.#place.seat === undefined) return Promise.resolve(refusedAs("command/no-seat"));
    const number = this.#client.give(name, fields);
    return new Promise((resolve) => this.#waiting.set(number, resolve));
  }

  /** Tells what has become of them since the last time. */
  tell(): void {
    for (const { number, outcome } of this.#client.commands.takeSettled()) {
      this.#waiting.get(number)?.(outcome);
      this.#waiting.delete(number);
    }
  }

  /** The match is over for this client: what is under way is lost, as far as it can know. */
  close(): void {
    this.#isClosed = true;
    this.#client.commands.lose();
    this.tell();
  }
}
