/** The way of a message of the server: to the lockstep client, which stands still while this client is on the stream plane. */
import type { LockstepClient } from "../../shared/engine/lockstep/lockstep-client.ts";
import { Down, decodeDown } from "../../shared/engine/protocol/down.ts";
import type { Plane, PlaneReason } from "../../shared/engine/protocol/plane.ts";

/** What the server says about planes. */
export interface PlaneNews {
  readonly plane: Plane;
  readonly reason: PlaneReason;
  /** Whether this client was on the other one. */
  readonly isMove: boolean;
}

/** What of a client a message of the server may reach. */
type RoutedClient = Pick<LockstepClient<unknown, unknown>, "receive" | "restart" | "suspend">;

export class PlaneRouter {
  readonly #client: RoutedClient;
  #plane: Plane;

  /** @param plane the one to begin on. */
  constructor(client: RoutedClient, plane: Plane) {
    this.#client = client;
    this.#plane = plane;
    if (plane === "stream") client.suspend();
  }

  /** The plane this client is on, as the server last said. */
  get plane(): Plane {
    return this.#plane;
  }

  /** Takes a message at `now` (ms). Returns what it says about planes, undefined for any other, which the client then has. */
  receive(type: number, bytes: Uint8Array, now: number): PlaneNews | undefined {
    const message = type === Down.plane ? decodeDown(type, bytes) : undefined;
    if (message?.kind !== "plane") {
      this.#client.receive(type, bytes, now);
      return undefined;
    }
    const { plane, reason } = message;
    const isMove = plane !== this.#plane;
    this.#plane = plane;
    if (isMove && plane === "lockstep") this.#client.restart();
    if (isMove && plane === "stream") this.#client.suspend();
    return { plane, reason, isMove };
  }
}
