/**
 * The sender of a room: does at its clients' connections what the referee's outbox says, in order. What throws there costs that
 * client its connection, and the others nothing (R14).
 */
import type { Client } from "@colyseus/core";
import type { Plane } from "../../shared/engine/protocol/plane.ts";
import type { Effect, Outbox, Packet } from "../../shared/referee/peers/outbox.ts";
import type { Peer } from "../../shared/referee/peers/peer.ts";
import type { StreamPlane } from "../stream/stream-plane.ts";
import { ClientPeer } from "./client-peer.ts";
import type { RoomFaults } from "./room-faults.ts";

/** So many connections are brought into the processor's cache before the first of them is written to: it waits for all at once. */
const FETCHED_AT_ONCE = 64;

export interface SenderOptions {
  readonly plane: Pick<StreamPlane<unknown, unknown>, "add" | "remove" | "show" | "hide" | "serializer">;
  readonly faults: Pick<RoomFaults, "contain">;
  /** Brings the schema state up to date, and sends its patch: who comes to the stream plane is sent the whole of it after that. */
  readonly publish: () => void;
  /** Is told of who goes on on another plane. */
  readonly onMove: (id: string, plane: Plane) => void;
}

export class Sender {
  readonly #outbox: Outbox;
  readonly #options: SenderOptions;
  #isSending = false;
  /** Whether something is to go with the next packet of a client, and that may never come. */
  #isSomethingKept = false;

  constructor(outbox: Outbox, options: SenderOptions) {
    this.#outbox = outbox;
    this.#options = options;
  }

  /** Sends all that is in the outbox, and clears it. Never throws. */
  send(): void {
    const outbox = this.#outbox;
    // What is sent may make the room ask something of the match, and the answer is sent by the loop that runs already.
    if (outbox.length === 0 || this.#isSending) return;
    this.#isSending = true;
    for (let from = 0, end = 0; from < outbox.length; from = end) {
      end = Math.min(from + FETCHED_AT_ONCE, outbox.length);
      for (let at = from; at < end; at++) this.#attempt(outbox.peerAt(at), "fetch");
      for (let at = from; at < end; at++) this.#attempt(outbox.peerAt(at), outbox.contentAt(at));
    }
    if (this.#isSomethingKept) for (let at = 0; at < outbox.length; at++) this.#attempt(outbox.peerAt(at), "flush");
    this.#isSomethingKept = false;
    outbox.clear();
    this.#isSending = false;
  }

  /** All peers of a room are its clients. */
  #attempt(peer: Peer, content: Packet | Effect | "fetch" | "flush"): void {
    const client = ClientPeer.of(peer);
    try {
      if (client === undefined) return;
      if (content === "fetch") client.prefetch();
      else if (content === "flush") client.flush();
      else if (content instanceof Uint8Array) client.send(content);
      else this.#carryOut(client, content);
    } catch (error) {
      this.#fail(client!, error);
    }
  }

  #carryOut(peer: ClientPeer, effect: Effect): void {
    switch (effect.kind) {
      case "with-next":
        peer.sendWithNext(effect.packet);
        this.#isSomethingKept = true;
        break;
      case "refuse":
        peer.refuse(effect.name, effect.detail);
        break;
      case "answer":
        peer.answer(effect.name, effect.outcome);
        break;
      case "move":
        this.#move(peer, effect.plane);
        break;
      case "choke":
        if (effect.isChoked) this.#options.plane.hide(peer.client);
        else this.#show(peer.client);
        break;
      case "close":
        peer.close(effect.name);
        break;
    }
  }

  /** The referee has moved a client to the other plane. */
  #move({ client, id, isSpectator }: ClientPeer, to: Plane): void {
    const { plane, onMove } = this.#options;
    onMove(id, to);
    if (to === "lockstep") plane.remove(client);
    else {
      plane.add(client, isSpectator);
      this.#show(client);
    }
  }

  #show(client: Client): void {
    const { plane, publish } = this.#options;
    publish();
    plane.show(client);
    client.raw(plane.serializer.getFullState(client));
  }

  /** A packet is lost, and all that follow it would be of no use. */
  #fail(peer: ClientPeer, error: unknown): void {
    const cost = "a client is not sent something: it has to connect again";
    this.#options.faults.contain(error, cost, { client: peer.id });
    try {
      peer.cut();
    } catch (another) {
      this.#options.faults.contain(another, "and its connection cannot be closed", { client: peer.id });
    }
  }
}
