/** Snapshots in parts: whole with the last one, with progress on the way, and nothing that lies is put together (R13). */
import { deflateSync } from "fflate";
import { beforeEach, describe, expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import {
  type Parcel,
  type Part,
  readPart,
  Unwrapper,
  wrap,
  writePart,
} from "../../../shared/engine/protocol/parcel.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/engine/protocol/parcel.test.ts";
const random = new WorldRandom(1);
const noise = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.int(0, 255));

function partsOf(parcel: Parcel, partBytes: number): Part[] {
  const parts: Part[] = [];
  for (let offset = 0; offset < parcel.body.length; ) {
    const out = new ByteWriter();
    offset = writePart(parcel, offset, partBytes, out);
    parts.push(readPart(new ByteReader(out.view().slice())));
  }
  return parts;
}

let unwrapper: Unwrapper;
beforeEach(() => {
  unwrapper = new Unwrapper(10_000);
});
const takeAll = (parts: readonly Part[]): unknown[] => parts.map((part) => unwrapper.take(part));

describe("a parcel", () => {
  it("is deflated where that pays, and as it is where it does not", () => {
    const [small, repeated, random] = [new Uint8Array(512), new Uint8Array(5000), noise(5000)];
    expect(wrap(small)).toEqual({ size: 512, body: small });
    expect(wrap(random)).toEqual({ size: 5000, body: random });
    expect(wrap(repeated).size).toBe(5000);
    expect(wrap(repeated).body.length).toBeLessThan(100);
  });

  it("of any size comes back from parts of any size", () => {
    everySeed(FILE, (random) => {
      const size = random.int(1, 6000);
      const variety = random.pick([0, 3, 255]);
      const bytes = Uint8Array.from({ length: size }, () => random.int(0, variety));
      const told = takeAll(partsOf(wrap(bytes), random.pick([1 + (size >> 3), 100, 16_384])));
      expect(told.slice(0, -1)).toEqual(new Array(told.length - 1).fill("more"));
      expect(told.at(-1)).toEqual(bytes);
    });
  });

  it("shows how much of it is here, and nothing before it and after it", () => {
    const parts = partsOf({ size: 1000, body: noise(1000) }, 250);
    const shown = [unwrapper.progress];
    for (const part of parts) {
      unwrapper.take(part);
      shown.push(unwrapper.progress);
    }
    expect(shown).toEqual([0, 0.25, 0.5, 0.75, 0]);
  });

  it("starts again with a first part, whatever was under way", () => {
    const [first, second] = [noise(1000), noise(700)];
    const [a, b] = [partsOf(wrap(first), 300), partsOf(wrap(second), 300)];
    expect(takeAll([...a.slice(0, 2), ...b])).toEqual(["more", "more", "more", "more", second]);
    expect(takeAll(a).at(-1)).toEqual(first);
  });

  it("whose bytes are taken over does not change with the message they came in", () => {
    const bytes = noise(600);
    const [one, two] = partsOf({ size: 600, body: bytes }, 300) as [Part, Part];
    unwrapper.take(one);
    one.bytes.fill(0);
    expect(unwrapper.take(two)).toEqual(bytes);
  });
});

describe("parts that do not fit are refused:", () => {
  const good = partsOf({ size: 900, body: noise(900) }, 300);
  const [p0, p1, p2] = good as [Part, Part, Part];

  it.each<[string, Part[], number]>([
    ["a missing one", [p0, p2], 1],
    ["one that comes twice", [p0, p1, p1], 2],
    ["one in the wrong place", [p0, p2, p1], 1],
    ["one without a first", [p1], 0],
    ["one that says another size", [p0, { ...p1, size: 901 }], 1],
    ["one that says another length", [p0, { ...p1, length: 899 }], 1],
    ["one that is empty", [p0, { ...p1, bytes: new Uint8Array(0) }], 1],
    ["a first one that is empty", [{ ...p0, bytes: new Uint8Array(0) }], 0],
    ["one that is longer than what is left", [p0, p1, { ...p2, bytes: noise(301) }], 2],
    ["a parcel of no bytes", [{ size: 0, length: 0, offset: 0, bytes: new Uint8Array(0) }], 0],
    ["a parcel that is longer than what is in it", [{ ...p0, size: 899 }], 0],
    ["a parcel beyond what is allowed", [{ ...p0, size: 10_001, length: 900 }], 0],
    ["the largest parcel there can be", [{ ...p0, size: 2 ** 32 - 1, length: 2 ** 32 - 1 }], 0],
    ["an offset that is no number of a byte", [p0, { ...p1, offset: Number.NaN }], 1],
  ])("%s", (_what, parts, at) => {
    const told = takeAll(parts);
    expect(told.slice(0, at)).toEqual(new Array(at).fill("more"));
    expect(told[at]).toBe("malformed");
    expect(unwrapper.progress, "and forgotten").toBe(0);
    expect(takeAll(good).at(-1), "and the next good one is taken").toBeInstanceOf(Uint8Array);
  });
});

describe("a deflated parcel", () => {
  const content = new Uint8Array(8000).fill(7);
  const deflated = deflateSync(content);
  const taken = (size: number, body: Uint8Array) => takeAll(partsOf({ size, body }, 16_384)).at(-1);

  it("is taken when it inflates to what it says", () => {
    expect(taken(8000, deflated)).toEqual(content);
  });

  it.each([
    ["to more than it says", 7999, deflated],
    ["to less than it says", 8001, deflated],
    ["to a hundred times what it says (a bomb)", 2000, deflateSync(new Uint8Array(200_000))],
    ["to nothing that is deflated", 8000, noise(500)],
    ["cut short", 8000, deflated.subarray(0, deflated.length - 4)],
  ])("is refused when it inflates %s", (_what, size, body) => {
    expect(taken(size, body)).toBe("malformed");
  });

  it("that is a bomb costs no more memory than it says", () => {
    const bomb = deflateSync(new Uint8Array(50_000_000));
    unwrapper = new Unwrapper(100_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(taken(60_000, bomb)).toBe("malformed");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it("of any bytes never throws", () => {
    everySeed(FILE, (random) => {
      const body = deflated.slice();
      for (let i = random.int(1, 4); i > 0; i--) body[random.int(0, body.length - 1)]! ^= 1 << random.int(0, 7);
      const made = taken(8000, random.chance(0.5) ? body : noise(random.int(1, 7000)));
      if (made instanceof Uint8Array) expect(made).toHaveLength(8000);
      else expect(made).toBe("malformed");
    });
  });
});
