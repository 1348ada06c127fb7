/** Names of hosts and origins in the one spelling they are compared in: browsers, proxies and people write them differently. */
import { isIPv6 } from "node:net";

/** Scheme, host and port, and nothing behind them: what a browser sends as Origin (RFC 6454, section 7). */
const ORIGIN = /^([a-z][a-z0-9+.-]*):\/\/[^\s/?#@,\\]+$/i;

/** "play.example." is the same name as "play.example", written out to the root. */
const withoutRoot = (url: URL): string => `${url.hostname.replace(/(?<=[^.])\.$/, "")}${url.port && `:${url.port}`}`;

/** An origin, its host in small letters and without the port that its scheme has anyway; undefined when it is none. */
export function originOf(text: string): string | undefined {
  const scheme = ORIGIN.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === "file" || !URL.canParse(text)) return undefined;
  // Pages of apps, such as capacitor://localhost, which URL knows no rules for.
  if (scheme !== "http" && scheme !== "https") return text.toLowerCase();
  return `${scheme}://${withoutRoot(new URL(text))}`;
}

/** The name in a Host header or in a setting, without its port; undefined when it is none. */
export function hostNameOf(host: string): string | undefined {
  const url = `http://${isIPv6(host) ? `[${host}]` : host}`;
  return ORIGIN.test(url) && URL.canParse(url) ? withoutRoot(new URL(url)).replace(/:\d+$/, "") : undefined;
}

/** Whether a page of this origin comes from the server that is asked under this Host, whichever way both are written. */
export function isSameHost(origin: string, host: string): boolean {
  const page = originOf(origin);
  const scheme = /^https?:/.exec(page ?? "")?.[0];
  return scheme !== undefined && page === originOf(`${scheme}//${host}`);
}
