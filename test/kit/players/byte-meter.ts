/**
 * A meter of what a client receives on the wire: a relay in front of a real server that counts, and delays nothing on
 * purpose.
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export class ByteMeter {
  /** Of the newest WebSocket: bytes received, headers included, and when the first of them came. */
  bytes = 0;
  firstByteAt: number | undefined;
  /** WebSockets so far. */
  webSockets = 0;
  readonly #server: Server;
  readonly #open = new Set<Socket>();

  private constructor(port: number) {
    this.#server = createServer({ noDelay: true }, (client) => this.#relay(client, port));
  }

  /** @param port of the server behind it, on this machine. */
  static async listen(port: number): Promise<ByteMeter> {
    const meter = new ByteMeter(port);
    await new Promise<void>((resolve) => meter.#server.listen(0, "127.0.0.1", resolve));
    return meter;
  }

  /** For SDK clients. */
  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#open) socket.destroy();
    await closed;
  }

  #relay(client: Socket, port: number): void {
    const server = connect({ port, host: "127.0.0.1", noDelay: true });
    let number = 0;
    client.once("data", (bytes: Buffer) => {
      if (!/\r\nupgrade: websocket\r\n/i.test(bytes.toString("latin1"))) return;
      number = ++this.webSockets;
      this.bytes = 0;
      this.firstByteAt = undefined;
    });
    server.on("data", (bytes: Buffer) => {
      if (number === 0 || number !== this.webSockets) return;
      this.firstByteAt ??= performance.now();
      this.bytes += bytes.length;
    });
    const ends = [client, server] as const;
    for (const [i, end] of ends.entries()) {
      const other = ends[1 - i]!;
      this.#open.add(end);
      end.pipe(other);
      end.on("error", () => other.destroy());
      end.on("close", () => {
        this.#open.delete(end);
        other.destroy();
      });
    }
  }
}
