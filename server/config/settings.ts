/** Every setting of the server: its name in the environment, default, range, and one line of explanation. */
import { BlockList, isIP } from "node:net";
import { availableParallelism } from "node:os";
import { z } from "zod";
import { hostNameOf, originOf } from "./web-names.ts";

interface Setting<T> {
  readonly type: z.ZodType<T>;
  /** Completes "X is not ...". */
  readonly what: string;
  /** Completes "give ...". */
  readonly range: string;
  readonly byDefault: string;
  readonly line: string;
}

const numeric = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .transform(Number);

function whole(least: number, most: number, byDefault: number, line: string, what = "in range"): Setting<number> {
  const type = numeric.pipe(z.number().int().min(least).max(most));
  return { type, what, range: `a whole number from ${least} to ${most}`, byDefault: String(byDefault), line };
}

function seconds(least: number, most: number, byDefault: number, line: string): Setting<number> {
  const type = numeric.pipe(z.number().min(least).max(most));
  return { type, what: "a time", range: `seconds from ${least} to ${most}`, byDefault: String(byDefault), line };
}

function text(byDefault: string, range: string, line: string): Setting<string> {
  return { type: z.string(), what: "a text", range, byDefault, line };
}

const parts = (list: string): string[] => list.split(/[\s,]+/).filter((part) => part !== "" && part !== "none");

/** A list whose parts are brought into one spelling. @param read undefined for what is no such part. */
function names(read: (part: string) => string | undefined): z.ZodType<readonly string[]> {
  return z.string().transform((list, context) => {
    const found = parts(list).map(read);
    if (found.every((each) => each !== undefined)) return found;
    context.addIssue("not a list of names");
    return z.NEVER;
  });
}

function origins(line: string): Setting<readonly string[]> {
  const range = 'origins such as "https://play.example", separated by commas, "*" for any, or nothing';
  const read = (part: string): string | undefined => (part === "*" ? part : originOf(part));
  return { type: names(read), what: "a list of origins", range, byDefault: "", line };
}

/** The addresses outside the public internet, where an operator's own proxies stand, however their platform numbers them. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1"],
  private: [
    ...["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"],
    ...["::1", "fc00::/7", "fe80::/10"],
  ],
};

/** @throws Error when a part of the list is no address, no network and no word. */
function networks(list: string): BlockList {
  const found = new BlockList();
  for (const part of parts(list).flatMap((each) => WORDS[each] ?? [each])) {
    const [address = "", bits] = part.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) found.addAddress(address, family);
    else found.addSubnet(address, numeric.pipe(z.number().int()).parse(bits), family);
  }
  return found;
}

function addresses(byDefault: string, line: string): Setting<BlockList> {
  const type = z.string().transform((list, context) => {
    try {
      return networks(list);
    } catch {
      context.addIssue("not a list of addresses");
      return z.NEVER;
    }
  });
  const range = 'addresses and networks such as "10.0.0.0/8, ::1", the words "loopback" and "private", or "none"';
  return { type, what: "a list of addresses", range, byDefault, line };
}

const MOST_WORKERS = 64;

const workers: Setting<number> = {
  type: z.union([
    z.literal("auto").transform(() => Math.min(MOST_WORKERS, availableParallelism())),
    numeric.pipe(z.number().int().min(1).max(MOST_WORKERS)),
  ]),
  what: "a number of workers",
  range: `a whole number from 1 to ${MOST_WORKERS}, or "auto" for one a core`,
  byDefault: "1",
  line: "processes with rooms, behind a small one that owns the port and replaces those that end; 1: everything in one process",
};

export const SETTINGS = {
  PORT: whole(0, 65535, 2567, "where the server listens; 0: any free port", "a port"),
  WORKERS: workers,
  WATCHDOG_SECONDS: seconds(1, 600, 5, "a worker that hangs for so long in a room's rules is ended"),
  HOST: text("", "an address of this machine, or nothing for all of them", "the address it listens on"),
  BASE_PATH: {
    type: z.string().regex(/^(\/[\w.~-]+)*\/?$/),
    what: "a path",
    range: 'a path such as "/game", or nothing',
    byDefault: "",
    line: "the path it stands below, where a proxy passes that on; a proxy that takes it off needs nothing here",
  },
  HOSTS: {
    type: names(hostNameOf),
    what: "a list of names",
    range: "host names separated by commas, or nothing for any",
    byDefault: "",
    line: "the names it answers to; others get 421",
  },
  ORIGINS: origins("pages of these origins may connect and join; nothing: only pages from this server itself"),
  TRUST_PROXY: addresses("none", "the proxies whose X-Forwarded-For is believed; from anybody else it is ignored"),
  EXEMPT: addresses("loopback", "who is free of the limits per address: load tests and monitors"),
  LOG_LEVEL: {
    type: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]),
    what: "a log level",
    range: "trace, debug, info, warn, error, fatal or silent",
    byDefault: "info",
    line: "how much is logged",
  },
  REPORTS: text("reports", 'a folder, or "none" for the log only', "where desync reports are written"),
  JOURNAL: text(
    "",
    'a folder of this server\'s own, or "none"; nothing: one of its port below "journal"',
    "where matches are written down while they are played: after a restart they go on",
  ),
  JOURNAL_SYNC: {
    type: z.enum(["os", "group", "always"]),
    what: "a choice",
    range: "os, group or always",
    byDefault: "os",
    line: "when the journal is brought to the disk: by the system, every 50 ms, or before anything is sent",
  },
  RETURN_SECONDS: seconds(0, 60, 6, "how long a match that goes on after a restart waits for its players at most"),
  REPLAYS: text("replays", 'a folder, or "none"', "where every match is recorded, to be watched and verified later"),
  REPLAYS_CHAT: {
    type: z.enum(["on", "off"]),
    what: "a choice",
    range: "on or off",
    byDefault: "off",
    line: "whether recordings have the chat in them",
  },
  REPLAYS_DAYS: whole(1, 3650, 7, "recordings are removed when they are older, in days"),
  REPLAYS_MB: whole(1, 1_000_000, 1000, "the oldest recordings are removed when all of them are larger, in megabytes"),
  TLS_CERT: text("", "a PEM file, or nothing", "certificate: https and wss; read again when it changes"),
  TLS_KEY: text("", "a PEM file, or nothing", "the certificate's private key"),
  TOKEN_SECRET: text("", "at least 32 characters, or nothing", "joining takes a token signed with this secret (HS256)"),
  TOKEN_KEY: text("", "a PEM file, or nothing", "joining takes a token of this public key (RS256 or EdDSA)"),
  TOKEN_JWKS: text("", "a JSON file, or nothing", "joining takes a token of a key in this JWK set"),
  TOKEN_AUDIENCE: text("phalanx", "a text", "the audience (aud) a token must be for"),
  MONITOR_PASSWORD: text(
    "",
    "at least 12 characters, or nothing",
    "opens /monitor and /metrics; nothing: they are closed to all but operators' tokens",
  ),
  CONNECTIONS: whole(1, 1_000_000, 5000, "open connections in all"),
  CONNECTIONS_PER_ADDRESS: whole(
    1,
    1_000_000,
    256,
    "open connections of one address that do not just wait for a request",
  ),
  CONNECTIONS_PER_MINUTE: whole(1, 1_000_000, 1800, "new connections of one address"),
  REQUESTS_PER_MINUTE: whole(1, 1_000_000, 3000, "HTTP requests of one address"),
  MATCHMAKING_PER_MINUTE: whole(1, 1_000_000, 600, "matchmaking requests of one address"),
  FAILED_JOINS_PER_MINUTE: whole(1, 1_000_000, 120, "matchmaking requests of one address that are refused"),
  CREATIONS_PER_MINUTE: whole(1, 1_000_000, 100, "rooms of one's own of one address that nobody has come to"),
  PENDING_JOINS: whole(
    1,
    100_000,
    100,
    "seats an address may reserve without coming to them; each counts for a minute after it has run out",
  ),
  ROOM_LIST: {
    type: z.enum(["public", "counts", "off"]),
    what: "a choice",
    range: "public, counts or off",
    byDefault: "public",
    line: "what /api/rooms tells everybody: the rooms that are not private, how many there are, or nothing; operators see all",
  },
  ROOMS: whole(1, 100_000, 500, "open rooms in all"),
  HEADER_BYTES: whole(1024, 65536, 8192, "longest head of a request"),
  HEADER_SECONDS: seconds(0.1, 600, 5, "a request's head, or a TLS handshake, must be complete within this time"),
  REQUEST_SECONDS: seconds(0.1, 600, 10, "a whole request must be there within this time"),
  IDLE_SECONDS: seconds(0.1, 3600, 30, "an HTTP connection on which nothing moves is closed"),
  BODY_BYTES: whole(64, 1_048_576, 8192, "longest body of a request"),
  BODY_DEPTH: whole(1, 64, 8, "deepest nesting of a body"),
  FIRST_MESSAGE_SECONDS: seconds(0.1, 600, 10, "a WebSocket that has sent no message by then is closed"),
  MESSAGE_BYTES: whole(512, 1_048_576, 4096, "longest WebSocket message"),
  BYTES_PER_SECOND: whole(1024, 1_000_000_000, 262_144, "bytes of messages per connection, four times that at once"),
  CONTROLS_PER_SECOND: whole(1, 10_000, 10, "pings and pongs per connection, four times that at once"),
  CHAT: {
    type: z.enum(["on", "off"]),
    what: "a choice",
    range: "on or off",
    byDefault: "on",
    line: "whether those in a room may write to each other",
  },
  CHAT_LENGTH: whole(1, 1000, 300, "characters of a line of chat"),
  CHAT_PER_MINUTE: whole(1, 600, 30, "lines of chat of one participant, five of them at once"),
  SHUTDOWN_SECONDS: seconds(0, 86_400, 30, "how long matches may go on after SIGTERM where no journal keeps them"),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [K in SettingName]: z.output<(typeof SETTINGS)[K]["type"]> };

/** The contradictions between settings: a sentence each. */
function conflictsOf({ TLS_CERT, TLS_KEY, TOKEN_SECRET, MONITOR_PASSWORD, WORKERS }: Settings): string[] {
  const found = [];
  if ((TLS_CERT === "") !== (TLS_KEY === "")) found.push("TLS_CERT and TLS_KEY belong together; give both, or neither");
  if (WORKERS > 1 && TLS_CERT !== "")
    found.push(
      "TLS_CERT works with WORKERS=1 alone, because an encrypted connection stays in the process that has begun it; let a proxy such as nginx or Caddy do TLS, or give WORKERS=1",
    );
  if (TOKEN_SECRET !== "" && TOKEN_SECRET.length < 32)
    found.push("TOKEN_SECRET is too short; give at least 32 characters");
  if (MONITOR_PASSWORD !== "" && MONITOR_PASSWORD.length < 12)
    found.push("MONITOR_PASSWORD is too short; give at least 12 characters");
  return found;
}

/** A mistake in the settings that the operator has to mend; the message is all they need. */
export class SettingError extends Error {}

/** Reads the settings. @throws SettingError that names every wrong one, a line each. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const wrong: string[] = [];
  const entries = Object.entries<Setting<unknown>>(SETTINGS).map(([name, { type, what, range, byDefault }]) => {
    const given = environment[name];
    const result = type.safeParse(given === undefined || given === "" ? byDefault : given);
    if (!result.success) wrong.push(`${name}=${given} is not ${what}; give ${range}`);
    return [name, result.data] as const;
  });
  const settings = Object.fromEntries(entries) as Settings;
  if (wrong.length === 0) wrong.push(...conflictsOf(settings));
  if (wrong.length > 0) throw new SettingError(wrong.join("\n"));
  return settings;
}
