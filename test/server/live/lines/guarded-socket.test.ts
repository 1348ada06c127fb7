/** The closes of a connection, with any code and reason: it closes, and nothing is thrown. */
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { readSettings } from "../../../../server/config/settings.ts";
import { hardenedSocket } from "../../../../server/socket/hardened-socket.ts";
import { RawConnection } from "../../../kit/wire/raw-connection.ts";
import { handshake } from "../../../kit/wire/target.ts";

let server: WebSocketServer;
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: "127.0.0.1", WebSocket: hardenedSocket(readSettings({})) });
  await new Promise((resolve) => server.once("listening", resolve));
});
afterAll(() => server.close());

function closedWith(code?: number, reason?: string | Buffer): Promise<[number, string]> {
  server.once("connection", (socket) => socket.close(code, reason));
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return new Promise((resolve) => socket.on("close", (got, text) => resolve([got, text.toString()])));
}

it.each([
  ["a reason of 500 letters", 4000, "x".repeat(500), 4000, "x".repeat(123)],
  ["a reason cut within a character", 4000, "帧".repeat(50), 4000, "帧".repeat(41)],
  ["a reason of bytes", 4000, Buffer.from("x".repeat(500)), 4000, "x".repeat(123)],
  ["a code of HTTP", 500, "why", 1011, "why"],
  ["a code that must not travel", 1006, "why", 1011, "why"],
  ["no reason", 4000, undefined, 4000, ""],
  ["nothing", undefined, undefined, 1005, ""],
])("%s", async (_what, code, reason, expectedCode, expectedReason) => {
  expect(await closedWith(code, reason)).toEqual([expectedCode, expectedReason]);
});

it("who is thrown out and does not answer the close was thrown out, not dropped", async () => {
  const closed = new Promise<number>((resolve) => {
    server.once("connection", (socket) => {
      socket.on("close", resolve);
      socket.close(4103, "enough");
    });
  });
  const { port } = server.address() as AddressInfo;
  const connection = await RawConnection.open(port);
  connection.write(handshake());
  await connection.until(() => connection.frames.length > 0, 5000);
  connection.end();
  expect(await closed).toBe(4103);
});
