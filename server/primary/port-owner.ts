/** The owner of the port: takes connections as long as the primary lives, and gives each to a worker in turn. */
import { createServer, type Server, type Socket } from "node:net";

/** Connections that wait while no worker is ready; more are refused. */
const MOST_WAITING = 1024;

/** Whoever can be given a connection. */
export interface Taker {
  take(gift: { readonly socket: Socket }): void;
}

export class PortOwner {
  readonly #server: Server;
  readonly #takers: Taker[] = [];
  readonly #waiting = new Set<Socket>();

  constructor() {
    // Nothing is read here: what a client says is for the worker that gets it.
    this.#server = createServer({ pauseOnConnect: true }, (socket) => this.give(socket));
  }

  /** Opens the port. @returns its number. @throws Error of Node's when it cannot be had. */
  listen(port: number, host: string | undefined): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => {
        const address = this.#server.address();
        resolve(typeof address === "object" && address !== null ? address.port : port);
      });
    });
  }

  add(taker: Taker): void {
    this.#takers.push(taker);
    for (const socket of this.#waiting) this.give(socket);
    this.#waiting.clear();
  }

  remove(taker: Taker): void {
    const at = this.#takers.indexOf(taker);
    if (at >= 0) this.#takers.splice(at, 1);
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#waiting) socket.destroy();
  }

  /** Deals a connection of which nothing has been read to the next worker, or lets it wait for one. */
  give(socket: Socket): void {
    const taker = this.#takers.shift();
    if (taker !== undefined) {
      this.#takers.push(taker);
      taker.take({ socket });
    } else if (this.#waiting.size < MOST_WAITING) {
      this.#waiting.add(socket);
      socket.on("error", () => {});
      socket.once("close", () => this.#waiting.delete(socket));
    } else socket.destroy();
  }
}
