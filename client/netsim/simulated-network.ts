/** The network between one client and its server, bad on purpose; it can be changed and cut while it runs. */
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { bothWays, isPerfect, type Network } from "../../shared/netsim/conditions.ts";
import type { SdkConnection } from "../connection/sdk-connection.ts";
import { SimulatedConnection } from "./simulated-connection.ts";

export class SimulatedNetwork {
  readonly #seed: number;
  #random: WorldRandom | undefined;
  #network: Network;
  #connection: SdkConnection | undefined;
  /** Undefined as long as the connection's network has been perfect: nothing is simulated then. */
  #simulated: SimulatedConnection | undefined;
  #cutUntil = Number.NEGATIVE_INFINITY;

  /** @param seed of the random numbers, any unsigned 32-bit number. */
  constructor(network: Network = bothWays(), seed = 0) {
    this.#network = network;
    this.#seed = seed;
  }

  get conditions(): Network {
    return this.#network;
  }

  /** Whether it is cut now: nothing passes and nobody can connect. */
  get isCut(): boolean {
    return performance.now() < this.#cutUntil;
  }

  /** A new connection goes over this network; the one before it is changed and cut no more. */
  attach(connection: SdkConnection): void {
    this.#connection = connection;
    this.#simulated = undefined;
    connection.bar(this.#cutUntil);
    this.#simulate();
  }

  change(network: Network): void {
    this.#network = network;
    this.#simulate();
  }

  /** Cuts both directions for this many milliseconds: the connection is lost, and cannot be made again before they are over. */
  cut(forMs: number): void {
    this.#cutUntil = performance.now() + forMs;
    this.#connection?.bar(this.#cutUntil);
    if (this.#connection?.isOpen === true) this.#connection.lose();
  }

  #simulate(): void {
    if (this.#simulated !== undefined) this.#simulated.change(this.#network);
    else if (this.#connection !== undefined && !isPerfect(this.#network)) {
      this.#random ??= new WorldRandom(this.#seed);
      this.#simulated = new SimulatedConnection(this.#connection, this.#network, this.#random);
    }
  }
}
