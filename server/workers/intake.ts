/**
 * The intake of a worker: connections come from the port, which the primary owns and all workers listen on, or from another worker,
 * to which they came first. All of them are treated alike.
 */
import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Handle } from "./channel.ts";

/** Colyseus's transport, as far as it listens. */
interface Listening {
  readonly server?: unknown;
  listen(port: number, hostname?: string, backlog?: number, onListening?: () => void): unknown;
}

export class Intake {
  readonly #server: Server;
  /** All that are open, however they came. */
  readonly #open = new Set<Socket>();

  constructor(server: Server) {
    this.#server = server;
    server.prependListener("connection", (socket: Socket) => {
      this.#open.add(socket);
      socket.once("close", () => this.#open.delete(socket));
    });
  }

  /** Lets a transport listen on a port that is not its own. @param onError another program has come first: it was bound, and not listened on. */
  replaceListening(transport: Listening, port: Promise<Handle>, onError: (error: unknown) => void): void {
    transport.listen = (_port, _hostname, _backlog, onListening) => {
      this.#server.once("error", onError);
      void port.then((handle) =>
        this.#server.listen(handle, () => {
          this.#server.off("error", onError);
          onListening?.();
        }),
      );
      return transport;
    };
  }

  /** Takes what has come to another worker. @param bytes what has been read of it. */
  take(socket: Socket, bytes: Uint8Array): void {
    const { remoteAddress } = socket;
    // What Node's server does for its own; a socket that comes out of a pipe has other defaults.
    if (this.#open.size >= this.#server.maxConnections) {
      socket.destroy();
      this.#server.emit("drop", { remoteAddress });
      return;
    }
    // Node counts only those that came to this worker itself.
    this.#server.maxConnections--;
    socket.once("close", () => this.#server.maxConnections++);
    socket.allowHalfOpen = true;
    socket.setNoDelay(true);
    socket.unshift(Buffer.from(bytes));
    this.#server.emit("connection", socket);
  }
}
