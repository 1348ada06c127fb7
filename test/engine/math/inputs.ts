/** Seeded doubles for the math tests: raw bit patterns and uniform ranges, the same on every engine. */
import { WorldRandom } from "../../../shared/engine/game/random.ts";

const view = new DataView(new ArrayBuffer(8));

export interface Inputs {
  /** Any finite double: sign, exponent and fraction all random. */
  anyDouble(): number;
  /** A double with a random sign and fraction, and its exponent in `low` .. `high` (powers of two). */
  ofExponent(low: number, high: number): number;
  /** Uniform in [low, high), with 53 bits. */
  between(low: number, high: number): number;
  /** A whole number in low .. high. */
  whole(low: number, high: number): number;
  /** A double at most `steps` neighbours away from `x`; `x` must be a normal number well inside its binade. */
  near(x: number, steps: number): number;
}

export function seededInputs(seed: number): Inputs {
  const random = new WorldRandom(seed);
  const inputs: Inputs = {
    anyDouble: () => inputs.ofExponent(-1023, 1023),
    ofExponent(low, high) {
      const word = random.uint32();
      view.setUint32(0, ((word & 0x800fffff) | ((random.int(low, high) + 1023) << 20)) >>> 0);
      view.setUint32(4, random.uint32());
      return view.getFloat64(0);
    },
    between(low, high) {
      const fraction = (random.uint32() * 2097152 + (random.uint32() >>> 11)) / 9007199254740992;
      return low + (high - low) * fraction;
    },
    whole: (low, high) => random.int(low, high),
    near(x, steps) {
      view.setFloat64(0, x);
      view.setBigInt64(0, view.getBigInt64(0) + BigInt(random.int(-steps, steps)));
      return view.getFloat64(0);
    },
  };
  return inputs;
}
