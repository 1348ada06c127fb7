/** Requests of matchmaking as Colyseus reads them: where it looks for the body, and for the address that asks. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** The header where Colyseus looks first for the address of a request; the front line leaves no other of them. */
const ADDRESS_HEADER = "x-real-ip";

interface Read {
  /** Colyseus reads the body by itself when nothing is here. */
  body?: string;
}

/** Port: leaves a body that was read where Colyseus looks before it reads. */
export function giveBody(request: IncomingMessage, json: string): void {
  (request as IncomingMessage & Read).body = json;
}

/** The body that was left there; "{}" when there is none. */
export const bodyOf = (request: IncomingMessage): string => (request as IncomingMessage & Read).body ?? "{}";

/** Port: says whose request it is. */
export function giveAddress(headers: IncomingHttpHeaders, address: string): void {
  headers[ADDRESS_HEADER] = address;
}

/** The address of a request, as the front line has set it; "" when it has not. */
export function addressOf(headers: IncomingHttpHeaders | Headers | undefined): string {
  const said = headers instanceof Headers ? headers.get(ADDRESS_HEADER) : headers?.[ADDRESS_HEADER];
  return String(said ?? "");
}
