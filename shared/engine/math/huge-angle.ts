/** Payne-Hanek reduction: angles beyond 2^20 * pi/2, exactly, in constant time. */
import { clearLow, highWord, lowWord } from "./float-bits.ts";

const LIMB = 16777216;
const HALF_LIMB = 8388608;
const PER_LIMB = 1 / LIMB;

/** The first 1,200 bits of 2/pi, 24 to a limb; limb i weighs 2^(-24 * (i + 1)). */
// biome-ignore format: a table
const TWO_OVER_PI = new Float64Array([
  0xa2f983, 0x6e4e44, 0x1529fc, 0x2757d1, 0xf534dd, 0xc0db62, 0x95993c, 0x439041, 0xfe5163, 0xabdebb,
  0xc561b7, 0x246e3a, 0x424dd2, 0xe00649, 0x2eea09, 0xd1921c, 0xfe1deb, 0x1cb129, 0xa73ee8, 0x8235f5,
  0x2ebb44, 0x84e99c, 0x7026b4, 0x5f7e41, 0x3991d6, 0x398353, 0x39f49c, 0x845f8b, 0xbdf928, 0x3b1ff8,
  0x97ffde, 0x05980f, 0xef2f11, 0x8b5a0a, 0x6d1f6d, 0x367ecf, 0x27cb09, 0xb74f46, 0x3f669e, 0x5fea2d,
  0x7527ba, 0xc7ebe5, 0xf17b3d, 0x0739f7, 0x8a5292, 0xea6bfb, 0x5fb11f, 0x8d5d08, 0x560330, 0x46fc7b,
]);

/** Limbs kept below the binary point: 168 bits; doubles come no nearer to a multiple of pi/2 than about 2^-62. */
const FRACTION_LIMBS = 7;
const product = new Float64Array(FRACTION_LIMBS + 1);

const PI_2_HEAD = 1.5707963267948966;
const PI_2_TAIL = 6.123233995736766e-17;
const PI_2_TOP = clearLow(PI_2_HEAD);
const PI_2_LOW = PI_2_HEAD - PI_2_TOP;

const limb = (i: number): number => (i < 0 ? 0 : (TWO_OVER_PI[i] as number));

/**
 * Splits `size` radians, finite and at least 2^20, into quarter turns (returned, modulo 4) and the rest (written to `rest`
 * as head and tail, within pi/4 of zero; error below 2^-75 of its size).
 *
 * `size` is an integer M of up to four 24-bit limbs times 2^(24k). Of M * 2^(24k) * 2/pi only the limbs from 2^0 down
 * matter: higher ones are whole turns, lower ones are too small. Every sum stays below 2^51, so every step is exact.
 * Source: M. Payne and R. Hanek, "Radian reduction for trigonometric functions", SIGNUM 18 (1983);
 * limb size as in fdlibm 5.3, Sun Microsystems, k_rem_pio2.c.
 */
export function reduceHuge(size: number, rest: Float64Array): number {
  const high = highWord(size);
  const exponent = (high >>> 20) - 1075;
  const k = Math.floor(exponent / 24);
  const shift = exponent - 24 * k;
  let m = (((high & 0xfffff) | 0x100000) * 4294967296 + lowWord(size)) * (1 << shift);
  const m3 = Math.floor(m * PER_LIMB * PER_LIMB * PER_LIMB);
  m -= m3 * LIMB * LIMB * LIMB;
  const m2 = Math.floor(m * PER_LIMB * PER_LIMB);
  m -= m2 * LIMB * LIMB;
  const m1 = Math.floor(m * PER_LIMB);
  const m0 = m - m1 * LIMB;

  let carry = 0;
  for (let place = FRACTION_LIMBS; place >= 0; place--) {
    const i = k - 1 + place;
    const sum = m0 * limb(i) + m1 * limb(i + 1) + m2 * limb(i + 2) + m3 * limb(i + 3) + carry;
    carry = Math.floor(sum * PER_LIMB);
    product[place] = sum - carry * LIMB;
  }
  let turns = (product[0] as number) & 3;
  const isPastHalf = (product[1] as number) >= HALF_LIMB;
  if (isPastHalf) {
    turns = (turns + 1) & 3;
    // The rest is the fraction minus one; its size is the complement (all but one unit in bit 168).
    for (let place = 1; place <= FRACTION_LIMBS; place++) product[place] = LIMB - 1 - (product[place] as number);
  }
  writeRest(isPastHalf ? -1 : 1, rest);
  return turns;
}

/** Turns the fraction limbs into a head and a tail in units of pi/2, then multiplies by pi/2 in double-double. */
function writeRest(sign: number, rest: Float64Array): void {
  let fraction = 0;
  for (let place = FRACTION_LIMBS; place >= 1; place--) fraction = ((product[place] as number) + fraction) * PER_LIMB;
  let fractionTail = -fraction;
  let weight = PER_LIMB;
  for (let place = 1; place <= FRACTION_LIMBS; place++) {
    fractionTail += (product[place] as number) * weight;
    weight *= PER_LIMB;
  }
  const top = clearLow(fraction);
  const low = fraction - top;
  const rounded = fraction * PI_2_HEAD;
  const roundingError = top * PI_2_TOP - rounded + top * PI_2_LOW + low * PI_2_TOP + low * PI_2_LOW;
  const tail = roundingError + fraction * PI_2_TAIL + fractionTail * PI_2_HEAD;
  const head = rounded + tail;
  rest[0] = sign * head;
  rest[1] = sign * (rounded - head + tail);
}
