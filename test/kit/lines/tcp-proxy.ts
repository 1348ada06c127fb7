/** A bad network over real sockets: a TCP proxy on a free port of this machine, in front of a real server. */
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { bothWays, type Network } from "../../../shared/netsim/conditions.ts";
import { ProxiedConnection } from "./proxied-connection.ts";

export interface TcpProxyOptions {
  /** The port of the server behind it, on this machine. */
  readonly port: number;
  /** What each connection goes through; left out: a perfect network. */
  readonly network?: Network;
  /** Of the random numbers; each connection, in the order they are made, has its own of them. */
  readonly seed?: number;
}

export class TcpProxy {
  readonly #server: Server;
  readonly #target: number;
  readonly #random: WorldRandom;
  #network: Network;
  #refusedUntil = Number.NEGATIVE_INFINITY;
  #refused = 0;
  #isDark = false;
  #open: ProxiedConnection[] = [];

  private constructor({ port, network = bothWays(), seed = 1 }: TcpProxyOptions) {
    this.#target = port;
    this.#network = network;
    this.#random = new WorldRandom(seed);
    // Half-open: an end in one direction travels like everything else, and the other direction goes on.
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket));
  }

  static async listen(options: TcpProxyOptions): Promise<TcpProxy> {
    const proxy = new TcpProxy(options);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once("error", reject);
      proxy.#server.listen(0, "127.0.0.1", resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** For SDK clients. */
  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  /** Open connections, in the order they were made; HTTP requests are among them. */
  get connections(): readonly ProxiedConnection[] {
    return this.#open;
  }

  /** The open connections of players. */
  get webSockets(): readonly ProxiedConnection[] {
    return this.#open.filter(({ isWebSocket }) => isWebSocket);
  }

  /** Connections turned away so far. */
  get refused(): number {
    return this.#refused;
  }

  /** Another network for connections that are open and those to come. */
  change(network: Network): void {
    this.#network = network;
    for (const connection of this.#open) connection.change(network);
  }

  /** Resets the i-th WebSocket, both ends, and loses what is under way. @throws Error when there is none. */
  cut(i: number): void {
    const connection = this.webSockets[i];
    if (connection === undefined) throw new Error(`there is no WebSocket ${i} to cut`);
    connection.cut();
  }

  cutAll(): void {
    for (const connection of [...this.#open]) connection.cut();
  }

  /** New connections are reset at once for so many milliseconds from now. */
  refuse(forMs: number): void {
    this.#refusedUntil = performance.now() + forMs;
  }

  /** Swallows everything, of connections to come too, and closes none; or passes all of it on again. */
  darken(isDark: boolean): void {
    this.#isDark = isDark;
    for (const connection of this.#open) connection.darken(isDark);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.cutAll();
    await closed;
  }

  #accept(client: Socket): void {
    if (performance.now() < this.#refusedUntil) {
      this.#refused++;
      client.resetAndDestroy();
      return;
    }
    const connection = new ProxiedConnection(client, this.#target, this.#network, this.#random, () => {
      this.#open = this.#open.filter((each) => each !== connection);
    });
    connection.darken(this.#isDark);
    this.#open.push(connection);
  }
}
