/** TLS: our session and a stock client over `wss`, and a certificate that is replaced while the server runs. */
import { execFileSync, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { readCertificate } from "../../server/front/tls.ts";
import { games } from "../../shared/games/index.ts";
import { type RealServer, startServer } from "../kit/server.ts";

const folder = mkdtempSync(join(tmpdir(), "phalanx-tls-"));
const cert = join(folder, "cert.pem");
const key = join(folder, "key.pem");
const certificate = (to: string): string =>
  execFileSync(process.execPath, ["--import", "tsx", "server/cert-cli.ts", to], { encoding: "utf8" });

let server: RealServer;
beforeAll(async () => {
  expect(certificate(folder)).toContain(`TLS_CERT=${cert} TLS_KEY=${key} npm start`);
  server = await startServer({ games, env: { TLS_CERT: cert, TLS_KEY: key, HEADER_SECONDS: "0.5" } });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** The serial number of the certificate that a new connection is shown. */
function shownSerial(): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: server.port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on("error", reject);
  });
}

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
});

it("a new certificate is shown to new connections, and open ones stay open", { timeout: 20_000 }, async () => {
  const socket = await openSeat();
  const before = await shownSerial();
  const fresh = mkdtempSync(join(folder, "fresh-"));
  certificate(fresh);
  const expected = new X509Certificate(
    readCertificate({ TLS_CERT: join(fresh, "cert.pem"), TLS_KEY: join(fresh, "key.pem") }).cert,
  );
  copyFileSync(join(fresh, "cert.pem"), cert);
  copyFileSync(join(fresh, "key.pem"), key);
  await expect.poll(shownSerial, { timeout: 10_000, interval: 250 }).toBe(expected.serialNumber);
  expect(expected.serialNumber).not.toBe(before);
  // Junk changes nothing.
  writeFileSync(cert, "junk");
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await shownSerial()).toBe(expected.serialNumber);
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.close();
});

it("a certificate that is none ends the start by name", () => {
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "server/main.ts"], {
    encoding: "utf8",
    env: { ...process.env, PORT: "0", TLS_CERT: "nowhere.pem", TLS_KEY: "nowhere.key" },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^TLS_CERT=nowhere.pem and TLS_KEY=nowhere.key cannot be used: ENOENT.*\n$/);
});
