/** The true values, in BigInt fixed point with at least 200 bits: slow, simple, and sharing nothing with the engine. */

/** The number `value * 2^-scale`; the last bits of `value` may be off. */
export interface Big {
  readonly value: bigint;
  readonly scale: number;
}

const view = new DataView(new ArrayBuffer(8));

/** A finite double as an exact `Big`. */
export function exact(x: number): Big {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const value = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  return { value: x < 0 ? -value : value, scale: 1075 - Math.max(exponent, 1) };
}

/** `x` in fixed point with `bits` fraction bits; floor if that is too few. */
export function fixed(x: Big, bits: number): bigint {
  return bits >= x.scale ? x.value << BigInt(bits - x.scale) : x.value >> BigInt(x.scale - bits);
}

export function bitLength(value: bigint): number {
  const hex = (value < 0n ? -value : value).toString(16);
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex[0] as string, 16)) - 28);
}

/** Exponent of the leading bit; 0 for zero. */
const magnitude = (x: number): number => {
  const big = exact(x);
  return big.value === 0n ? 0 : bitLength(big.value) - 1 - big.scale;
};

/** Fraction bits that leave 200 significant ones in a number as small as `x`. */
const bitsFor = (x: number): number => 200 + Math.max(0, -magnitude(x));

/** atan(1/n), from its Taylor series. */
function atanInverse(n: bigint, one: bigint): bigint {
  let term = one / n;
  let sum = term;
  for (let k = 3n; term !== 0n; k += 2n) {
    term /= -n * n;
    sum += term / k;
  }
  return sum;
}

const PI_BITS = 2600;
const ONE = 1n << BigInt(PI_BITS);
/** Machin: pi/4 = 4 atan(1/5) - atan(1/239). */
const PI = 4n * (4n * atanInverse(5n, ONE) - atanInverse(239n, ONE));
/** ln 2 = 2 atanh(1/3). */
const LN_2 = (() => {
  let term = ONE / 3n;
  let sum = term;
  for (let k = 3n; term !== 0n; k += 2n) {
    term /= 9n;
    sum += term / k;
  }
  return 2n * sum;
})();

const truncated = (constant: bigint, bits: number): bigint => constant >> BigInt(PI_BITS - bits);

/** sin and cos of a fixed-point angle within about pi/4, by Taylor at angle / 2^16 and sixteen doublings. */
function sinCosNearZero(angle: bigint, bits: number): [bigint, bigint] {
  const p = BigInt(bits + 40);
  const a = (angle << 40n) >> 16n;
  const a2 = (a * a) >> p;
  const one = 1n << p;
  let sinTerm = a;
  let versineTerm = a2 >> 1n;
  let s = sinTerm;
  // 1 - cos rather than cos: it keeps its bits while it is small.
  let v = versineTerm;
  for (let k = 2n; sinTerm !== 0n || versineTerm !== 0n; k += 2n) {
    sinTerm = (-sinTerm * a2) / ((k * (k + 1n)) << p);
    versineTerm = (-versineTerm * a2) / (((k + 1n) * (k + 2n)) << p);
    s += sinTerm;
    v += versineTerm;
  }
  for (let i = 0; i < 16; i++) {
    const doubled = (s * (one - v)) >> (p - 1n);
    v = (s * s) >> (p - 1n);
    s = doubled;
  }
  return [s >> 40n, (one - v) >> 40n];
}

/** sin and cos of any finite angle in radians; the scale leaves 130 significant bits beside a multiple of pi/2. */
export function trueSinCos(x: number): { sin: Big; cos: Big } {
  const bits = bitsFor(x);
  const big = exact(x);
  const wide = bits + Math.max(0, magnitude(x)) + 8;
  const halfPi = truncated(PI, wide) >> 1n;
  const angle = fixed(big, wide);
  const turns = (2n * angle + halfPi) / (2n * halfPi) - (2n * angle + halfPi < 0n ? 1n : 0n);
  const [s, c] = sinCosNearZero((angle - turns * halfPi) >> BigInt(wide - bits), bits);
  const quadrant = Number(turns & 3n);
  const sin = [s, c, -s, -c][quadrant] as bigint;
  const cos = [c, -s, -c, s][quadrant] as bigint;
  return { sin: { value: sin, scale: bits }, cos: { value: cos, scale: bits } };
}

export function trueTan(x: number): Big {
  const { sin, cos } = trueSinCos(x);
  const more = 200 + sin.scale;
  return { value: (sin.value << BigInt(more)) / cos.value, scale: more };
}

/** The angle of the vector (x, y), fixed point at `bits`: a double's guess and one correction, cubic in its error. */
function angleOf(y: bigint, x: bigint, guess: number, bits: number): bigint {
  const p = BigInt(bits);
  const { sin, cos } = trueSinCos(guess);
  const s = fixed(sin, bits);
  const c = fixed(cos, bits);
  const d = ((y * c - x * s) << p) / (x * c + y * s);
  if (bitLength(d) > Math.max(bits - 45, bitLength(fixed(exact(guess), bits)) - 40))
    throw new Error("the guess is too far off");
  return fixed(exact(guess), bits) + d - (d * d * d) / (3n << (2n * p));
}

export function trueAtan2(y: number, x: number): Big {
  const guess = Math.atan2(y, x);
  const bits = bitsFor(guess);
  const exactY = exact(y);
  const exactX = exact(x);
  const scale = Math.max(exactY.scale, exactX.scale);
  return { value: angleOf(fixed(exactY, scale), fixed(exactX, scale), guess, bits), scale: bits };
}

function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  const shift = BigInt(Math.max(0, bitLength(n) - 100) & ~1);
  let root = (BigInt(Math.floor(Math.sqrt(Number(n >> shift)))) + 1n) << (shift >> 1n);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** asin of |x| <= 1. */
export function trueAsin(x: number): Big {
  const bits = bitsFor(x);
  const sine = fixed(exact(x), bits);
  return { value: angleOf(sine, squareRoot((1n << BigInt(2 * bits)) - sine * sine), Math.asin(x), bits), scale: bits };
}

/** acos of |x| <= 1. */
export function trueAcos(x: number): Big {
  const bits = bitsFor(x);
  const cosine = fixed(exact(x), bits);
  const sine = squareRoot((1n << BigInt(2 * bits)) - cosine * cosine);
  return { value: angleOf(sine, cosine, Math.acos(x), bits), scale: bits };
}

/** e^x for fixed-point x, as a Big in which only the scale carries the powers of two. */
function expOf(x: bigint, bits: number): Big {
  const p = BigInt(bits + 40);
  const wide = x << 40n;
  const ln2 = truncated(LN_2, bits + 40);
  const power = wide / ln2 - (wide < 0n ? 1n : 0n);
  const r = (wide - power * ln2) >> 12n;
  let term = 1n << p;
  let sum = term;
  for (let k = 1n; term !== 0n; k++) {
    term = ((term * r) >> p) / k;
    sum += term;
  }
  for (let i = 0; i < 12; i++) sum = (sum * sum) >> p;
  return { value: sum, scale: bits + 40 - Number(power) };
}

export function trueExp(x: number): Big {
  const bits = bitsFor(x);
  return expOf(fixed(exact(x), bits), bits);
}

/** log of x > 0: Math.log's guess and one Halley step, cubic in its error. */
export function trueLog(x: number): Big {
  const guess = Math.log(x);
  const bits = bitsFor(guess);
  const p = BigInt(bits);
  const first = fixed(exact(guess), bits);
  const e = expOf(first, bits);
  const big = exact(x);
  const scale = Math.max(e.scale, big.scale);
  const want = fixed(big, scale);
  const have = fixed(e, scale);
  const step = ((2n * (want - have)) << p) / (want + have);
  if (bitLength(step) > bits - 40) throw new Error("the guess is too far off");
  return { value: first + step, scale: bits };
}

/** base^exponent for base > 0. */
export function truePow(base: number, exponent: number): Big {
  const log = trueLog(base);
  const big = exact(exponent);
  const product = { value: log.value * big.value, scale: log.scale + big.scale };
  const bits = 220;
  return expOf(fixed(product, bits), bits);
}

export function trueHypot(x: number, y: number, z: number): Big {
  const parts = [exact(x), exact(y), exact(z)];
  const scale = Math.max(...parts.map((part) => part.scale)) + 150;
  let sum = 0n;
  for (const part of parts) sum += fixed(part, scale) ** 2n;
  return { value: squareRoot(sum), scale };
}

/**
 * Distance of `result` from `truth` in ulps of the truth (the spacing of doubles where the truth lies).
 *
 * Infinity counts as 2^1024, as it does in rounding, unless the truth is beyond that: then nothing else will do.
 */
export function ulpsOff(result: number, truth: Big): number {
  if (Number.isNaN(result)) return NaN;
  if (truth.value === 0n) return result === 0 ? 0 : Infinity;
  const leading = bitLength(truth.value) - 1 - truth.scale;
  if (leading >= 1024) return Math.abs(result) === Infinity ? 0 : Infinity;
  if (leading < -1080) return Math.abs(result) / Number.MIN_VALUE;
  const exponent = Math.max(-1022, leading);
  const got = Math.abs(result) === Infinity ? { value: result > 0 ? 1n : -1n, scale: -1024 } : exact(result);
  const scale = Math.max(got.scale, truth.scale);
  const difference = fixed(got, scale) - fixed(truth, scale);
  // In units of ulp / 2^30.
  const drop = scale + exponent - 52 - 30;
  const inUnits = drop >= 0 ? difference >> BigInt(drop) : difference << BigInt(-drop);
  return Math.abs(Number(inUnits)) / 2 ** 30;
}
