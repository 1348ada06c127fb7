/**
 * A byte writer that grows, and a byte reader that never throws; everything on the wire goes through these two (R13).
 */

const INITIAL_BYTES = 256;
/** Characters of a text: each is an argument of one call, and engines limit those. */
const MOST_AT_ONCE = 4096;

/** Writes little-endian values into one buffer that grows and is reused. */
export class ByteWriter {
  #bytes = new Uint8Array(INITIAL_BYTES);
  #view = new DataView(this.#bytes.buffer);
  /** Bytes written since the last `reset()`. */
  length = 0;

  /** Starts over in the same buffer. */
  reset(): this {
    this.length = 0;
    return this;
  }

  /** What was written: a view that the next `reset()` and write overwrite. `slice()` it to keep it. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  /** The buffer itself, for writers that `reserve` first and move `length` on afterwards. The next growth replaces it. */
  get data(): DataView {
    return this.#view;
  }

  /** Makes room for `count` more bytes, so that the unchecked part of a writer runs without growing. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  uint8(value: number): void {
    this.reserve(1);
    this.#bytes[this.length++] = value;
  }

  int8(value: number): void {
    this.uint8(value);
  }

  uint16(value: number): void {
    this.reserve(2);
    this.#view.setUint16(this.length, value, true);
    this.length += 2;
  }

  int16(value: number): void {
    this.uint16(value);
  }

  uint32(value: number): void {
    this.reserve(4);
    this.#view.setUint32(this.length, value, true);
    this.length += 4;
  }

  int32(value: number): void {
    this.uint32(value);
  }

  float64(value: number): void {
    this.reserve(8);
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** Unsigned LEB128, 0 .. 2^32 - 1 in 1 to 5 bytes. */
  uvarint(value: number): void {
    this.reserve(5);
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.#bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.length++] = rest;
  }

  /** UTF-16 code units behind a uvarint count: lossless for any JavaScript string, and the same in every engine. */
  string(value: string): void {
    this.uvarint(value.length);
    this.reserve(value.length * 2);
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      this.#bytes[this.length++] = code & 0xff;
      this.#bytes[this.length++] = code >> 8;
    }
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }
}

/**
 * Reads what `ByteWriter` wrote. A read past the end, or a malformed value, sets `failed` for good and returns zero; the
 * caller looks at `failed` once at the end. Loops over a told count must ask `canHold` first (R13).
 */
export class ByteReader {
  #bytes: Uint8Array;
  /** Made when it is needed: most messages are read byte by byte. */
  #view: DataView | undefined;
  /** Index of the next byte. */
  offset = 0;
  /** True once anything could not be read. */
  failed = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Starts over with another input, which begins at `at` in `bytes`. */
  reset(bytes: Uint8Array, at = 0): this {
    this.#bytes = bytes;
    this.#view = undefined;
    this.offset = at;
    this.failed = false;
    return this;
  }

  /** The input. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** The input itself, for readers that ask `canHold` first and move `offset` on afterwards. */
  get data(): DataView {
    const { buffer, byteOffset, byteLength } = this.#bytes;
    this.#view ??= new DataView(buffer, byteOffset, byteLength);
    return this.#view;
  }

  /** Bytes not read yet; 0 after a failure. */
  get remaining(): number {
    return this.failed ? 0 : this.#bytes.length - this.offset;
  }

  /** Whether `count` items of at least `size` bytes each can still be there; fails the reader when not. */
  canHold(count: number, size: number): boolean {
    if (count * size > this.remaining) this.failed = true;
    return !this.failed;
  }

  /** Marks the input as malformed. */
  fail(): void {
    this.failed = true;
  }

  #take(count: number): number {
    if (this.failed || this.offset + count > this.#bytes.length) {
      this.failed = true;
      return -1;
    }
    const at = this.offset;
    this.offset += count;
    return at;
  }

  uint8(): number {
    const at = this.#take(1);
    return at < 0 ? 0 : this.#bytes[at]!;
  }

  int8(): number {
    const at = this.#take(1);
    return at < 0 ? 0 : (this.#bytes[at]! << 24) >> 24;
  }

  uint16(): number {
    const at = this.#take(2);
    return at < 0 ? 0 : this.data.getUint16(at, true);
  }

  int16(): number {
    const at = this.#take(2);
    return at < 0 ? 0 : this.data.getInt16(at, true);
  }

  uint32(): number {
    const at = this.#take(4);
    return at < 0 ? 0 : this.data.getUint32(at, true);
  }

  int32(): number {
    const at = this.#take(4);
    return at < 0 ? 0 : this.data.getInt32(at, true);
  }

  float64(): number {
    const at = this.#take(8);
    return at < 0 ? 0 : this.data.getFloat64(at, true);
  }

  /** Unsigned LEB128 of at most 32 bits, in its shortest form only: one value has one encoding. */
  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.uint8();
      if (this.failed) return 0;
      value += (byte & 0x7f) * (shift === 28 ? 0x10000000 : 1 << shift);
      if (byte < 0x80) {
        if ((byte === 0 && shift > 0) || value > 0xffffffff) break;
        return value;
      }
    }
    this.failed = true;
    return 0;
  }

  string(): string {
    const length = this.uvarint();
    if (!this.canHold(length, 2)) return "";
    const at = this.#take(2 * length);
    const codes = new Uint16Array(length);
    for (let i = 0; i < length; i++) codes[i] = this.#bytes[at + 2 * i]! | (this.#bytes[at + 2 * i + 1]! << 8);
    let value = "";
    for (let i = 0; i < length; i += MOST_AT_ONCE) value += String.fromCharCode(...codes.subarray(i, i + MOST_AT_ONCE));
    return value;
  }

  /** The next `count` bytes as a view on the input, without a copy. */
  raw(count: number): Uint8Array {
    const at = this.#take(count);
    return at < 0 ? this.#bytes.subarray(0, 0) : this.#bytes.subarray(at, at + count);
  }
}
