/** Messages to a room in frames that are right: conversations of both planes, with types, numbers and bytes changed. */
import { pack } from "msgpackr";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { Up } from "../../../shared/engine/protocol/up.ts";
import { BINARY, frame } from "../../kit/wire/frames.ts";
import { EXEMPT, type FuzzCase } from "../fuzz-case.ts";
import { bytesOf, joined, mutate } from "../mutate.ts";

const JOINED = 10;
const LEAVE = 12;
const NAMED = 13;
const BYTES = 17;
const MOST_MESSAGES = 40;
/** Beside the types there are: those that may come. */
const MOST_TYPE = 16;
const NUMBERS = [0, 1, 2, 127, 128, 255, 256, 16_383, 16_384, 65_535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
const TELLING = [
  [0x80],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xc1],
  [0xdd, 255, 255, 255, 255],
  [0x81, 0xa2, 0x64, 0x78],
  [17, 2],
].map((bytes) => Uint8Array.from(bytes));
const VALUES = [0, 1, -1, 200, 1e308, -0, 0.5, null, true, "", "1", [], {}, [[]], Number.NaN, Number.POSITIVE_INFINITY];
const NAMES = ["input", "pause", "chat", "hack", "__proto__", "constructor", ""];

function uvarint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}

const anyNumber = (random: WorldRandom): Uint8Array =>
  uvarint(random.chance(0.5) ? random.int(0, 3000) : random.pick(NUMBERS));

const noise = (random: WorldRandom, most: number): Uint8Array =>
  Uint8Array.from({ length: random.int(0, most) }, () => random.int(0, 255));

/** The payload of one of our messages, with its form right and its numbers not. */
function payloadOf(type: number, random: WorldRandom): Uint8Array {
  switch (type) {
    case Up.ready:
      return random.chance(0.5) ? Uint8Array.of(0) : anyNumber(random);
    case Up.input:
      return joined(anyNumber(random), anyNumber(random), noise(random, 12));
    case Up.ping:
      return noise(random, 4).length === 4 ? noise(random, 4) : Uint8Array.of(1, 2, 3, 4);
    case Up.hash:
      return joined(anyNumber(random), Uint8Array.of(1, 2, 3, 4));
    case Up.trail: {
      const count = random.chance(0.2) ? random.int(0, 900) : random.int(0, 8);
      return joined(
        anyNumber(random),
        uvarint(random.chance(0.8) ? count : 4_000_000),
        new Uint8Array(4 * count).fill(7),
      );
    }
    case Up.state:
      return joined(
        anyNumber(random),
        random.chance(0.5) ? Uint8Array.of(0) : Uint8Array.of(1, 1, 2, 3, 4),
        ...parts(random),
      );
    case Up.plane:
    case Up.pause:
      return Uint8Array.of(random.chance(0.9) ? random.int(0, 1) : random.int(0, 255));
    default:
      return noise(random, 40);
  }
}

const parts = (random: WorldRandom): Uint8Array[] => [
  anyNumber(random),
  anyNumber(random),
  anyNumber(random),
  noise(random, 600),
];

function ours(random: WorldRandom): Uint8Array {
  const type = random.chance(0.9) ? random.pick(Object.values(Up)) : random.int(0, MOST_TYPE);
  return joined(Uint8Array.of(BYTES, type), payloadOf(type, random));
}

function named(random: WorldRandom): Uint8Array {
  const name = random.chance(0.8) ? "input" : random.pick(NAMES);
  const value = random.chance(0.6)
    ? { dx: random.pick(VALUES), dy: random.pick(VALUES), ...(random.chance(0.1) ? { dz: 1 } : {}) }
    : random.pick(VALUES);
  return joined(Uint8Array.of(NAMED, 0xa0 + name.length), bytesOf(name), pack(value));
}

export function roomCase(random: WorldRandom): FuzzCase {
  const on = random.chance(0.6) ? "lockstep" : "stream";
  const isMutated = random.chance(0.7);
  const messages = Array.from({ length: random.int(1, MOST_MESSAGES) }, () => {
    const message = random.chance(on === "lockstep" ? 0.95 : 0.3) ? ours(random) : named(random);
    return isMutated && random.chance(0.3) ? mutate(message, random, TELLING).subarray(0, 4096) : message;
  });
  const opening = [Uint8Array.of(JOINED), ...(on === "lockstep" ? [Uint8Array.of(BYTES, Up.ready, 0)] : [])];
  const all = [...(random.chance(0.95) ? opening : []), ...messages, Uint8Array.of(LEAVE)];
  return { kind: "room", on, from: EXEMPT, pieces: all.map((message) => frame(BINARY, message)) };
}
