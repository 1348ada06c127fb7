/** A connection on a simulated network: all its messages go over two links, as long as the network is bad. */
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { isPerfect, type Network } from "../../shared/netsim/conditions.ts";
import type { ConnectionFilter, SdkConnection } from "../connection/sdk-connection.ts";
import { RealtimeLink } from "./realtime-link.ts";

type Pass = () => void;

export class SimulatedConnection implements ConnectionFilter {
  readonly #connection: SdkConnection;
  readonly #up: RealtimeLink<Pass>;
  readonly #down: RealtimeLink<Pass>;
  #isInPlace = false;
  #isPerfect = true;

  /** It is in nobody's way before the first `change` to a network that is not perfect. */
  constructor(connection: SdkConnection, network: Network, random: WorldRandom) {
    this.#connection = connection;
    const hand = (pass: Pass): void => {
      pass();
      this.#leave();
    };
    this.#up = new RealtimeLink(network.up, new WorldRandom(random.uint32()), hand);
    this.#down = new RealtimeLink(network.down, new WorldRandom(random.uint32()), hand);
    this.change(network);
  }

  change(network: Network): void {
    this.#isPerfect = isPerfect(network);
    this.#up.change(network.up);
    this.#down.change(network.down);
    if (!this.#isPerfect && !this.#isInPlace) {
      this.#isInPlace = true;
      this.#connection.filter(this);
    }
    this.#leave();
  }

  up(bytes: number, pass: Pass): void {
    this.#up.pass(pass, bytes);
  }

  down(bytes: number, pass: Pass): void {
    this.#down.pass(pass, bytes);
  }

  clear(): void {
    this.#up.clear();
    this.#down.clear();
    this.#leave();
  }

  /** Gets out of the way when the network is perfect again; not before all is here that must not be overtaken. */
  #leave(): void {
    if (!this.#isInPlace || !this.#isPerfect || !this.#up.isEmpty || !this.#down.isEmpty) return;
    this.#isInPlace = false;
    this.#connection.filter(undefined);
  }
}
