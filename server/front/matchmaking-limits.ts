/** How often an address may ask for a seat, and how many it may have reserved without coming. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Request, Response } from "express";
import { type RateLimitRequestHandler, rateLimit } from "express-rate-limit";
import type { Settings } from "../settings.ts";
import type { Addresses } from "./addresses.ts";
import { PendingJoins } from "./pending-joins.ts";
import { type Refusal, refusal } from "./refusal.ts";

const MINUTE_MS = 60_000;
const TOO_OFTEN = refusal(429, "too many requests from this address; try again in a minute", { "retry-after": "60" });
const TOO_MANY = refusal(429, "this address has reserved many seats and not come", { "retry-after": "15" });

type Limits = Pick<Settings, "MATCHMAKING_PER_MINUTE" | "CREATIONS_PER_MINUTE" | "PENDING_JOINS">;

/** What the limiters know of a request. */
type Asking = IncomingMessage & { key?: string };

function limiter(limit: number): RateLimitRequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit,
    keyGenerator: (request) => (request as Asking).key ?? "",
    handler: (_request, _response, next) => next(TOO_OFTEN),
    standardHeaders: false,
    legacyHeaders: false,
    // They are about express's own reading of forwarded addresses, which nothing here does.
    validate: false,
  });
}

export class MatchmakingLimits {
  readonly #addresses: Addresses;
  readonly #pending: PendingJoins;
  readonly #any: RateLimitRequestHandler;
  readonly #creation: RateLimitRequestHandler;
  readonly #sweep: NodeJS.Timeout;

  constructor(addresses: Addresses, limits: Limits) {
    this.#addresses = addresses;
    this.#pending = new PendingJoins(limits.PENDING_JOINS);
    this.#any = limiter(limits.MATCHMAKING_PER_MINUTE);
    this.#creation = limiter(limits.CREATIONS_PER_MINUTE);
    this.#sweep = setInterval(() => this.#pending.sweep(performance.now()), MINUTE_MS).unref();
  }

  /** Judges one request for a seat, which counts from now on. */
  async judge(request: IncomingMessage, response: ServerResponse, address: string): Promise<Refusal | undefined> {
    if (this.#addresses.isExempt(address)) return undefined;
    const key = this.#addresses.keyOf(address);
    (request as Asking).key = key;
    const limiters = request.url?.startsWith("/matchmake/create/") ? [this.#any, this.#creation] : [this.#any];
    for (const each of limiters) {
      const refused = await pass(each, request, response);
      if (refused !== undefined) return refused;
    }
    if (!this.#pending.begin(key, performance.now())) return TOO_MANY;
    response.once("finish", () => {
      if (response.statusCode >= 300) this.#pending.end(key);
    });
    return undefined;
  }

  /** Somebody of this address has come to the seat that was reserved. */
  arrived(address: string): void {
    this.#pending.end(this.#addresses.keyOf(address));
  }

  stop(): void {
    clearInterval(this.#sweep);
  }
}

/** Runs an express middleware on a request that express has not seen. */
function pass(handler: RateLimitRequestHandler, request: IncomingMessage, response: ServerResponse) {
  return new Promise<Refusal | undefined>((resolve, reject) => {
    const next = (refused?: unknown): void => {
      if (refused instanceof Error) reject(refused);
      else resolve(refused as Refusal | undefined);
    };
    void handler(request as Request, response as Response, next);
  });
}
