/** How often an address may ask for anything, for a seat, for a room; and how many seats it may have without coming. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Request, Response } from "express";
import { type RateLimitRequestHandler, rateLimit } from "express-rate-limit";
import type { Settings } from "../settings.ts";
import type { Addresses } from "./addresses.ts";
import { isMatchmaking } from "./head-check.ts";
import { PendingJoins } from "./pending-joins.ts";
import { type Refusal, refusal } from "./refusal.ts";

const MINUTE_MS = 60_000;
const TOO_OFTEN = refusal(429, "too many requests from this address; try again in a minute", { "retry-after": "60" });
const TOO_MANY = refusal(429, "this address has reserved many seats and not come", { "retry-after": "15" });

type Limits = Pick<
  Settings,
  "REQUESTS_PER_MINUTE" | "MATCHMAKING_PER_MINUTE" | "CREATIONS_PER_MINUTE" | "PENDING_JOINS"
>;

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

export class RateLimits {
  readonly #addresses: Addresses;
  readonly #pending: PendingJoins;
  readonly #request: RateLimitRequestHandler;
  readonly #matchmaking: RateLimitRequestHandler;
  readonly #creation: RateLimitRequestHandler;
  readonly #sweep: NodeJS.Timeout;

  constructor(addresses: Addresses, limits: Limits) {
    this.#addresses = addresses;
    this.#pending = new PendingJoins(limits.PENDING_JOINS);
    this.#request = limiter(limits.REQUESTS_PER_MINUTE);
    this.#matchmaking = limiter(limits.MATCHMAKING_PER_MINUTE);
    this.#creation = limiter(limits.CREATIONS_PER_MINUTE);
    this.#sweep = setInterval(() => this.#pending.sweep(performance.now()), MINUTE_MS).unref();
  }

  /** Judges one request, which counts from now on. */
  async judge(request: IncomingMessage, response: ServerResponse, address: string): Promise<Refusal | undefined> {
    if (this.#addresses.isExempt(address)) return undefined;
    const key = this.#addresses.keyOf(address);
    (request as Asking).key = key;
    for (const limit of this.#limitsOn(request)) {
      const refused = await pass(limit, request, response);
      if (refused !== undefined) return refused;
    }
    if (!isMatchmaking(request)) return undefined;
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

  #limitsOn(request: IncomingMessage): RateLimitRequestHandler[] {
    if (!isMatchmaking(request)) return [this.#request];
    if (!request.url?.startsWith("/matchmake/create/")) return [this.#request, this.#matchmaking];
    return [this.#request, this.#matchmaking, this.#creation];
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
