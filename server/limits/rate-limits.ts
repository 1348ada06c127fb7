/**
 * The rate limits of each address: for any request, for a seat, for a room. Behind one address there may be a school,
 * so the narrow limits count what only attackers do: failed requests, and seats and rooms that nobody comes to.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { readMatchmaking } from "../colyseus/room-address.ts";
import type { Settings } from "../config/settings.ts";
import type { Addresses } from "../web/addresses.ts";
import { isMatchmaking } from "../web/head-check.ts";
import { type Refusal, refuseFor } from "../web/refusal.ts";
import { MinuteCounter } from "./minute-counter.ts";
import { PendingJoins } from "./pending-joins.ts";

const MINUTE_MS = 60_000;
const PENDING_SECONDS = 15;
const UNAVAILABLE = 503;

const TOO_OFTEN = refuseFor(60, "too many requests from this address", "REQUESTS_PER_MINUTE");
const TOO_MANY_ASKS = refuseFor(60, "too many players ask for a seat from this address", "MATCHMAKING_PER_MINUTE");
const TOO_MANY_FAILED = refuseFor(60, "too many joins from this address have failed", "FAILED_JOINS_PER_MINUTE");
const TOO_MANY_ROOMS = refuseFor(60, "too many rooms were made from this address", "CREATIONS_PER_MINUTE");
const TOO_MANY_PENDING = refuseFor(
  PENDING_SECONDS,
  "this address has reserved many seats and not come",
  "PENDING_JOINS",
);

type Limits = Pick<
  Settings,
  | "REQUESTS_PER_MINUTE"
  | "MATCHMAKING_PER_MINUTE"
  | "FAILED_JOINS_PER_MINUTE"
  | "CREATIONS_PER_MINUTE"
  | "PENDING_JOINS"
>;

export class RateLimits {
  readonly #addresses: Addresses;
  readonly #pending: PendingJoins;
  readonly #requests: MinuteCounter;
  readonly #asks: MinuteCounter;
  /** Asked in vain. */
  readonly #failed: MinuteCounter;
  /** Rooms of one's own that were made, and nobody has come yet. */
  readonly #creations: MinuteCounter;
  readonly #sweep: NodeJS.Timeout;

  constructor(addresses: Addresses, limits: Limits) {
    this.#addresses = addresses;
    this.#pending = new PendingJoins(limits.PENDING_JOINS);
    this.#requests = new MinuteCounter(limits.REQUESTS_PER_MINUTE);
    this.#asks = new MinuteCounter(limits.MATCHMAKING_PER_MINUTE);
    this.#failed = new MinuteCounter(limits.FAILED_JOINS_PER_MINUTE);
    this.#creations = new MinuteCounter(limits.CREATIONS_PER_MINUTE);
    const all = [this.#pending, this.#requests, this.#asks, this.#failed, this.#creations];
    this.#sweep = setInterval(() => {
      for (const each of all) each.sweep(performance.now());
    }, MINUTE_MS).unref();
  }

  /** Judges one request, which counts from now on. */
  judge(request: IncomingMessage, response: ServerResponse, address: string): Refusal | undefined {
    if (this.#addresses.isExempt(address)) return undefined;
    const key = this.#addresses.keyOf(address);
    const now = performance.now();
    if (!this.#requests.take(key, now)) return TOO_OFTEN;
    if (!isMatchmaking(request)) return undefined;
    if (!this.#asks.take(key, now)) return TOO_MANY_ASKS;
    if (this.#failed.isSpent(key, now)) return TOO_MANY_FAILED;
    if (!this.#pending.begin(key, now)) return TOO_MANY_PENDING;
    response.once("close", () => {
      if (response.statusCode < 300) return;
      this.#pending.cancel(key);
      // That no room can be made is nobody's fault who asks for one, and to be held back is no failure.
      if (response.statusCode !== UNAVAILABLE && response.statusCode !== TOO_MANY_ROOMS.status)
        this.#failed.take(key, performance.now());
    });
    return undefined;
  }

  /** The same for a room of one's own, as soon as it is known that this is one. */
  judgeCreation({ url = "" }: IncomingMessage, address: string): Refusal | undefined {
    if (readMatchmaking(url)?.method !== "create" || this.#addresses.isExempt(address)) return undefined;
    return this.#creations.take(this.#addresses.keyOf(address), performance.now()) ? undefined : TOO_MANY_ROOMS;
  }

  /** Matchmaking has given a client of this address a seat. */
  reserved(address: string, session: string, isCreation: boolean): void {
    this.#pending.reserved(this.#addresses.keyOf(address), session, isCreation);
  }

  /** A client has come to the seat that was reserved. @returns whether it was counted here. */
  arrived(session: string): boolean {
    const pending = this.#pending.end(session);
    if (pending?.isCreation === true) this.#creations.giveBack(pending.key);
    return pending !== undefined;
  }

  stop(): void {
    clearInterval(this.#sweep);
  }
}
