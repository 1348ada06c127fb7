/** TLS: our session and a stock client over `wss`, and a certificate that is replaced while the server runs. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { request } from "node:https";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { games } from "../../../../shared/games/index.ts";
import { pause } from "../../../kit/pause.ts";
import { shownSerial, TestCertificate } from "../../../kit/servers/certificate.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { TYPESCRIPT } from "../../../kit/typescript.ts";
import { until } from "../../../kit/until.ts";

const certificate = new TestCertificate();

let server: RealServer;
beforeAll(async () => {
  const { cert: TLS_CERT, key: TLS_KEY } = certificate;
  expect(certificate.told).toContain(`TLS_CERT=${TLS_CERT} TLS_KEY=${TLS_KEY} npm start`);
  server = await startServer({ games, env: { TLS_CERT, TLS_KEY, HEADER_SECONDS: "0.5" } });
});
afterAll(async () => {
  await server.stop();
  certificate.remove();
});

function post(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": 2 };
    const options = { port: server.port, host: "127.0.0.1", path, method: "POST", rejectUnauthorized: false, headers };
    const asking = request(options, (response) => {
      let text = "";
      response.on("data", (bytes: Buffer) => {
        text += bytes;
      });
      response.on("end", () => resolve(text));
    });
    asking.on("error", reject);
    asking.end("{}");
  });
}

async function openSeat(): Promise<WebSocket> {
  const { processId, roomId, sessionId } = JSON.parse(await post("/matchmake/joinOrCreate/tag")) as Record<
    string,
    string
  >;
  const url = `wss://127.0.0.1:${server.port}/${processId}/${roomId}?sessionId=${sessionId}`;
  const socket = new WebSocket(url, { rejectUnauthorized: false });
  await new Promise((resolve, reject) => {
    socket.once("message", resolve);
    socket.once("error", reject);
  });
  socket.send(Uint8Array.of(10));
  return socket;
}

it("a seat is taken over wss", async () => {
  const socket = await openSeat();
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.close();
});

it("plain HTTP on the port ends the connection, and a silent one does not stay", async () => {
  await expect(fetch(`http://127.0.0.1:${server.port}/healthz`)).rejects.toThrow();
  const silent = connect({ port: server.port, host: "127.0.0.1" })
    .on("error", () => {})
    .resume();
  await until("the silent one is cut", () => silent.closed);
});

it("a new certificate is shown to new connections, and open ones stay open", { timeout: 20_000 }, async () => {
  const socket = await openSeat();
  const shown = () => shownSerial(server.port);
  const before = await shown();
  certificate.replace();
  const { serial } = certificate;
  await expect.poll(shown, { timeout: 10_000, interval: 250 }).toBe(serial);
  expect(serial).not.toBe(before);
  // Junk changes nothing.
  writeFileSync(certificate.cert, "junk");
  await pause(2500);
  expect(await shown()).toBe(serial);
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.close();
});

it("a certificate that is none ends the start by name", () => {
  const { status, stderr } = spawnSync(process.execPath, [...TYPESCRIPT, "server/boot/main.ts"], {
    encoding: "utf8",
    env: { ...process.env, PORT: "0", TLS_CERT: "nowhere.pem", TLS_KEY: "nowhere.key" },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^TLS_CERT=nowhere.pem and TLS_KEY=nowhere.key cannot be used: ENOENT.*\n$/);
});
