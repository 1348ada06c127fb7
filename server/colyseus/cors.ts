/** Whose pages may connect and join: the allow-list of origins (RFC 6455, section 10.2), and the CORS answers to match. */
import type { IncomingHttpHeaders } from "node:http";
import { matchMaker } from "@colyseus/core";
import { isSameHost, originOf } from "../config/web-names.ts";

const ALLOW_ORIGIN = "Access-Control-Allow-Origin";

export class Origins {
  readonly #allowed: readonly string[];

  /** @param allowed origins as `originOf` spells them, or "*". */
  constructor(allowed: readonly string[]) {
    this.#allowed = allowed;
  }

  /** No origin: no browser, so no page that borrows somebody's credentials. */
  admits({ origin, host = "" }: Pick<IncomingHttpHeaders, "origin" | "host">): boolean {
    if (origin === undefined || this.#allowed.includes("*")) return true;
    return this.#allowed.includes(originOf(origin) ?? "") || isSameHost(origin, host);
  }

  /** Makes Colyseus answer only these pages across origins; by itself it answers any, with credentials. */
  answerCors(): void {
    const { controller } = matchMaker;
    delete (controller.DEFAULT_CORS_HEADERS as Partial<typeof controller.DEFAULT_CORS_HEADERS>)[ALLOW_ORIGIN];
    controller.getCorsHeaders = (headers) => {
      const origin = headers.get("origin") ?? undefined;
      const isAdmitted = origin !== undefined && this.admits({ origin, host: headers.get("host") ?? "" });
      return isAdmitted ? { Vary: "Origin", [ALLOW_ORIGIN]: origin } : { Vary: "Origin" };
    };
  }
}
