/** The desk where commands are given: each gets a promise of what became of it. */
import type { LockstepClient } from "../../shared/engine/lockstep/lockstep-client.ts";
import { type CommandOutcome, type CommandRefusal, refusedAs } from "../../shared/engine/protocol/command-outcome.ts";

/** What a source says of itself when a command is given: why none can be given now; undefined when one can. */
type Obstacle = () => CommandRefusal | undefined;

export class CommandDesk {
  readonly #client: Pick<LockstepClient<unknown, unknown>, "give" | "commands">;
  readonly #obstacle: Obstacle;
  readonly #waiting = new Map<number, (outcome: CommandOutcome) => void>();

  constructor(client: Pick<LockstepClient<unknown, unknown>, "give" | "commands">, obstacle: Obstacle) {
    this.#client = client;
    this.#obstacle = obstacle;
  }

  /**
   * Gives a command.
   *
   * @returns what becomes of it; at once when it cannot be given now.
   * @throws ValueError at once when there is no such command or its fields do not fit: a mistake of whoever calls.
   */
  give(name: string, fields?: unknown): Promise<CommandOutcome> {
    const obstacle = this.#obstacle();
    if (obstacle !== undefined) return Promise.resolve(refusedAs(obstacle));
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
    this.#client.commands.lose();
    this.tell();
  }
}
