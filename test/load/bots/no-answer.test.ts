/**
 * The sentences for a server that gives no answer: each kind of fault of TLS, from real certificates, and of networks.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, expect, it } from "vitest";
import { checkServer } from "../server/preflight.ts";
import { noAnswerSentence } from "./no-answer.ts";

const folder = mkdtempSync(join(tmpdir(), "phalanx-certificates-"));
afterAll(() => rmSync(folder, { recursive: true }));

const openssl = (...args: string[]): void => void execFileSync("openssl", args, { stdio: "pipe", cwd: folder });
const EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
const inFolder = (name: string): Buffer => readFileSync(join(folder, name));

openssl("req", "-x509", ...EC, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=an authority");

/** For localhost, signed by the authority above, which nobody here knows unless it is said. */
function signed(name: string, days: number) {
  const localhost = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  openssl("req", ...EC, "-keyout", `${name}.key`, "-out", `${name}.csr`, ...localhost);
  const authority = ["-CA", "ca.pem", "-CAkey", "ca.key", "-copy_extensions", "copy"];
  openssl("x509", "-req", "-in", `${name}.csr`, ...authority, "-days", String(days), "-out", `${name}.pem`);
  return { cert: inFolder(`${name}.pem`), key: inFolder(`${name}.key`) };
}

async function serving<T>(
  server: Server | ReturnType<typeof createHttp>,
  use: (port: number) => Promise<T>,
): Promise<T> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const used = await use((server.address() as AddressInfo).port);
  server.close();
  return used;
}

/** The code of the error of somebody who trusts the authority, or only whom Node trusts. */
const codeFrom = (pair: object, options: { readonly ca?: Buffer; readonly servername?: string }): Promise<string> =>
  serving(
    createServer(pair),
    (port) =>
      new Promise((resolve, reject) => {
        const socket = connect({ port, host: "127.0.0.1", servername: "localhost", ...options }, () => {
          socket.destroy();
          reject(new Error("it was trusted"));
        });
        socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
      }),
  );

it("a certificate of an authority that nobody knows", async () => {
  const sentence = noAnswerSentence("wss://a", await codeFrom(signed("valid", 2), {}));
  expect(sentence).toMatch(
    /^There is a server at wss:\/\/a, but .*NODE_EXTRA_CA_CERTS=.*\(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)\.$/,
  );
});

it("a certificate that has expired", async () => {
  const sentence = noAnswerSentence("wss://a", await codeFrom(signed("expired", -1), { ca: inFolder("ca.pem") }));
  expect(sentence).toMatch(/^There is a server at wss:\/\/a, but its certificate has expired: renew it/);
});

it("a certificate for another name", async () => {
  const options = { ca: inFolder("ca.pem"), servername: "play.example" };
  const sentence = noAnswerSentence("wss://a", await codeFrom(signed("other", 2), options));
  expect(sentence).toContain("its certificate is for another name: give --url a name that is in it");
});

it("a certificate that signed itself, as npm run cert makes them, from the command's own look", async () => {
  const pair = { cert: inFolder("ca.pem"), key: inFolder("ca.key") };
  await serving(createServer(pair), (port) =>
    expect(checkServer(`wss://localhost:${port}`, "tag")).rejects.toThrow(
      /^There is a server at wss:.*NODE_EXTRA_CA_CERTS=.*\(DEPTH_ZERO_SELF_SIGNED_CERT\)\.$/,
    ),
  );
});

it("no TLS where it is asked for, and TLS where it is not", async () => {
  await serving(
    createHttp((_request, response) => response.end("{}")),
    (port) => expect(checkServer(`wss://127.0.0.1:${port}`, "tag")).rejects.toThrow("give ws:// instead of wss://"),
  );
  await serving(createServer(signed("tls", 2)), (port) =>
    expect(checkServer(`ws://127.0.0.1:${port}`, "tag")).rejects.toThrow("wants wss://"),
  );
});

it.each([
  ["ECONNREFUSED", "Nothing answers at ws://a (ECONNREFUSED): start the server with npm start"],
  ["ENOTFOUND", "Nobody knows the name in ws://a"],
  ["TimeoutError", "No answer came in time from ws://a"],
  ["ECONNRESET", "EXEMPT="],
  ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "TLS could not be agreed on"],
  ["EWHATEVER", "Nothing answers at ws://a (EWHATEVER)"],
])("%s", (code, sentence) => expect(noAnswerSentence("ws://a", code)).toContain(sentence));
