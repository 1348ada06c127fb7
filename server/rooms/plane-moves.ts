/**
 * The moves of a room's clients: who comes to the stream plane and leaves it, and who is sent no world on it for a
 * while.
 */
import type { Client } from "@colyseus/core";
import type { Plane } from "../../shared/engine/protocol/plane.ts";
import type { StreamPlane } from "../stream/stream-plane.ts";
import type { ClientPeer, PeerPlanes } from "./client-peer.ts";
import type { TickWork } from "./tick-work.ts";

export class PlaneMoves<I, S> implements PeerPlanes {
  readonly #plane: StreamPlane<I, S>;
  readonly #tick: Pick<TickWork<I, S>, "publishOrFault">;

  constructor(plane: StreamPlane<I, S>, tick: Pick<TickWork<I, S>, "publishOrFault">) {
    this.#plane = plane;
    this.#tick = tick;
  }

  /** The referee moved a client to the other plane. */
  move({ client, isSpectator }: ClientPeer, plane: Plane): void {
    if (plane === "lockstep") this.#plane.remove(client);
    else {
      this.#plane.add(client, isSpectator);
      this.#show(client);
    }
  }

  choke({ client }: ClientPeer, isChoked: boolean): void {
    if (isChoked) this.#plane.hide(client);
    else this.#show(client);
  }

  #show(client: Client): void {
    this.#tick.publishOrFault();
    this.#plane.show(client);
    client.raw(this.#plane.serializer.getFullState(client));
  }
}
