/** The generator behind all random numbers: sfc32, with the calls that rules make of it. */
import type { ByteReader, ByteWriter } from "../bytes/bytes.ts";

/** Random numbers in a sequence of their own. Every call moves the sequence on. */
export interface RandomStream {
  /** A whole number from `min` to `max`, both included; both must be safe integers at most 2^32 - 1 apart. */
  int(min: number, max: number): number;
  /** A fraction in [0, 1) with 32 random bits. */
  float(): number;
  /** True with the given probability, 0 .. 1. */
  chance(probability: number): boolean;
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** Puts the list in random order, in place (Fisher-Yates), and returns it. */
  shuffle<T>(list: T[]): T[];
}

const WARM_UP_ROUNDS = 12;

/**
 * sfc32: 128 bits of state, period of at least 2^32, passes PractRand.
 *
 * Source: Chris Doty-Humphrey, PractRand, "sfc" generators.
 */
export class Sfc32 implements RandomStream {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  /** @param seed any unsigned 32-bit number. */
  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = ~seed;
    this.#c = 0x9e3779b9 ^ seed;
    this.#warmUp();
  }

  #warmUp(): void {
    for (let i = 0; i < WARM_UP_ROUNDS; i++) this.uint32();
  }

  /**
   * Starts a sequence that depends on the state of another, which is not moved, and on three 32-bit keys. Different
   * keys give different states, without exception.
   */
  branchFrom(other: Sfc32, keyA: number, keyB: number, keyC: number): this {
    this.#a = other.#a ^ keyA;
    this.#b = other.#b ^ keyB;
    this.#c = other.#c ^ keyC;
    this.#counter = other.#counter;
    this.#warmUp();
    return this;
  }

  /** The next unsigned 32-bit number. */
  uint32(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  int(min: number, max: number): number {
    const span = max - min + 1;
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || span < 1 || span > 0x100000000)
      throw new RangeError(`random.int(${min}, ${max}): give two whole numbers, smaller first, at most 2^32 - 1 apart`);
    return min + Math.floor(this.float() * span);
  }

  float(): number {
    return this.uint32() / 0x100000000;
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError("random.pick([]): the list is empty");
    return list[this.int(0, list.length - 1)] as T;
  }

  shuffle<T>(list: T[]): T[] {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      const held = list[i] as T;
      list[i] = list[j] as T;
      list[j] = held;
    }
    return list;
  }

  copyFrom(other: Sfc32): void {
    this.#a = other.#a;
    this.#b = other.#b;
    this.#c = other.#c;
    this.#counter = other.#counter;
  }

  encode(out: ByteWriter): void {
    out.int32(this.#a);
    out.int32(this.#b);
    out.int32(this.#c);
    out.int32(this.#counter);
  }

  decode(input: ByteReader): void {
    this.#a = input.int32();
    this.#b = input.int32();
    this.#c = input.int32();
    this.#counter = input.int32();
  }
}
