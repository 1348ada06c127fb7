/**
 * The authorization of operators, for the monitor and `/metrics`: the password, an operator's token, or a page's
 * ticket.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { ipKeyGenerator } from "express-rate-limit";
import type { Settings } from "../config/settings.ts";
import { type Refusal, refusal } from "../web/refusal.ts";
import { LoginThrottle } from "./login-throttle.ts";
import type { Tokens } from "./tokens.ts";

const TICKET_MS = 12 * 3_600_000;

export const CLOSED = refusal(
  403,
  "monitor/closed: the monitor is closed; set MONITOR_PASSWORD (at least 12 characters) and start the server again",
);
export const LOGIN = refusal(
  401,
  "monitor/login: this needs the password of MONITOR_PASSWORD, or an operator's token",
  {
    "www-authenticate": 'Basic realm="Phalanx monitor", charset="UTF-8"',
  },
);
const TOO_OFTEN = refusal(429, "monitor/login: too many wrong passwords from this address; try again in a minute", {
  "retry-after": "60",
});

/** Milliseconds of a clock that all processes of the machine share, and nobody sets. */
const machineMs = (): number => Number(process.hrtime.bigint() / 1_000_000n);

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** In a time that does not tell where they differ. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** The password of a basic login, whose user name may be any; undefined when it is none. */
function passwordOf(credentials: string): string | undefined {
  const login = Buffer.from(credentials, "base64").toString("utf8");
  const colon = login.indexOf(":");
  return colon < 0 ? undefined : login.slice(colon + 1);
}

export class OperatorAuth {
  /** Everybody may come in: `npm run dev`, and nothing else, says so. */
  isOpen = false;
  readonly #password: string;
  readonly #tokens: Tokens;
  readonly #guesses = new LoginThrottle();
  readonly #key: Uint8Array;

  /**
   * @param key signs the tickets of pages; left out: one of this process. After a new start pages load again, and the
   * browser logs in by itself.
   */
  constructor(
    { MONITOR_PASSWORD }: Pick<Settings, "MONITOR_PASSWORD">,
    tokens: Tokens,
    key: Uint8Array = randomBytes(32),
  ) {
    this.#key = key;
    this.#password = MONITOR_PASSWORD;
    this.#tokens = tokens;
  }

  /**
   * @param authorization the header: `Basic` with the password, or `Bearer` with a ticket or an operator's token.
   * @returns why a visitor is not let in; undefined when they are.
   */
  async judge(authorization: string | undefined, address: string): Promise<Refusal | undefined> {
    if (this.isOpen) return undefined;
    if (this.#password === "" && !this.#tokens.isRequired) return CLOSED;
    if (authorization === undefined) return this.#password === "" ? CLOSED : LOGIN;
    const [scheme = "", credentials = ""] = authorization.split(" ", 2);
    if (scheme.toLowerCase() === "bearer") return (await this.admits(credentials)) ? undefined : LOGIN;
    return this.#password === "" ? CLOSED : this.#judgePassword(scheme, credentials, ipKeyGenerator(address));
  }

  /** Whether this is a ticket or an operator's token: what comes with a WebSocket. */
  async admits(token: string | null | undefined): Promise<boolean> {
    if (this.isOpen) return true;
    if (!token) return false;
    return (
      this.#isTicket(token) || (this.#tokens.isRequired && (await this.#tokens.identify(token))?.isOperator === true)
    );
  }

  /** For a page that was let in: with it, it may join the monitor's room for some hours. */
  ticket(): string {
    const until = String(machineMs() + TICKET_MS);
    return `${until}.${this.#sign(until)}`;
  }

  /** Tickets and tokens cannot be guessed; passwords can. */
  #judgePassword(scheme: string, credentials: string, key: string): Refusal | undefined {
    const now = performance.now();
    if (!this.#guesses.mayGuess(key, now)) return TOO_OFTEN;
    const password = scheme.toLowerCase() === "basic" ? passwordOf(credentials) : undefined;
    if (password !== undefined && isSame(password, this.#password)) return undefined;
    this.#guesses.missed(key, now);
    return LOGIN;
  }

  #isTicket(token: string): boolean {
    const [until = "", signature = ""] = token.split(".", 2);
    return isSame(signature, this.#sign(until)) && Number(until) > machineMs();
  }

  #sign(text: string): string {
    return createHmac("sha256", this.#key).update(text).digest("base64url");
  }
}
