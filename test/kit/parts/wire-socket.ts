/** A server's socket without a network: read as a stream, or as Node reads its own into a buffer that it was given. */
import { Duplex } from "node:stream";

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const POISON = 0xa5;

interface Reading {
  buffer: Buffer | undefined;
  take: ((count: number) => void) | undefined;
}

export class WireSocket extends Duplex {
  /** Everything that was written to it. */
  readonly written: Buffer[] = [];
  readonly #reading: Reading = { buffer: undefined, take: undefined };
  #isReading = false;

  /** @param isDirect whether it has what Node's sockets have for reading into one's own buffer. */
  constructor(isDirect: boolean) {
    super();
    if (!isDirect) return;
    const reading = this.#reading;
    Object.defineProperties(this, {
      _handle: { value: { useUserBuffer: () => {} } },
      [Symbol("kBuffer")]: { set: (buffer: Buffer) => Object.assign(reading, { buffer }) },
      [Symbol("kBufferGen")]: { set: () => {} },
      [Symbol("kBufferCb")]: { set: (take: Reading["take"]) => Object.assign(reading, { take }) },
    });
  }

  /** Whether bytes go the direct way. */
  get isDirect(): boolean {
    return this.#reading.take !== undefined;
  }

  /** Bytes come from the network, as soon as anybody reads. What they were read into is other bytes afterwards. */
  async receive(bytes: Buffer): Promise<void> {
    // Node reads when everything that was to be done at once is done.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    if (this.#reading.take === undefined) {
      if (!this.readableEnded && !this.destroyed) this.push(bytes);
      return;
    }
    while (!this.#isReading && !this.destroyed) await turn();
    if (this.destroyed) return;
    const { buffer, take } = this.#reading;
    buffer!.set(bytes);
    take(bytes.length);
    buffer!.fill(POISON, 0, bytes.length);
  }

  override pause(): this {
    this.#isReading = false;
    return super.pause();
  }

  override resume(): this {
    this.#isReading = true;
    return super.resume();
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written.push(Buffer.from(chunk));
    done();
  }
}
