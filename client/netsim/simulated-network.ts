/** The network between one client and its server, bad on purpose; it can be changed and cut while it runs. */
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { bothWays, type Network } from "../../shared/netsim/conditions.ts";
import { RealtimeLink } from "./realtime-link.ts";

export class SimulatedNetwork {
  /** Called when a cut begins: whoever has the connection closes it, as it would be lost in a dead network. */
  onCut: () => void = () => {};
  readonly #random: WorldRandom;
  #network: Network;
  #lines: Partial<Record<keyof Network, Pick<RealtimeLink<unknown>, "change" | "cut">>> = {};
  #cutUntil = Number.NEGATIVE_INFINITY;

  /** @param seed of the random numbers, any unsigned 32-bit number. */
  constructor(network: Network = bothWays(), seed = 0) {
    this.#network = network;
    this.#random = new WorldRandom(seed);
  }

  get conditions(): Network {
    return this.#network;
  }

  /** Whether it is cut now: nothing passes and nobody can connect. */
  get isCut(): boolean {
    return performance.now() < this.#cutUntil;
  }

  /** A direction of a new connection; the line of the connection before it is changed and cut no more. */
  line<Message>(direction: keyof Network, deliver: (message: Message) => void): RealtimeLink<Message> {
    const line = new RealtimeLink(this.#network[direction], new WorldRandom(this.#random.uint32()), deliver);
    this.#lines[direction] = line;
    return line;
  }

  change(network: Network): void {
    this.#network = network;
    this.#lines.up?.change(network.up);
    this.#lines.down?.change(network.down);
  }

  /** Cuts both directions for so many milliseconds. */
  cut(forMs: number): void {
    this.#cutUntil = performance.now() + forMs;
    this.#lines.up?.cut(forMs);
    this.#lines.down?.cut(forMs);
    this.onCut();
  }
}
