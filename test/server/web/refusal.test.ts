/** A handshake that is refused is answered, and then its connection is gone, whether the other side ends it or not. */
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { refusal, refuseSocket } from "../../../server/web/refusal.ts";
import { until } from "../../kit/until.ts";

const REFUSED = refusal(429, "too many", { "retry-after": "5" });

let server: Server;
let isBusy: boolean;
beforeEach(async () => {
  isBusy = false;
  server = createServer();
  server.on("upgrade", (_request, socket) => refuseSocket(socket, REFUSED, isBusy));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => void server.close());

/** Asks for an upgrade and never ends the connection by itself. */
function ask(): { socket: Socket; answer: () => string } {
  let answer = "";
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.on("error", () => {});
  socket.on("data", (bytes) => {
    answer += bytes;
  });
  socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  return { socket, answer: () => answer };
}

const connections = (): Promise<number> =>
  new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));

async function untilGone(): Promise<void> {
  let count = 1;
  await until("the server has let go of it", () => {
    void connections().then((now) => {
      count = now;
    });
    return count === 0;
  });
}

it("of a client that keeps the connection open", async () => {
  const { socket, answer } = ask();
  await until("it is answered", () => answer().includes("}"));
  const [head, body] = answer().split("\r\n\r\n");
  expect(head!.split("\r\n")).toEqual([
    "HTTP/1.1 429 Too Many Requests",
    "retry-after: 5",
    "Content-Type: application/json",
    `Content-Length: ${body!.length}`,
    "Connection: close",
  ]);
  expect(JSON.parse(body!)).toEqual({ code: 429, error: "too many" });
  await untilGone();
  socket.destroy();
});

it("that comes behind requests still to be answered gets no answer in between", async () => {
  isBusy = true;
  const { socket, answer } = ask();
  await until("it is over", () => socket.closed || socket.readableEnded);
  await untilGone();
  expect(answer()).toBe("");
  socket.destroy();
});
