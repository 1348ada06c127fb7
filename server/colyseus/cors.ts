/**
 * The CORS answers of Colyseus's matchmaking, by our list of origins: by itself it answers the pages of any origin,
 * with credentials.
 */
import { matchMaker } from "@colyseus/core";

const ALLOW_ORIGIN = "Access-Control-Allow-Origin";

/** Whether a page of this origin may read answers that were asked of this host. */
type Admits = (asked: { readonly origin: string; readonly host: string }) => boolean;

/** Port: Colyseus answers only these pages across origins, in all of the process. */
export function answerCors(admits: Admits): void {
  const { controller } = matchMaker;
  delete (controller.DEFAULT_CORS_HEADERS as Partial<typeof controller.DEFAULT_CORS_HEADERS>)[ALLOW_ORIGIN];
  controller.getCorsHeaders = (headers) => {
    const origin = headers.get("origin") ?? undefined;
    const isAdmitted = origin !== undefined && admits({ origin, host: headers.get("host") ?? "" });
    return isAdmitted ? { Vary: "Origin", [ALLOW_ORIGIN]: origin } : { Vary: "Origin" };
  };
}
