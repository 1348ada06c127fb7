/**
 * The admission of connections: a number of each address at once, and a number in a minute; and what is told to the
 * others.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Advice } from "../base/advice.ts";
import type { Settings } from "../config/settings.ts";
import { type Addresses, plainAddress } from "../web/addresses.ts";
import { type Refusal, refuseConnection, refuseFor } from "../web/refusal.ts";
import { ConnectionCaps, type Place } from "./connection-caps.ts";
import { ConnectionRate } from "./connection-rate.ts";

export const CROWDED = refuseFor(15, "too many connections from this address", "CONNECTIONS_PER_ADDRESS");
const HURRIED = refuseFor(60, "too many new connections from this address", "CONNECTIONS_PER_MINUTE");

const MINUTE_MS = 60_000;
/** The most that are told at a time why they are not let in; more than that is no crowd of players. */
const MOST_TOLD = 64;

type Limits = Pick<Settings, "CONNECTIONS_PER_ADDRESS" | "CONNECTIONS_PER_MINUTE" | "TLS_CERT">;

/** Which connection of which address: TLS puts one socket around another, and both have this. */
const wayOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

export class Admission {
  readonly #addresses: Addresses;
  readonly #advice: Advice;
  readonly #caps: ConnectionCaps;
  readonly #rate: ConnectionRate;
  readonly #isTls: boolean;
  readonly #sweep: NodeJS.Timeout;
  readonly #places = new Map<string, Place>();
  #told = 0;

  constructor(addresses: Addresses, advice: Advice, limits: Limits) {
    this.#addresses = addresses;
    this.#advice = advice;
    this.#caps = new ConnectionCaps(limits.CONNECTIONS_PER_ADDRESS);
    this.#rate = new ConnectionRate(limits.CONNECTIONS_PER_MINUTE);
    this.#isTls = limits.TLS_CERT !== "";
    this.#sweep = setInterval(() => this.#rate.sweep(performance.now()), MINUTE_MS).unref();
  }

  /** Whether a connection may stay; one that may not is told why, and gone. */
  admit(socket: Socket): boolean {
    const peer = plainAddress(socket.remoteAddress);
    const refused = this.#addresses.isProxy(peer) ? undefined : this.take(peer, socket);
    if (refused === undefined) return true;
    const { sentence, mend = "" } = refused;
    this.#advice.give(sentence, this.#addresses.keyOf(peer), { address: peer }, mend);
    // Before the handshake of TLS there is no language to say it in; and who hurries would be answered all the time.
    if (this.#isTls || refused === HURRIED || this.#told >= MOST_TOLD) socket.destroy();
    else {
      this.#told++;
      refuseConnection(socket, refused, () => this.#told--);
    }
    return false;
  }

  /** Takes one of the address's connections, until it is closed. @returns why it may not. */
  take(address: string, socket: Duplex): Refusal | undefined {
    if (this.#addresses.isExempt(address)) return undefined;
    const key = this.#addresses.keyOf(address);
    if (!this.#rate.take(key, performance.now())) return HURRIED;
    const place = this.#caps.take(key);
    if (place === undefined) return CROWDED;
    const way = wayOf(socket as Socket);
    this.#places.set(way, place);
    socket.once("close", () => {
      place.leave();
      if (this.#places.get(way) === place) this.#places.delete(way);
    });
    return undefined;
  }

  /** A request has come: its connection counts until it is answered well. @returns why it is not served. */
  serve({ socket }: IncomingMessage, response: ServerResponse): Refusal | undefined {
    const place = this.#places.get(wayOf(socket));
    if (place === undefined) return undefined;
    if (!place.resume()) return CROWDED;
    response.once("close", () => {
      if (response.statusCode < 400) place.rest();
    });
    return undefined;
  }

  /** A WebSocket begins on it. */
  upgrade({ socket }: IncomingMessage): Refusal | undefined {
    return this.#places.get(wayOf(socket))?.resume() === false ? CROWDED : undefined;
  }

  /** Why this address could not open a WebSocket now, if so: better said before it has a seat. */
  judge(address: string, { socket }: IncomingMessage): Refusal | undefined {
    if (this.#addresses.isExempt(address)) return undefined;
    const key = this.#addresses.keyOf(address);
    if (this.#rate.isLow(key, performance.now())) return HURRIED;
    return this.#caps.isFull(key, this.#places.has(wayOf(socket)) ? 1 : 0) ? CROWDED : undefined;
  }

  /** What the connection did costs more than a connection: it is cut, and counts for a minute more. */
  punish(socket: Socket): void {
    if (socket.destroyed) return;
    const address = plainAddress(socket.remoteAddress);
    if (!this.#addresses.isExempt(address) && !this.#addresses.isProxy(address))
      this.#caps.penalise(this.#addresses.keyOf(address), MINUTE_MS);
    socket.destroy();
  }

  stop(): void {
    clearInterval(this.#sweep);
  }
}
