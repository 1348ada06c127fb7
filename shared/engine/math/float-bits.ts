/** The bits of a double, read and written through one scratch cell that works on either byte order. */

const cell = new Float64Array(1);
const words = new Uint32Array(cell.buffer);
cell[0] = 1;
/** 1.0 has all its set bits in its high word, so the word that is zero is the low one. */
const HIGH = words[0] === 0 ? 1 : 0;
const LOW = 1 - HIGH;

/** Sign, exponent and the upper 20 fraction bits, as a signed 32-bit number. Not for NaN: its payload differs by engine. */
export function highWord(x: number): number {
  cell[0] = x;
  return (words[HIGH] as number) | 0;
}

/** The lower 32 fraction bits, as an unsigned number. Not for NaN. */
export function lowWord(x: number): number {
  cell[0] = x;
  return words[LOW] as number;
}

/** The double made of these two words. */
export function fromWords(high: number, low: number): number {
  words[HIGH] = high;
  words[LOW] = low;
  return cell[0] as number;
}

/** `x` with its lower 32 fraction bits cleared: the product of two such numbers is exact. */
export function clearLow(x: number): number {
  cell[0] = x;
  words[LOW] = 0;
  return cell[0] as number;
}

/** `x` with `power` added to its exponent; both `x` and the result must be normal numbers. */
export function addExponent(x: number, power: number): number {
  cell[0] = x;
  words[HIGH] = (words[HIGH] as number) + (power << 20);
  return cell[0] as number;
}
