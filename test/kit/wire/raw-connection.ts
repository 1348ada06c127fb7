/** A TCP connection on which any bytes can be written, and what comes back. */
import { connect, type Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { frames, type ServerFrame } from "./frames.ts";

/** Bytes to write, or milliseconds to wait. */
export type Step = string | Uint8Array | number;

const HEAD_END = "\r\n\r\n";

export class RawConnection {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #isClosed = false;
  #wake: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      this.#wake();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#isClosed = true;
      this.#wake();
    });
  }

  /** @param from the own address on the loopback network. */
  static async open(port: number, from = "127.0.0.1"): Promise<RawConnection> {
    const socket = connect({ port, host: "127.0.0.1", localAddress: from, noDelay: true });
    const connection = new RawConnection(socket);
    await new Promise((resolve) => {
      socket.once("connect", resolve);
      socket.once("close", resolve);
    });
    return connection;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Everything received, a character a byte. */
  get text(): string {
    return this.#received.toString("latin1");
  }

  /** The statuses of all answers so far. */
  get statuses(): string {
    return [...this.text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => match[1]).join(" ");
  }

  /** The WebSocket frames after the answer to the handshake. */
  get frames(): ServerFrame[] {
    const start = this.#received.indexOf(HEAD_END);
    return start < 0 ? [] : frames(this.#received.subarray(start + HEAD_END.length));
  }

  write(bytes: string | Uint8Array): void {
    if (!this.#socket.destroyed) this.#socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if (typeof step === "number") await after(step);
      else this.write(step);
    }
  }

  /** Whether it came true before time was up, or the connection closed. */
  async until(isTrue: () => boolean, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    while (!isTrue()) {
      const left = deadline - performance.now();
      if (left <= 0 || (this.#isClosed && !isTrue())) return isTrue();
      await Promise.race([
        new Promise<void>((resolve) => this.#await(resolve)),
        after(left, undefined, { ref: false }),
      ]);
    }
    return true;
  }

  /** Reads nothing more. */
  pause(): void {
    this.#socket.pause();
  }

  end(): void {
    this.#socket.destroy();
  }

  #await(resolve: () => void): void {
    this.#wake = resolve;
  }
}
