/**
 * The address that a request comes from: the peer's, or the one a trusted proxy names; other headers are not believed.
 */
import type { IncomingMessage } from "node:http";
import { type BlockList, isIP, SocketAddress } from "node:net";
import { ipKeyGenerator } from "express-rate-limit";
import { giveAddress } from "../colyseus/http-request.ts";
import type { Settings } from "../config/settings.ts";

/** The headers from which Colyseus and others would read an address, a host or a scheme. */
const FORWARDED = /^(forwarded|x-forwarded-.*|x-real-ip|x-client-ip)$/;
/** Every proxy adds one; more is no chain of proxies. */
const MOST_HOPS = 10;

/** Proxies say so of a client that they do not know or do not name (RFC 7239, sections 6.2 and 6.3). */
const NAMELESS = /^(unknown|_[\w.-]+)(:[\w.-]+)?$/i;
/** An address as proxies write it: IPv6 in brackets or not, with a port or without one. */
const HOP = /^(?:\[([^\]]+)\]|([\d.]+|[\da-f:.%\w]*:[\da-f:.%\w]*:[\da-f:.%\w]*))(?::\d{1,5})?$/i;
/** The sender of each hop in `Forwarded: for=192.0.2.60;proto=http, for="[2001:db8::17]:4711"` (RFC 7239, section 4). */
const FOR = /(?:^|;)\s*for\s*=\s*(?:"([^"]*)"|([^\s;]*))/i;

/** An IPv4 address is one, whichever socket it came through; and which interface an address is behind is no part of it. */
export const plainAddress = (address: string | undefined): string =>
  (address ?? "").replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");

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

  /** The key that limits are counted by: an IPv6 customer has a whole network. */
  keyOf(address: string): string {
    return ipKeyGenerator(address);
  }

  /**
   * The address a request comes from; undefined when a trusted proxy says something that is none. Takes all forwarding
   * headers out of the request and leaves one, where Colyseus looks first.
   */
  settle({ headers, socket }: IncomingMessage): string | undefined {
    const peer = plainAddress(socket.remoteAddress);
    const chain = headers["x-forwarded-for"]?.toString() ?? chainOf(headers.forwarded);
    for (const name of Object.keys(headers)) if (FORWARDED.test(name)) delete headers[name];
    if (chain !== undefined && !this.isProxy(peer)) this.onStrangeProxy(peer);
    const address = chain === undefined || !this.isProxy(peer) ? peer : this.#lastStranger(chain, peer);
    if (address !== undefined) giveAddress(headers, address);
    return address;
  }

  /**
   * From the right, the first that is no proxy of ours: what stands left of it anybody could have written. Where a
   * proxy names no client, that proxy stands.
   */
  #lastStranger(chain: string, peer: string): string | undefined {
    // Nothing between two commas is no hop (RFC 9110, section 5.6.1.2).
    const hops = chain
      .split(",")
      .map((hop) => hop.trim())
      .filter((hop) => hop !== "");
    if (hops.length === 0 || hops.length > MOST_HOPS) return undefined;
    let known = peer;
    for (const hop of hops.reverse()) {
      if (NAMELESS.test(hop)) return known;
      const address = addressOf(hop);
      if (address === undefined || !this.isProxy(address)) return address;
      known = address;
    }
    return known;
  }
}

/** The address of a hop in its one spelling; undefined when it is none. */
function addressOf(hop: string): string | undefined {
  const [, bracketed, plain = bracketed ?? ""] = HOP.exec(hop) ?? [];
  if (isIP(plain) === 0) return undefined;
  return plainAddress(new SocketAddress({ address: plain, family: isIP(plain) === 6 ? "ipv6" : "ipv4" }).address);
}

/** The equivalent of `X-Forwarded-For`, for proxies that send the standard's header instead. */
function chainOf(forwarded: string | undefined): string | undefined {
  return forwarded
    ?.split(",")
    .filter((hop) => hop.trim() !== "")
    .map(
      (hop) =>
        FOR.exec(hop)
          ?.slice(1)
          .find((value) => value !== undefined) ?? "unknown",
    )
    .join(",");
}
