/** A Colyseus client as a peer of the match. */
import { type Client, ClientState, getMessageBytes, Protocol } from "@colyseus/core";
import { CLOSE_CODES, type CloseName, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import type { Plane } from "../match/member.ts";
import type { Pack, Packet, Peer } from "../match/peer.ts";

/** One envelope for all receivers: the frame is built once per room and tick. */
export const packForColyseus: Pack = (type, payload) =>
  getMessageBytes.raw(Protocol.ROOM_DATA_BYTES, type, undefined, payload);

export class ClientPeer implements Peer {
  readonly id: string;
  readonly plane: Plane;
  readonly #client: Client;

  constructor(client: Client, plane: Plane) {
    this.id = client.sessionId;
    this.plane = plane;
    this.#client = client;
  }

  get isJoined(): boolean {
    return this.#client.state === ClientState.JOINED;
  }

  get bufferedBytes(): number {
    return (this.#client.ref as unknown as { readonly bufferedAmount: number }).bufferedAmount;
  }

  /** Only to a client that has acknowledged its join: for others Colyseus would queue without bound. */
  send(packet: Packet): void {
    if (this.isJoined) this.#client.raw(packet);
  }

  refuse(name: string, detail: string): void {
    if (this.isJoined) this.#client.send("error", { name, message: detail });
  }

  close(name: CloseName): void {
    this.#client.leave(CLOSE_CODES[name].code, closeReason(name));
  }
}
