/** The uses of Colyseus's HTTP side and of its transport by our ports. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createRouter, matchMaker } from "@colyseus/core";
import { postMatchmakeMethod } from "@colyseus/core/router/default_routes";
import { bindRouterToTransport } from "@colyseus/core/router/index";
import { getTransport, setTransport } from "@colyseus/core/Transport";
import { type WebSocketClient, WebSocketTransport } from "@colyseus/ws-transport";
import { expect, vi } from "vitest";
import { answerCors } from "../../../server/colyseus/cors.ts";
import { giveAddress, giveBody } from "../../../server/colyseus/http-request.ts";
import { queueMatchmaking } from "../../../server/colyseus/matchmaking-queue.ts";
import { readHandshake, readMatchmaking } from "../../../server/colyseus/room-address.ts";
import { socketServerOf, transportOf } from "../../../server/colyseus/transport.ts";
import { openStock, reserve, StockEnd } from "./stock-room.ts";
import { replace, type Use } from "./use.ts";

const { controller } = matchMaker;
const ORIGIN = "Access-Control-Allow-Origin";

/** Colyseus's matchmaking over HTTP on a port of its own. @param before sees each request first. */
async function serving<T>(before: (request: IncomingMessage) => void, ask: (url: string) => Promise<T>): Promise<T> {
  const web: Server = createServer();
  const transport = new WebSocketTransport({ server: web });
  const former = getTransport();
  setTransport(transport);
  bindRouterToTransport(transport, createRouter({ postMatchmakeMethod }) as never, false);
  web.prependListener("request", before);
  await new Promise<void>((resolve) => void web.listen(0, resolve));
  try {
    return await ask(`http://127.0.0.1:${(web.address() as AddressInfo).port}`);
  } finally {
    web.closeAllConnections();
    web.close();
    setTransport(former);
  }
}

const allowedOrigin = (origin: string): Promise<string | null> =>
  serving(
    () => {},
    async (url) => {
      const { headers } = await fetch(`${url}/matchmake/join/x`, { method: "OPTIONS", headers: { origin } });
      return headers.get(ORIGIN);
    },
  );

export const WEB_USES: readonly Use[] = [
  {
    name: "controller.DEFAULT_CORS_HEADERS and controller.getCorsHeaders",
    port: "cors.ts",
    async check() {
      answerCors(({ origin }) => origin === "https://friend.example");
      expect(await allowedOrigin("https://friend.example")).toBe("https://friend.example");
      expect(await allowedOrigin("https://evil.example")).toBeNull();
    },
    // What is put in its place is not what answers.
    doctor: () => {
      const { getCorsHeaders } = controller;
      const anybody = (): Record<string, string> => ({ [ORIGIN]: "*" });
      Object.defineProperty(controller, "getCorsHeaders", { configurable: true, get: () => anybody, set() {} });
      return () =>
        void Object.defineProperty(controller, "getCorsHeaders", {
          configurable: true,
          writable: true,
          enumerable: true,
          value: getCorsHeaders,
        });
    },
  },
  {
    name: "controller.invokeMethod, with what x-real-ip and a request's body say",
    port: "matchmaking-queue.ts",
    async check() {
      const room = await openStock();
      const stock = controller.invokeMethod;
      const onReserved = vi.fn();
      queueMatchmaking(onReserved);
      const invoke = vi.spyOn(controller, "invokeMethod");
      try {
        const target = `/matchmake/joinById/${room.roomId}`;
        expect(readMatchmaking(target)).toEqual({ method: "joinById", name: room.roomId });
        const answer = await serving(
          (request) => {
            giveAddress(request.headers, "192.0.2.9");
            giveBody(request, '{"left":"there"}');
          },
          async (url) => {
            const headers = { "content-type": "application/json", "x-forwarded-for": "192.0.2.1" };
            return (await fetch(url + target, { method: "POST", headers, body: '{"sent":1}' })).json();
          },
        );
        const { sessionId } = answer as { readonly sessionId: string };
        expect(onReserved.mock.calls).toEqual([["192.0.2.9", sessionId, false]]);
        const [[method, name, options, context]] = invoke.mock.calls as unknown as [
          [string, string, unknown, { ip: string }],
        ];
        expect([method, name, options, context.ip]).toEqual(["joinById", room.roomId, { left: "there" }, "192.0.2.9"]);
      } finally {
        invoke.mockRestore();
        controller.invokeMethod = stock;
      }
    },
    doctor: () =>
      replace(
        Headers.prototype,
        "get",
        (stock) =>
          function (this: Headers, name: string) {
            return name === "x-real-ip" ? null : (stock as unknown as (name: string) => unknown).call(this, name);
          } as never,
      ),
  },
  {
    name: "wss of a WebSocketTransport, and getTransport",
    port: "transport.ts",
    check() {
      const transport = new WebSocketTransport({ noServer: true });
      const heard = vi.fn();
      const sockets = socketServerOf(transport);
      expect(sockets.listenerCount("connection"), "Colyseus listens there").toBe(1);
      sockets.on("connection", heard);
      sockets.emit("connection", Object.assign(new StockEnd(), { on() {} }), { url: "/", headers: {}, socket: {} });
      expect(heard).toHaveBeenCalledOnce();
      const former = getTransport();
      setTransport(transport);
      expect(transportOf()).toEqual({ kind: "websocket", sockets, mostMessageBytes: 4096 });
      setTransport(former);
    },
    doctor: () => {
      const owner = WebSocketTransport.prototype as object;
      Object.defineProperty(owner, "wss", {
        configurable: true,
        get: () => undefined,
        set(this: { sockets: unknown }, value: unknown) {
          this.sockets = value;
        },
      });
      return () => void Reflect.deleteProperty(owner, "wss");
    },
  },
  {
    name: "the address of a handshake, and ref of the client that is made of it",
    port: "room-address.ts",
    async check() {
      const room = await openStock();
      const session = await reserve(room);
      const joining = vi.spyOn(room as unknown as { _onJoin(...values: unknown[]): Promise<void> }, "_onJoin");
      const url = `/process/${room.roomId}?sessionId=${session}&reconnectionToken=t&_authToken=k&skipHandshake=1`;
      const ws = new StockEnd();
      const sockets = socketServerOf(new WebSocketTransport({ noServer: true }));
      sockets.emit("connection", ws, { url, headers: {}, socket: { remoteAddress: "192.0.2.9" } });
      const [[client, context, how]] = joining.mock.calls as [[WebSocketClient, { token: string }, unknown]];
      expect(how).toEqual({ reconnectionToken: "t", skipHandshake: true });
      expect([client.sessionId, client.ref === (ws as never), context.token]).toEqual([session, true, "k"]);
      const said = { kind: "room", room: room.roomId, session, token: "k", isAmbiguous: false };
      expect(readHandshake(url)).toEqual(said);
      client.raw(Uint8Array.of(1));
      expect(ws.sent.at(-1), "a client writes to it").toEqual(Uint8Array.of(1));
    },
    doctor: () =>
      replace(
        URLSearchParams.prototype,
        "get",
        (stock) =>
          function (this: URLSearchParams, name: string) {
            return (stock as unknown as (name: string) => unknown).call(
              this,
              name === "reconnectionToken" ? "ticket" : name,
            );
          } as never,
      ),
  },
];
