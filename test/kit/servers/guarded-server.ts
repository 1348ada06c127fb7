/** A server of guarded WebSockets and nothing above them, over TCP or TLS, and clients that write any bytes. */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import { WebSocket, WebSocketServer } from "ws";
import { readSettings } from "../../../server/config/settings.ts";
import { type FastSocket, hardenedSocket } from "../../../server/socket/hardened-socket.ts";
import { until } from "../until.ts";
import { frames, type ServerFrame } from "../wire/frames.ts";
import { TestCertificate } from "./certificate.ts";

export type Accepted = WebSocket & FastSocket & { readonly _socket: Socket };

const HANDSHAKE =
  "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
const SETTINGS = { BYTES_PER_SECOND: "1000000000", CONTROLS_PER_SECOND: "10000", FIRST_MESSAGE_SECONDS: "600" };

/** A client of bytes, and its WebSocket on the server. */
export interface BytePair {
  readonly client: Socket;
  readonly ws: Accepted;
  /** The frames that the client was sent. */
  readonly frames: readonly ServerFrame[];
}

export class GuardedServer {
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #isSecure: boolean;

  private constructor(server: Server, isSecure: boolean) {
    this.#server = server;
    this.#isSecure = isSecure;
    const WebSocket = hardenedSocket(readSettings(SETTINGS));
    this.#sockets = new WebSocketServer({ server, maxPayload: 4096, allowSynchronousEvents: false, WebSocket });
  }

  static async start(isSecure: boolean): Promise<GuardedServer> {
    const server = isSecure ? createSecureServer(certificate()) : createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new GuardedServer(server, isSecure);
  }

  /** Two ends of a connection; `first` goes out with the handshake. */
  async openBytes(first: Uint8Array = Buffer.alloc(0), onAccept: (ws: Accepted) => void = () => {}): Promise<BytePair> {
    const { port } = this.#server.address() as AddressInfo;
    const client = this.#isSecure
      ? connectSecurely({ port, host: "127.0.0.1", rejectUnauthorized: false })
      : connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    let received = Buffer.alloc(0);
    client.on("data", (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
    });
    client.on("error", () => {});
    client.setNoDelay(true);
    const accepted = this.#next(onAccept);
    client.write(Buffer.concat([Buffer.from(HANDSHAKE), first]));
    const ws = await accepted;
    await until("the handshake is answered", () => received.includes("\r\n\r\n"));
    return {
      client,
      ws,
      get frames() {
        return frames(received.subarray(received.indexOf("\r\n\r\n") + 4));
      },
    };
  }

  /** A client as browsers have it, and its WebSocket on the server. */
  async open(): Promise<{ readonly client: WebSocket; readonly ws: Accepted }> {
    const { port } = this.#server.address() as AddressInfo;
    const accepted = this.#next(() => {});
    const url = `${this.#isSecure ? "wss" : "ws"}://127.0.0.1:${port}`;
    const client = new WebSocket(url, { rejectUnauthorized: false });
    await new Promise((resolve) => client.once("open", resolve));
    return { client, ws: await accepted };
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #next(onAccept: (ws: Accepted) => void): Promise<Accepted> {
    return new Promise((resolve) =>
      this.#sockets.once("connection", (ws) => {
        onAccept(ws as Accepted);
        resolve(ws as Accepted);
      }),
    );
  }
}

function certificate(): { cert: Buffer; key: Buffer } {
  const made = new TestCertificate();
  try {
    return { cert: readFileSync(made.cert), key: readFileSync(made.key) };
  } finally {
    made.remove();
  }
}
