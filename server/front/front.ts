/** The front line: everything that comes over the network passes here before Colyseus sees a byte of it. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { MONITOR_ROOM } from "../../shared/monitor/feed.ts";
import { log } from "../log.ts";
import { roomTypeOf, seatHolder } from "../rooms/seat-holder.ts";
import type { Settings } from "../settings.ts";
import { Addresses, plainAddress } from "./addresses.ts";
import { takeBody } from "./body.ts";
import { ConnectionCaps } from "./connection-caps.ts";
import { ConnectionRate } from "./connection-rate.ts";
import { isMatchmaking, judgeHead } from "./head-check.ts";
import { LOGIN, type OperatorDoor } from "./operator-door.ts";
import { Origins } from "./origins.ts";
import { Pipelines } from "./pipelines.ts";
import { RateLimits } from "./rate-limits.ts";
import type { Readiness } from "./readiness.ts";
import { type Refusal, refusal, refuse, refuseSocket } from "./refusal.ts";
import type { Tokens } from "./tokens.ts";
import { judgeUpgrade } from "./upgrade-check.ts";
import { createWebServer } from "./web-server.ts";

const BAD_FORWARD = refusal(400, "X-Forwarded-For must be a list of addresses");
const FOREIGN = refusal(403, "pages of this origin may not join here");
const CROWDED = refusal(429, "too many connections from this address");
const LEAVING = refusal(503, "server/shutdown: the server is going down; try again in a moment", {
  "retry-after": "5",
});
const BEHIND = refusal(400, "a handshake waits for the answers to the requests before it");
const BROKEN = refusal(500, "something went wrong here; it is in the server's log");
const NO_TOKEN = refusal(401, "join/token: this server wants a valid token");

const MINUTE_MS = 60_000;

export class Front {
  readonly server: Server;
  readonly #settings: Settings;
  readonly #readiness: Readiness;
  readonly #tokens: Tokens;
  readonly #door: OperatorDoor;
  readonly #addresses: Addresses;
  readonly #origins: Origins;
  readonly #caps: ConnectionCaps;
  readonly #rate: ConnectionRate;
  readonly #limits: RateLimits;
  readonly #pipelines = new Pipelines();
  readonly #head: { readonly hosts: readonly string[]; readonly bodyBytes: number };

  /** @param keys who may play, and who may watch the server. */
  constructor(
    settings: Settings,
    readiness: Readiness,
    keys: { readonly tokens: Tokens; readonly door: OperatorDoor },
  ) {
    this.#settings = settings;
    this.#readiness = readiness;
    this.#tokens = keys.tokens;
    this.#door = keys.door;
    this.#addresses = new Addresses(settings);
    this.#addresses.onStrangeProxy = warnOnce();
    this.#origins = new Origins(settings.ORIGINS);
    this.#origins.answerCors();
    this.#caps = new ConnectionCaps(settings.CONNECTIONS_PER_ADDRESS);
    this.#rate = new ConnectionRate(settings.CONNECTIONS_PER_MINUTE);
    this.#limits = new RateLimits(this.#addresses, settings);
    this.#head = { hosts: settings.HOSTS, bodyBytes: settings.BODY_BYTES };
    this.server = createWebServer(settings);
    this.#standBefore(this.server);
  }

  /** Colyseus puts its listeners first whenever it starts, so the only place before them is where events come from. */
  #standBefore(server: Server): void {
    const pass = server.emit.bind(server) as (event: string, ...values: unknown[]) => boolean;
    server.on("connect", (request: IncomingMessage, socket: Duplex) =>
      refuseSocket(socket, refusal(405, "this is no proxy"), this.#pipelines.isBusy(request)),
    );
    const sweep = setInterval(() => this.#rate.sweep(performance.now()), MINUTE_MS).unref();
    server.on("close", () => {
      clearInterval(sweep);
      this.#limits.stop();
    });
    server.emit = (event: string, ...values: unknown[]): boolean => {
      if (event === "connection" && !this.#admit(values[0] as Socket)) return true;
      if (event === "request") {
        const [request, response] = values as [IncomingMessage, ServerResponse];
        if (!this.#pipelines.enter(request, response)) {
          this.#cut(request.socket);
          return true;
        }
        this.#receive(request, response, () => pass(event, ...values)).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== "ECONNRESET") log.error({ err: error, url: request.url }, "a request failed");
          refuse(response, BROKEN);
        });
        return true;
      }
      if (event === "upgrade") {
        const [request, socket] = values as [IncomingMessage, Duplex];
        this.#upgrade(request, socket, () => pass(event, ...values)).catch((error: unknown) => {
          log.error({ err: error, url: request.url }, "a handshake failed");
          refuseSocket(socket, BROKEN, false);
        });
        return true;
      }
      return pass(event, ...values);
    };
  }

  /** Takes one of the address's connections for a socket; without one left the socket is gone. */
  #admit(socket: Socket): boolean {
    const peer = plainAddress(socket.remoteAddress);
    return this.#addresses.isProxy(peer) || this.#take(peer, socket) || socket.destroy() === undefined;
  }

  #take(address: string, socket: Duplex): boolean {
    if (this.#addresses.isExempt(address)) return true;
    const key = this.#addresses.keyOf(address);
    if (!this.#rate.take(key, performance.now()) || !this.#caps.take(key)) return false;
    socket.once("close", () => this.#caps.release(key));
    return true;
  }

  /** Reading a thousand requests costs Node some 0.1 s before anybody can say no: not many times a minute. */
  #cut(socket: Socket): void {
    if (socket.destroyed) return;
    const address = plainAddress(socket.remoteAddress);
    if (!this.#addresses.isExempt(address) && !this.#addresses.isProxy(address))
      this.#caps.penalise(this.#addresses.keyOf(address), MINUTE_MS);
    socket.destroy();
  }

  async #receive(request: IncomingMessage, response: ServerResponse, pass: () => void): Promise<void> {
    const address = this.#addresses.settle(request);
    const refused =
      judgeHead(request, this.#head) ??
      (address === undefined ? BAD_FORWARD : await this.#judgeUse(request, response, address)) ??
      (request.method === "POST" ? await takeBody(request, this.#settings.BODY_DEPTH) : undefined);
    if (refused === undefined) pass();
    else refuse(response, refused);
  }

  /** Whose page it is, how often, and whether anybody new is let in. */
  async #judgeUse(request: IncomingMessage, response: ServerResponse, address: string): Promise<Refusal | undefined> {
    if (request.method === "POST" && !this.#origins.admits(request.headers)) return FOREIGN;
    // Whoever comes back still has its match.
    const isNew = isMatchmaking(request) && !request.url?.startsWith("/matchmake/reconnect/");
    if (isNew && this.#readiness.isDraining) return LEAVING;
    return this.#limits.judge(request, response, address);
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, pass: () => void): Promise<void> {
    const destroy = (): unknown => socket.destroy();
    socket.on("error", destroy);
    const isProxied = this.#addresses.isProxy(plainAddress(request.socket.remoteAddress));
    const address = this.#addresses.settle(request);
    const isBusy = this.#pipelines.isBusy(request);
    const refused =
      (isBusy ? BEHIND : undefined) ??
      judgeHead(request, this.#head) ??
      judgeUpgrade(request) ??
      (address === undefined ? BAD_FORWARD : undefined) ??
      (this.#origins.admits(request.headers) ? undefined : FOREIGN) ??
      (isProxied && !this.#take(address!, socket) ? CROWDED : undefined) ??
      (await this.#judgeToken(request));
    if (refused !== undefined) refuseSocket(socket, refused, isBusy);
    else if (!socket.destroyed) {
      socket.off("error", destroy);
      this.#limits.arrived(address!);
      const room = roomOf(request);
      if (room !== undefined) log.info({ address, room }, "a client connects");
      pass();
    }
  }

  /** A seat is for whom it was reserved, whoever else knows its number. */
  async #judgeToken(request: IncomingMessage): Promise<Refusal | undefined> {
    const { url = "", headers } = request;
    const { pathname, searchParams } = new URL(url, "ws://host");
    const token = searchParams.get("_authToken") ?? headers.authorization?.replace(/^Bearer /, "");
    const room = pathname.split("/")[2] ?? "";
    if (roomTypeOf(room) === MONITOR_ROOM) return (await this.#door.admits(token)) ? undefined : LOGIN;
    if (!this.#tokens.isRequired || pathname === "/") return undefined;
    const identity = await this.#tokens.identify(token);
    if (identity === undefined) return NO_TOKEN;
    const holder = seatHolder(room, searchParams.get("sessionId") ?? "");
    return holder === undefined || holder === identity.subject ? undefined : NO_TOKEN;
  }
}

/** The room that a handshake is for; undefined for the one that only measures latency. */
const roomOf = ({ url = "" }: IncomingMessage): string | undefined => new URL(url, "ws://host").pathname.split("/")[2];

function warnOnce(): (address: string) => void {
  let hasWarned = false;
  return (address) => {
    if (hasWarned) return;
    hasWarned = true;
    log.warn({ address }, "a proxy forwards addresses that are not believed; name it in TRUST_PROXY if it is yours");
  };
}
