/** One connection through the proxy: two sockets, and a simulated line in each direction between them. */
import { connect, type Socket } from "node:net";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { Network } from "../../../shared/netsim/conditions.ts";
import { ProxiedDirection } from "./proxied-direction.ts";

export class ProxiedConnection {
  readonly up: ProxiedDirection;
  readonly down: ProxiedDirection;
  readonly #sockets: readonly Socket[];
  #isWebSocket = false;
  #openSockets = 2;

  /** @param onClose called once, when both sockets are closed. */
  constructor(client: Socket, port: number, network: Network, random: WorldRandom, onClose: () => void) {
    const server = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    this.#sockets = [client, server];
    client.once("data", (bytes: Buffer) => {
      this.#isWebSocket = /\r\nupgrade: websocket\r\n/i.test(bytes.toString("latin1"));
    });
    this.up = new ProxiedDirection(client, server, network.up, random);
    this.down = new ProxiedDirection(server, client, network.down, random);
    for (const socket of this.#sockets) {
      // A reset of one end is a reset of the other.
      socket.on("error", () => this.cut());
      socket.on("close", () => {
        this.#openSockets--;
        if (this.#openSockets === 0) onClose();
      });
    }
  }

  /** Whether it asked to be one; an HTTP request did not. */
  get isWebSocket(): boolean {
    return this.#isWebSocket;
  }

  change(network: Network): void {
    this.up.change(network.up);
    this.down.change(network.down);
  }

  /** Passes nothing on in either direction, or all of it again. */
  darken(isDark: boolean): void {
    for (const direction of [this.up, this.down]) isDark ? direction.pause() : direction.resume();
  }

  /** Resets both ends, and loses what is under way. */
  cut(): void {
    this.up.stop();
    this.down.stop();
    for (const socket of this.#sockets) if (!socket.destroyed) socket.resetAndDestroy();
  }
}
