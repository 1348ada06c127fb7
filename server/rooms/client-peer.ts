/** A Colyseus client as a peer of the match. */
import { type Client, ClientState, CloseCode } from "@colyseus/core";
import { CLOSE_CODES, type CloseName, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import type { Plane } from "../../shared/engine/protocol/plane.ts";
import type { Pack, Packet } from "../../shared/referee/peers/outbox.ts";
import type { Peer } from "../../shared/referee/peers/peer.ts";
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

/** The line of a connection that was cut: whatever is written to it is lost. */
const NOWHERE: SocketOutlet = { unsentBytes: 0, writtenBytes: 0, takenBytes: 0, prefetch: () => {}, write: () => {} };

export class ClientPeer implements Peer {
  /** Kept, because V8 keeps Colyseus's client as a dictionary, and every look into one is a search. */
  #line: SocketOutlet;
  #isJoined = false;
  /** To be written with the next packet. */
  #first: Packet | undefined;
  readonly id: string;
  /** How it takes part, with the plane it came on: on the stream plane Colyseus sends it the world as patches. */
  readonly options: PeerOptions;
  readonly client: Client;
  /** The connection below Colyseus. */
  readonly socket: ServerSocket;

  constructor(client: Client, options: PeerOptions) {
    this.id = client.sessionId;
    this.options = options;
    this.client = client;
    this.socket = socketOf(client);
    this.#line = this.socket.line;
  }

  /** A peer of a room, as all of them are. */
  static of(peer: Peer): ClientPeer | undefined {
    return peer instanceof ClientPeer ? peer : undefined;
  }

  /** The same participant on a new connection, on the plane of before. */
  on(client: Client, plane: Plane): ClientPeer {
    return new ClientPeer(client, { ...this.options, plane });
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

  /** Something will be sent soon: brings what that needs into the processor's cache. */
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

  /** Sends it together with the next one, in front of it; or by itself at the next `flush`. */
  sendWithNext(packet: Packet): void {
    this.flush();
    this.#first = packet;
  }

  flush(): void {
    const first = this.#first;
    this.#first = undefined;
    if (first !== undefined) this.send(first);
  }

  /** Tells a stream client why its input was refused. */
  refuse(name: string, detail: string): void {
    if (this.isJoined) this.client.send("error", { name, message: detail });
  }

  /** Ends the connection with one of our close codes. */
  close(name: CloseName): void {
    this.client.leave(CLOSE_CODES[name].code, closeReason(name));
  }

  /** Ends a connection on which something was lost: its client makes another one, and its seat is held for that. */
  cut(): void {
    this.#line = NOWHERE;
    this.#first = undefined;
    this.client.leave(CloseCode.MAY_TRY_RECONNECT);
  }
}
