/** The mutation of bytes that were right, a little or a lot: what is almost right gets further than noise. */
import type { WorldRandom } from "../../shared/engine/game/random.ts";

const MOST_BYTES = 64 * 1024;
const EDGES = [0, 1, 0x7e, 0x7f, 0x80, 0x81, 0xfe, 0xff];

export const bytesOf = (text: string): Uint8Array => Buffer.from(text, "latin1");

export const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

const randomBytes = (random: WorldRandom, most: number): Uint8Array =>
  Uint8Array.from({ length: random.int(1, most) }, () =>
    random.chance(0.5) ? random.pick(EDGES) : random.int(0, 255),
  );

/** A stretch of some bytes: where it begins, and where it is over. */
function stretch(bytes: Uint8Array, random: WorldRandom): readonly [number, number] {
  const from = random.int(0, bytes.length);
  return [from, Math.min(bytes.length, from + random.int(1, random.chance(0.2) ? 200 : 8))];
}

function mutateOnce(bytes: Uint8Array, random: WorldRandom, telling: readonly Uint8Array[]): Uint8Array {
  const [from, to] = stretch(bytes, random);
  const [before, within, after] = [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)];
  switch (random.int(0, 7)) {
    case 0: {
      const changed = within.slice();
      for (let i = 0; i < changed.length; i++) changed[i]! ^= 1 << random.int(0, 7);
      return joined(before, changed, after);
    }
    case 1:
      return joined(before, randomBytes(random, 8), within, after);
    case 2:
      return joined(before, after);
    case 3:
      return joined(before, within, within, after);
    case 4:
      return joined(before, random.pick(telling), within, after);
    case 5:
      return joined(before, random.pick(telling), after);
    case 6:
      return before;
    default:
      return joined(before, ...Array<Uint8Array>(random.int(2, 300)).fill(within), after);
  }
}

/** @param telling what means something to who reads it, to be put in anywhere. */
export function mutate(bytes: Uint8Array, random: WorldRandom, telling: readonly Uint8Array[]): Uint8Array {
  let changed = bytes;
  for (let i = random.int(1, 4); i > 0; i--) changed = mutateOnce(changed, random, telling).subarray(0, MOST_BYTES);
  return changed;
}

/** Cuts bytes where no reader expects it. */
export function inPieces(bytes: Uint8Array, random: WorldRandom): Uint8Array[] {
  const cuts = Array.from({ length: random.chance(0.5) ? 0 : random.int(1, 4) }, () => random.int(0, bytes.length));
  const ends = [...cuts.sort((a, b) => a - b), bytes.length];
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end)).filter(({ length }) => length > 0);
}
