/** A recording that was damaged: refused, or played up to the fault with a sentence; never a hang, never a wrong world (R13). */
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../shared/engine/bytes/bytes.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { tag } from "../../shared/games/tag.ts";
import { Recording } from "../../shared/recording/recording.ts";
import { Replayer } from "../../shared/recording/replayer.ts";
import { recordMatch } from "../kit/memory/recorded.ts";
import { rerun, seeds } from "../kit/seeds.ts";

const FILE = "test/recording/damage.test.ts";
/** Two blocks. */
const TICKS = 32 * tag.tickRate;
const { recording, hashes } = recordMatch(tag, 3, TICKS);
const whole = recording.end();

interface Outcome {
  /** What is wrong, in words. */
  readonly said: string | undefined;
  /** How many worlds could be played. */
  readonly played: number;
}

/** Plays all that can be played, and demands that it is what was. */
function play(file: Uint8Array): Outcome {
  const read = Recording.open(file);
  if (typeof read === "string") return { said: read, played: 0 };
  const replayer = Replayer.open(tag, read);
  if (typeof replayer === "string") return { said: replayer, played: 0 };
  for (;;) {
    if (replayer.hash !== hashes[replayer.tick]) throw new Error(`a wrong world at tick ${replayer.tick}`);
    const found = replayer.step();
    if (found === undefined) continue;
    const played = replayer.tick;
    if (found.kind === "end") return { said: read.fault, played };
    return { said: found.kind === "fault" ? found.sentence : found.kind, played };
  }
}

const SENTENCE = /^[A-Z].*\.$/;

it("is played to its end where nothing was done to it", () => {
  expect(play(whole)).toEqual({ said: undefined, played: TICKS });
});

it("with any byte changed says so", () => {
  const fates = new Map<number, number>();
  for (let at = 0; at < whole.length; at++) {
    const file = whole.slice();
    file[at]! ^= 1 << (at % 8);
    const { said, played } = play(file);
    expect(said, `byte ${at}`).toMatch(SENTENCE);
    fates.set(played, (fates.get(played) ?? 0) + 1);
  }
  // The head, the first block, the second, the index.
  expect([...fates.keys()].sort((a, b) => a - b)).toEqual([0, 30 * tag.tickRate, TICKS]);
});

it("cut off anywhere is played up to there", () => {
  const fates = new Set<number>();
  for (let length = 0; length < whole.length; length++) {
    const { said, played } = play(whole.subarray(0, length));
    expect(said, `${length} bytes`).toMatch(SENTENCE);
    fates.add(played);
  }
  expect([...fates]).toEqual([0, 30 * tag.tickRate, TICKS]);
});

describe("with anything done to it", () => {
  it.each(seeds(2000, 200))("seed %i: says so, or is what it was", (seed) => {
    const random = new WorldRandom(seed);
    const file = new ByteWriter();
    const somewhere = (): number => random.int(0, whole.length);
    const kind = random.pick(["changed", "removed", "doubled", "noise", "swapped"] as const);
    const [from, to] = [somewhere(), somewhere()].sort((a, b) => a - b) as [number, number];
    if (kind === "changed") {
      const bytes = whole.slice();
      for (let left = random.int(1, 20); left > 0; left--) bytes[random.int(0, whole.length - 1)] = random.int(0, 255);
      file.raw(bytes);
    } else {
      file.raw(whole.subarray(0, from));
      if (kind === "doubled") file.raw(whole.subarray(from, to));
      if (kind === "noise") for (let left = random.int(1, 40); left > 0; left--) file.uint8(random.int(0, 255));
      if (kind === "swapped") file.raw(whole.subarray(to));
      file.raw(whole.subarray(kind === "swapped" || kind === "doubled" ? from : to));
    }
    const bytes = file.view().slice();
    const { said } = play(bytes);
    const isSame = bytes.length === whole.length && bytes.every((byte, at) => byte === whole[at]);
    if (!isSame) expect(said, `run again: ${rerun(FILE, seed)}`).toMatch(SENTENCE);
  });
});
