/** A Colyseus client as a peer of the match. */
import { type Client, ClientState } from "@colyseus/core";
import { CLOSE_CODES, type CloseName, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import type { Plane } from "../../shared/engine/protocol/plane.ts";
import type { Pack, Packet, Peer } from "../../shared/referee/peers/peer.ts";
import { socketOf } from "../colyseus/client-socket.ts";
import { BYTES_MESSAGE } from "../colyseus/envelope.ts";
import type { ServerSocket, SocketOutlet } from "../colyseus/server-socket.ts";
import { webSocketFrame } from "../socket/web-socket-frame.ts";
import type { JoinOptions } from "./join-options.ts";

/** One envelope for all receivers, with the WebSocket's header in front: built once per room and tick. */
export const packForColyseus: Pack = (type, payload) => webSocketFrame(BYTES_MESSAGE, type, payload);

export type PeerOptions = Pick<
  JoinOptions,
  "plane" | "watch" | "engine" | "logic" | "isOtherBuild" | "name" | "subject"
>;

/** What the room does for the stream plane. */
export interface PeerPlanes {
  /** The peer is on this plane from now on, and was on the other one. */
  move(peer: ClientPeer, plane: Plane): void;
  /** The peer is to be sent no more patches, or a whole world and patches again. */
  choke(peer: ClientPeer, isChoked: boolean): void;
}

export class ClientPeer implements Peer {
  /** Kept, because V8 keeps Colyseus's client as a dictionary, and every look into one is a search. */
  readonly #line: SocketOutlet;
  #isJoined = false;
  /** To be written with the next packet. */
  #first: Packet | undefined;
  readonly id: string;
  /** How it takes part, with the plane it came on: on the stream plane Colyseus sends it the world as patches. */
  readonly options: PeerOptions;
  readonly client: Client;
  /** The connection below Colyseus. */
  readonly socket: ServerSocket;
  readonly #planes: PeerPlanes;

  constructor(client: Client, options: PeerOptions, planes: PeerPlanes) {
    this.id = client.sessionId;
    this.options = options;
    this.client = client;
    this.socket = socketOf(client);
    this.#line = this.socket.line;
    this.#planes = planes;
  }

  /** The same participant on a new connection, on the plane of before. */
  on(client: Client, plane: Plane): ClientPeer {
    return new ClientPeer(client, { ...this.options, plane }, this.#planes);
  }

  /** A spectator. */
  get isSpectator(): boolean {
    return this.options.watch;
  }

  get isJoined(): boolean {
    this.#isJoined ||= this.client.state === ClientState.JOINED;
    return this.#isJoined;
  }

  get bufferedBytes(): number {
    return this.#line.unsentBytes;
  }

  get writtenBytes(): number {
    return this.#line.writtenBytes;
  }

  get takenBytes(): number {
    return this.#line.takenBytes;
  }

  prefetch(): void {
    this.#line.prefetch();
  }

  /** Only to a client that has acknowledged its join: for others Colyseus would queue without bound. */
  send(packet: Packet): void {
    if (!this.isJoined) return;
    const first = this.#first;
    this.#first = undefined;
    this.#line.write(first === undefined ? packet : Buffer.concat([first, packet]));
  }

  sendWithNext(packet: Packet): void {
    this.flush();
    this.#first = packet;
  }

  flush(): void {
    const first = this.#first;
    this.#first = undefined;
    if (first !== undefined) this.send(first);
  }

  moveTo(plane: Plane): void {
    this.#planes.move(this, plane);
  }

  choke(isChoked: boolean): void {
    this.#planes.choke(this, isChoked);
  }

  refuse(name: string, detail: string): void {
    if (this.isJoined) this.client.send("error", { name, message: detail });
  }

  close(name: CloseName): void {
    this.client.leave(CLOSE_CODES[name].code, closeReason(name));
  }
}
