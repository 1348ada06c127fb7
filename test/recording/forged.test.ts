/** A recording that somebody made up, with hashes that are right: it takes no more memory or time than its size allows, and never throws (R13). */
import { deflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../shared/engine/bytes/bytes.ts";
import { hashBytes } from "../../shared/engine/bytes/hash.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { tag } from "../../shared/games/tag.ts";
import { type Block, writeBlock } from "../../shared/recording/block.ts";
import { MOST_CHUNK_BYTES, writeChunk } from "../../shared/recording/chunk.ts";
import { Recording } from "../../shared/recording/recording.ts";
import { beginningOf } from "../../shared/recording/recording-bytes.ts";
import { FORMAT, writeHead } from "../../shared/recording/recording-head.ts";
import { Replayer } from "../../shared/recording/replayer.ts";
import { verify } from "../../shared/recording/verify.ts";
import { headOf, opened } from "../kit/memory/memory-recording.ts";
import { recordMatch } from "../kit/memory/recorded.ts";
import { rerun, seeds } from "../kit/seeds.ts";

const FILE = "test/recording/forged.test.ts";
const TICKS = 8 * tag.tickRate;
const real = opened(recordMatch(tag, 5, TICKS).recording.end()).block(0) as Block;
const beginning = beginningOf(headOf(tag));

const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** A block chunk with whatever bytes, and a hash that is right. */
function chunk(frames: number, size: number, body: Uint8Array): Uint8Array {
  const out = new ByteWriter();
  out.uint8(1);
  for (const value of [0, frames, size, body.length]) out.uint32(value);
  out.uint32(hashBytes(body, hashBytes(out.view())));
  out.raw(body);
  return out.view();
}

const opens = (file: Uint8Array): string => {
  const recording = Recording.open(file);
  if (typeof recording === "string") return recording;
  const replayer = Replayer.open(tag, recording);
  return typeof replayer === "string" ? replayer : "it can be played";
};

describe("what is larger than it says", () => {
  it("is not inflated any further", () => {
    const bomb = deflateSync(new Uint8Array(2 * MOST_CHUNK_BYTES), { level: 9 });
    expect(opens(join(beginning, chunk(10, bomb.length + 1, bomb)))).toBe("The block of tick 0 is malformed.");
  });

  it("is not inflated at all when it is larger than any block", () => {
    const said = opens(join(beginning, chunk(10, MOST_CHUNK_BYTES + 1, Uint8Array.of(1, 2, 3))));
    expect(said).toBe("Nothing of it can be played: after that its bytes were changed.");
  });

  it("is no list without end", () => {
    const out = new ByteWriter();
    for (const count of [0, 1, 0]) out.uvarint(count);
    out.uvarint(0xffffffff);
    expect(opens(join(beginning, chunk(1, out.length, out.view().slice())))).toBe("The block of tick 0 is malformed.");
  });

  it("has no more frames than bytes", () => {
    const bytes = writeBlock(real).slice();
    const said = opens(join(beginning, writeChunk({ kind: "block", tick: 0, frames: real.bodies.length + 1, bytes })));
    expect(said).toBe("The block of tick 0 is malformed.");
  });
});

describe("a head", () => {
  const head = { ...headOf(tag) };
  it.each([
    ["of another format", { ...head, format: 2 }, /it has the format 2, and this program reads 1/],
    ["without a game", { ...head, game: undefined }, /malformed/],
    ["with a name that is no text", { ...head, game: { name: "tag" } }, /malformed/],
    ["with no ticks a second", { ...head, tickRate: 0 }, /malformed/],
    ["that is null", null, /malformed/],
  ])("%s is refused", (_, made, said) => {
    const magic = beginning.slice(0, 4);
    expect(
      opens(join(magic, writeChunk({ kind: "head", tick: 0, frames: 0, bytes: writeHead(made as never) }))),
    ).toMatch(said);
  });

  it("of another game is refused by name", () => {
    expect(
      opens(
        join(
          beginningOf({ ...head, game: "chess" }),
          writeChunk({ kind: "block", tick: 0, frames: real.frames, bytes: writeBlock(real) }),
        ),
      ),
    ).toBe('The recording is of the game "chess", not of "tag".');
    expect(FORMAT).toBe(1);
  });
});

describe("a block in which something was changed", () => {
  it.each(seeds(3000, 300))("seed %i: is played to an end of some kind", (seed) => {
    const random = new WorldRandom(seed);
    const bytes = writeBlock(real).slice();
    for (let left = random.int(1, 4); left > 0; left--) bytes[random.int(0, bytes.length - 1)] = random.int(0, 255);
    const file = join(beginning, writeChunk({ kind: "block", tick: 0, frames: TICKS, bytes }));
    const recording = Recording.open(file);
    expect(typeof recording, `run again: ${rerun(FILE, seed)}`).toBe("object");
    const { ticks } = verify(tag, recording as Recording);
    expect(ticks).toBeLessThanOrEqual(TICKS);
  });

  it("whose frames say something else is found out by the next digest", () => {
    const bodies = real.bodies.slice();
    const { keyframe, rosters, marks } = real;
    // In the middle: any bit that still is a frame makes another world.
    let found = 0;
    for (let at = 60; at < 120; at++) {
      const changed = bodies.slice();
      changed[at]! ^= 4;
      const block = writeBlock({ tick: 0, keyframe, rosters, marks, bodies: changed });
      const verdict = verify(
        tag,
        opened(join(beginning, writeChunk({ kind: "block", tick: 0, frames: TICKS, bytes: block }))),
      );
      if (verdict.fault?.includes("cannot be read") === true) continue;
      expect(verdict.divergence, `byte ${at}`).toBeDefined();
      found++;
    }
    expect(found).toBeGreaterThan(5);
  });
});
