/**
 * The pipelined requests of one connection: those that wait for their answers are limited, because no browser sends
 * more than one and each costs memory.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

const MOST_WAITING = 4;

export class Pipelines {
  readonly #waiting = new WeakMap<Socket, number>();

  /** Counts a request until it is answered; false when its connection has too many, or is gone. */
  enter({ socket }: IncomingMessage, response: ServerResponse): boolean {
    const waiting = this.#waiting.get(socket) ?? 0;
    if (waiting >= MOST_WAITING || socket.destroyed) return false;
    this.#waiting.set(socket, waiting + 1);
    response.once("close", () => this.#waiting.set(socket, (this.#waiting.get(socket) ?? 1) - 1));
    return true;
  }

  /** Whether an answer is still to be written: a protocol that took the connection over would find it in its stream. */
  isBusy({ socket }: IncomingMessage): boolean {
    return (this.#waiting.get(socket) ?? 0) > 0;
  }
}
