/**
 * The intake of a worker: connections come from the primary, which owns the port, and are treated like those of a port
 * of one's own.
 */
import type { Server } from "node:http";
import type { Socket } from "node:net";

/** Colyseus's transport, as far as it listens. */
interface Listening {
  readonly server?: unknown;
  listen(port: number, hostname?: string, backlog?: number, onListening?: () => void): unknown;
}

export class Intake {
  readonly #server: Server;
  readonly #open = new Set<Socket>();

  constructor(server: Server) {
    this.#server = server;
  }

  /** Lets a transport "listen" without a port. */
  replaceListening(transport: Listening): void {
    transport.listen = (_port, _hostname, _backlog, onListening) => {
      // Node begins to look for late requests when it is told so.
      this.#server.emit("listening");
      onListening?.();
      return transport;
    };
  }

  /** @param bytes what has been read of it. */
  take(socket: Socket, bytes: Uint8Array = new Uint8Array()): void {
    const { remoteAddress } = socket;
    // What Node's server does for its own; a socket that comes out of a pipe has other defaults.
    if (this.#open.size >= this.#server.maxConnections) {
      socket.destroy();
      this.#server.emit("drop", { remoteAddress });
      return;
    }
    socket.allowHalfOpen = true;
    socket.setNoDelay(true);
    this.#open.add(socket);
    socket.once("close", () => this.#open.delete(socket));
    if (bytes.length > 0) socket.unshift(Buffer.from(bytes));
    this.#server.emit("connection", socket);
  }
}
