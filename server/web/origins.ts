/** Origins: whose pages may connect and join (RFC 6455, section 10.2). */
import type { IncomingHttpHeaders } from "node:http";
import { isSameHost, originOf } from "../config/web-names.ts";

export class Origins {
  readonly #allowed: readonly string[];

  /** @param allowed origins as `originOf` spells them, or "*". */
  constructor(allowed: readonly string[]) {
    this.#allowed = allowed;
  }

  /** No origin: no browser, so no page that borrows a visitor's credentials. */
  admits({ origin, host = "" }: Pick<IncomingHttpHeaders, "origin" | "host">): boolean {
    if (origin === undefined || this.#allowed.includes("*")) return true;
    return this.#allowed.includes(originOf(origin) ?? "") || isSameHost(origin, host);
  }
}
