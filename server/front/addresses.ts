/** Whose request it is: the peer's address, or what a trusted proxy says; what others say of it is not believed. */
import type { IncomingMessage } from "node:http";
import { type BlockList, isIP } from "node:net";
import { ipKeyGenerator } from "express-rate-limit";
import type { Settings } from "../settings.ts";

/** What Colyseus and others would read an address, a host or a scheme from. */
const FORWARDED = /^(forwarded|x-forwarded-.*|x-real-ip|x-client-ip)$/;
/** Every proxy adds one; more is no chain of proxies. */
const MOST_HOPS = 10;

/** An IPv4 address is one, whichever socket it came through. */
export const plainAddress = (address: string | undefined): string => (address ?? "").replace(/^::ffff:(?=\d+\.)/i, "");

function isIn(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? "ipv6" : "ipv4");
}

export class Addresses {
  readonly #proxies: BlockList;
  readonly #exempt: BlockList;
  /** Called for each request of a proxy that the settings do not name. */
  onStrangeProxy: (address: string) => void = () => {};

  constructor({ TRUST_PROXY, EXEMPT }: Pick<Settings, "TRUST_PROXY" | "EXEMPT">) {
    this.#proxies = TRUST_PROXY;
    this.#exempt = EXEMPT;
  }

  isProxy(address: string): boolean {
    return isIn(this.#proxies, address);
  }

  isExempt(address: string): boolean {
    return isIn(this.#exempt, address);
  }

  /** What limits are counted by: an IPv6 customer has a whole network. */
  keyOf(address: string): string {
    return ipKeyGenerator(address);
  }

  /**
   * The address a request comes from; undefined when a trusted proxy says something that is none. Takes all forwarding
   * headers out of the request and leaves one, `x-real-ip`, which is where Colyseus looks first.
   */
  settle({ headers, socket }: IncomingMessage): string | undefined {
    const peer = plainAddress(socket.remoteAddress);
    const chain = headers["x-forwarded-for"]?.toString();
    for (const name of Object.keys(headers)) if (FORWARDED.test(name)) delete headers[name];
    if (chain !== undefined && !this.isProxy(peer)) this.onStrangeProxy(peer);
    const address = chain === undefined || !this.isProxy(peer) ? peer : this.#lastStranger(chain);
    if (address !== undefined) headers["x-real-ip"] = address;
    return address;
  }

  /** From the right, the first that is no proxy of ours: what stands left of it anybody could have written. */
  #lastStranger(chain: string): string | undefined {
    const hops = chain.split(",").map((hop) => plainAddress(hop.trim()));
    if (hops.length > MOST_HOPS || hops.some((hop) => isIP(hop) === 0)) return undefined;
    return hops.findLast((hop) => !this.isProxy(hop)) ?? hops[0];
  }
}
