/** Values of 1 to 32 bits over bytes, lowest bit first, so that an unchanged input costs one bit a field. */
import type { ByteReader, ByteWriter } from "./bytes.ts";

/** Where a float64 is taken apart; module-wide because no call leaves anything in it. */
const scratch = new DataView(new ArrayBuffer(8));

/** Packs values into the bytes of a `ByteWriter`. Write nothing else to that writer before `flush()`. */
export class BitWriter {
  readonly #out: ByteWriter;
  /** Bits of the byte under construction, and how many of them there are (0 .. 7). */
  #pending = 0;
  #used = 0;

  constructor(out: ByteWriter) {
    this.#out = out;
  }

  /** The lowest `count` (1 .. 32) bits of a whole number; a negative one goes as two's complement. */
  bits(value: number, count: number): void {
    let rest = value | 0;
    for (let left = count; left > 0; ) {
      const take = Math.min(8 - this.#used, left);
      this.#pending |= (rest & ((1 << take) - 1)) << this.#used;
      this.#used += take;
      rest >>>= take;
      left -= take;
      if (this.#used === 8) this.#emit();
    }
  }

  /** 64 bits: the low half of the IEEE 754 pattern, then the high half. */
  float64(value: number): void {
    scratch.setFloat64(0, value, true);
    this.bits(scratch.getUint32(0, true), 32);
    this.bits(scratch.getUint32(4, true), 32);
  }

  /** Fills the last byte with zero bits. The next value starts a byte. */
  flush(): void {
    if (this.#used > 0) this.#emit();
  }

  #emit(): void {
    this.#out.uint8(this.#pending);
    this.#pending = 0;
    this.#used = 0;
  }
}

/** Reads what `BitWriter` wrote; fails for good like the `ByteReader` below it, and never throws (R13). */
export class BitReader {
  readonly #input: ByteReader;
  /** Bits of the current byte not read yet, and how many of them there are (0 .. 7). */
  #pending = 0;
  #left = 0;

  constructor(input: ByteReader) {
    this.#input = input;
  }

  /** Starts at the next byte of the reader below, whatever was read before. */
  reset(): this {
    this.#pending = 0;
    this.#left = 0;
    return this;
  }

  /** True once anything could not be read, here or in the bytes below. */
  get failed(): boolean {
    return this.#input.failed;
  }

  /** Marks the input as malformed. */
  fail(): void {
    this.#input.fail();
  }

  /** The next `count` (1 .. 32) bits as an unsigned number; 0 after a failure. */
  bits(count: number): number {
    let value = 0;
    for (let read = 0; read < count; ) {
      if (this.#left === 0) {
        this.#pending = this.#input.uint8();
        this.#left = 8;
      }
      const take = Math.min(this.#left, count - read);
      value |= (this.#pending & ((1 << take) - 1)) << read;
      this.#pending >>>= take;
      this.#left -= take;
      read += take;
    }
    return this.failed ? 0 : value >>> 0;
  }

  /** Reverse of `BitWriter.float64`; NaN comes back as NaN, the caller decides. */
  float64(): number {
    scratch.setUint32(0, this.bits(32), true);
    scratch.setUint32(4, this.bits(32), true);
    return scratch.getFloat64(0, true);
  }

  /** Skips to the next byte. The bits skipped must be zero, so that one value has one encoding. */
  align(): void {
    if (this.#pending !== 0) this.fail();
    this.#pending = 0;
    this.#left = 0;
  }
}
