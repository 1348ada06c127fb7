/** The front line: everything that comes over the network passes here before Colyseus sees a byte of it. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { MONITOR_ROOM } from "../../shared/monitor/feed.ts";
import type { Advice } from "../base/advice.ts";
import { log } from "../base/log.ts";
import type { Readiness } from "../base/readiness.ts";
import { answerCors } from "../colyseus/cors.ts";
import { bodyOf } from "../colyseus/http-request.ts";
import { readHandshake, readMatchmaking } from "../colyseus/room-address.ts";
import { roomTypeOf, seatHolder } from "../colyseus/seat-holder.ts";
import type { Settings } from "../config/settings.ts";
import { LOGIN, type OperatorAuth } from "../identity/operator-auth.ts";
import { sessionOf } from "../identity/tickets.ts";
import type { Tokens } from "../identity/tokens.ts";
import { Admission } from "../limits/admission.ts";
import { RateLimits } from "../limits/rate-limits.ts";
import { Addresses, plainAddress } from "../web/addresses.ts";
import { isMatchmaking, judgeHead } from "../web/head-check.ts";
import { Origins } from "../web/origins.ts";
import { type Refusal, refusal, refuse, refuseSocket } from "../web/refusal.ts";
import { createWebServer } from "../web/web-server.ts";
import { BasePath } from "./base-path.ts";
import { keepPrivate, takeBody } from "./body.ts";
import type { Neighbours } from "./neighbours.ts";
import { Pipelines } from "./pipelines.ts";
import { BAD_FORWARD, BEHIND, BROKEN, FOREIGN, LEAVING, NO_SEAT, NO_TOKEN, NO_UPGRADE } from "./refusals.ts";
import { isRoomAddress, judgeUpgrade } from "./upgrade-check.ts";

export class Front {
  readonly server: Server;
  readonly #settings: Settings;
  readonly #readiness: Readiness;
  readonly #tokens: Tokens;
  readonly #operators: OperatorAuth;
  readonly #base: BasePath;
  readonly #addresses: Addresses;
  readonly #origins: Origins;
  readonly #advice: Advice;
  readonly #admission: Admission;
  readonly #limits: RateLimits;
  readonly #neighbours: Neighbours | undefined;
  readonly #pipelines = new Pipelines();
  readonly #head: { readonly hosts: readonly string[]; readonly bodyBytes: number };

  /** @param keys who may play, and who may watch the server; and what is told to those who run it. */
  constructor(
    settings: Settings,
    readiness: Readiness,
    keys: { readonly tokens: Tokens; readonly operators: OperatorAuth; readonly advice: Advice },
    neighbours?: Neighbours,
  ) {
    this.#neighbours = neighbours;
    this.#settings = settings;
    this.#readiness = readiness;
    this.#tokens = keys.tokens;
    this.#operators = keys.operators;
    this.#base = new BasePath(settings.BASE_PATH);
    this.#addresses = new Addresses(settings);
    this.#advice = keys.advice;
    this.#addresses.onStrangeProxy = (address) => {
      const name = "name it in TRUST_PROXY if it is yours (TRUST_PROXY=private is any of a private network)";
      this.#advice.give("a proxy forwards addresses that are not believed", address, { address }, name);
    };
    this.#origins = new Origins(settings.ORIGINS);
    answerCors((asked) => this.#origins.admits(asked));
    this.#admission = new Admission(this.#addresses, this.#advice, settings);
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
    server.on("close", () => {
      this.#admission.stop();
      this.#limits.stop();
    });
    server.on("drop", (dropped?: { readonly remoteAddress?: string }) =>
      this.#advice.give("more connections than CONNECTIONS came", "", { address: dropped?.remoteAddress }, "raise it"),
    );
    server.emit = (event: string, ...values: unknown[]): boolean => {
      if (event === "connection" && !this.#admission.admit(values[0] as Socket)) return true;
      if (event === "clientError") this.#noteLongHead(values[0] as NodeJS.ErrnoException);
      if (event === "request") {
        const [request, response] = values as [IncomingMessage, ServerResponse];
        this.#base.takeOff(request);
        if (!this.#pipelines.enter(request, response)) {
          this.#admission.punish(request.socket);
          return true;
        }
        this.#receive(request, response, () => pass(event, ...values)).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== "ECONNRESET") log.error({ err: error, url: request.url }, "a request failed");
          refuse(response, BROKEN);
        });
        return true;
      }
      if (event === "upgrade") {
        const [request, socket, head] = values as [IncomingMessage, Duplex, Buffer];
        this.#base.takeOff(request);
        this.#place(request, socket, { head, pass: () => pass(event, ...values) }).catch((error: unknown) => {
          log.error({ err: error, url: request.url }, "a handshake failed");
          refuseSocket(socket, BROKEN, false);
        });
        return true;
      }
      return pass(event, ...values);
    };
  }

  /** Matchmaking has given a client of this address a seat. */
  reserved(address: string, session: string, isCreation: boolean): void {
    this.#limits.reserved(address, session, isCreation);
  }

  async #receive(request: IncomingMessage, response: ServerResponse, pass: () => void): Promise<void> {
    if (this.#base.redirect(request, response)) return;
    const said = request.headers["x-forwarded-for"]?.toString();
    const address = this.#addresses.settle(request);
    const refused =
      judgeHead(request, this.#head) ??
      this.#admission.serve(request, response) ??
      (address === undefined ? BAD_FORWARD : this.#judgeUse(request, response, address)) ??
      (request.method === "POST" ? await this.#readBody(request, address!) : undefined) ??
      (isReturn(request) ? await this.#judgeReturn(request) : undefined);
    if (refused === undefined) pass();
    else {
      this.#advise(refused, request, address ?? said);
      refuse(response, refused);
    }
  }

  async #readBody(request: IncomingMessage, address: string): Promise<Refusal | undefined> {
    const refused = await takeBody(request, this.#settings.BODY_DEPTH);
    if (refused !== undefined) return refused;
    keepPrivate(request);
    return this.#limits.judgeCreation(request, address);
  }

  /** Whose page it is, how often, and whether anybody new is let in. */
  #judgeUse(request: IncomingMessage, response: ServerResponse, address: string): Refusal | undefined {
    if (request.method === "POST" && !this.#origins.admits(request.headers)) return FOREIGN;
    if (request.method === "GET" && isRoomAddress(request)) return NO_UPGRADE;
    // A returning client still has its match.
    const isNew = isMatchmaking(request) && !isReturn(request);
    if (isNew && this.#readiness.isDraining) return LEAVING;
    const isJoin = isMatchmaking(request);
    return (
      (isJoin ? this.#admission.judge(address, request) : undefined) ?? this.#limits.judge(request, response, address)
    );
  }

  /** Who else came to a seat that was reserved here. */
  arrived(session: string): void {
    this.#limits.arrived(session);
  }

  /** Where there are neighbours, a handshake may be for one of them, and is judged there. */
  async #place(
    request: IncomingMessage,
    socket: Duplex,
    { head, pass }: { readonly head: Buffer; readonly pass: () => void },
  ): Promise<void> {
    if (this.#neighbours !== undefined && !this.#pipelines.isBusy(request)) {
      const destroy = (): unknown => socket.destroy();
      socket.on("error", destroy);
      if (await this.#neighbours.passOn(request, socket, head)) return;
      socket.off("error", destroy);
    }
    await this.#upgrade(request, socket, pass);
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, pass: () => void): Promise<void> {
    const destroy = (): unknown => socket.destroy();
    socket.on("error", destroy);
    const said = request.headers["x-forwarded-for"]?.toString();
    const isProxied = this.#addresses.isProxy(plainAddress(request.socket.remoteAddress));
    const address = this.#addresses.settle(request);
    const isBusy = this.#pipelines.isBusy(request);
    const refused =
      (isBusy ? BEHIND : undefined) ??
      judgeHead(request, this.#head) ??
      judgeUpgrade(request) ??
      (address === undefined ? BAD_FORWARD : undefined) ??
      (this.#origins.admits(request.headers) ? undefined : FOREIGN) ??
      (isProxied ? this.#admission.take(address!, socket) : this.#admission.upgrade(request)) ??
      (await this.#judgeToken(request));
    if (refused !== undefined) {
      this.#advise(refused, request, address ?? said);
      refuseSocket(socket, refused, isBusy);
    } else if (!socket.destroyed) {
      socket.off("error", destroy);
      const { room, session = "" } = readHandshake(request.url ?? "");
      if (!this.#limits.arrived(session)) this.#neighbours?.arrived(session);
      if (room !== undefined) log.info({ address, room }, "a client connects");
      pass();
    }
  }

  /** Tells the operator which setting may refuse players. @param address or what was said to be one. */
  #advise({ sentence, status, mend }: Refusal, { headers: { origin, host } }: IncomingMessage, address = ""): void {
    if (mend === undefined) return;
    const isNamed = status === 403 || status === 421;
    this.#advice.give(sentence, isNamed ? `${origin} ${host}` : address, { address, origin, host }, mend);
  }

  /** Node answers it with 431 by itself. */
  #noteLongHead({ code }: NodeJS.ErrnoException): void {
    if (code === "HPE_HEADER_OVERFLOW")
      this.#advice.give("the head of a request was too long", "", {}, "if cookies or tokens are, raise HEADER_BYTES");
  }

  /** A seat is only for the player it was reserved for, even if others know its number. */
  async #judgeToken(request: IncomingMessage): Promise<Refusal | undefined> {
    const { url = "", headers } = request;
    const { room = "", session = "", token: said } = readHandshake(url);
    const token = said ?? headers.authorization?.replace(/^Bearer /, "");
    if (roomTypeOf(room) === MONITOR_ROOM) return (await this.#operators.admits(token)) ? undefined : LOGIN;
    if (!this.#tokens.isRequired || room === "") return undefined;
    const identity = await this.#tokens.identify(token);
    if (identity === undefined) return NO_TOKEN;
    const holder = seatHolder(room, session);
    return holder === undefined || holder === identity.subject ? undefined : NO_TOKEN;
  }

  /** The handshake that follows would be refused without a word: this answer can say why. */
  async #judgeReturn(request: IncomingMessage): Promise<Refusal | undefined> {
    if (!this.#tokens.isRequired) return undefined;
    const identity = await this.#tokens.identify(request.headers.authorization?.replace(/^Bearer /, ""));
    if (identity === undefined) return NO_TOKEN;
    const { reconnectionToken } = JSON.parse(bodyOf(request)) as { readonly reconnectionToken?: unknown };
    const holder = seatHolder(readMatchmaking(request.url ?? "")?.name ?? "", sessionOf(reconnectionToken));
    return holder === undefined || holder === identity.subject ? undefined : NO_SEAT;
  }
}

/** A client asks for a seat again. */
const isReturn = ({ method, url = "" }: IncomingMessage): boolean =>
  method === "POST" && readMatchmaking(url)?.method === "reconnect";
