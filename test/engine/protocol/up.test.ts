/** What clients send: it comes back as it was said, and whatever else arrives is named, never thrown (R13). */
import { describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { LONGEST_UP_BYTES, Up, UpDecoder, UpEncoder, type UpMessage } from "../../../shared/engine/protocol/up.ts";
import { everySeed, playsAllSeeds } from "../../kit/every-seed.ts";
import { anyMixedInput, type MixedInput, mixedGame } from "../../kit/mixed-game.ts";

const FILE = "test/engine/protocol/up.test.ts";

const codec = inputCodecOf(mixedGame(1).input);
const encoder = new UpEncoder<MixedInput>(codec);
const decode = (type: number, bytes: Uint8Array) => new UpDecoder<MixedInput>(codec).decode(type, bytes);

const anyNumber = (random: WorldRandom): number => random.pick([0, 127, 128, 2 ** 32 - 1, random.uint32()]);

/** A message with its type and bytes. */
function anyMessage(random: WorldRandom): [UpMessage<MixedInput>, number, Uint8Array] {
  const [tick, confirmedTick, hash] = [anyNumber(random), anyNumber(random), anyNumber(random)];
  const input = anyMixedInput(random);
  return random.pick<[UpMessage<MixedInput>, number, Uint8Array]>([
    [{ kind: "ready", nextTick: tick }, Up.ready, encoder.ready(tick)],
    [{ kind: "input", tick, confirmedTick, input }, Up.input, encoder.input(tick, confirmedTick, input)],
    [{ kind: "ping", echo: hash }, Up.ping, encoder.ping(hash)],
    [{ kind: "hash", tick, hash }, Up.hash, encoder.hash(tick, hash)],
  ]);
}

/** The bytes of a decoded message as the encoder would write them. */
function encode(message: UpMessage<MixedInput>): Uint8Array {
  if (message.kind === "ready") return encoder.ready(message.nextTick);
  if (message.kind === "input") return encoder.input(message.tick, message.confirmedTick, message.input);
  if (message.kind === "ping") return encoder.ping(message.echo);
  if (message.kind === "hash") return encoder.hash(message.tick, message.hash);
  throw new Error("a malformed message has no bytes");
}

describe("a message of a client", () => {
  it("comes back as it was said", () => {
    everySeed(FILE, (random) => {
      for (let i = 0; i < 20; i++) {
        const [message, type, bytes] = anyMessage(random);
        expect(decode(type, bytes)).toEqual(message);
      }
    });
  });

  it("stays as it was encoded when the next one is", () => {
    const first = encoder.hash(1, 2);
    encoder.hash(3, 4);
    expect(decode(Up.hash, first)).toEqual({ kind: "hash", tick: 1, hash: 2 });
  });

  it.each([
    ["a held neutral input", encoder.input(100, 90, codec.create()), 1 + 1 + 1],
    ["a ping", encoder.ping(2 ** 32 - 1), 4],
    ["a hash in the first minutes", encoder.hash(10_000, 2 ** 32 - 1), 2 + 4],
  ])("%s is as short as PROTOCOL.md says", (_what, bytes, length) => {
    expect(bytes).toHaveLength(length);
  });

  it("of the longest kind of input the types allow is still short enough to be read", () => {
    const longest = { dx: -128, aim: 65535, reach: -1, pull: 0.1, fires: true };
    expect(encoder.input(2 ** 32 - 1, 2 ** 32 - 1, longest).length).toBeLessThan(LONGEST_UP_BYTES);
  });
});

describe("what is not one of ours", () => {
  it.each([0, 5, 17, 127, 255, -1, Number.NaN])("of type %s is of an unknown type, with or without bytes", (type) => {
    for (const length of [0, 1, 9])
      expect(decode(type, new Uint8Array(length))).toEqual({ kind: "malformed", reason: "unknown-type" });
  });

  it("and longer than any message is refused unread", () => {
    const bytes = new Uint8Array(LONGEST_UP_BYTES + 1);
    expect(decode(Up.ping, bytes)).toEqual({ kind: "malformed", reason: "too-long" });
    expect(decode(Up.ping, bytes.subarray(1))).toEqual({ kind: "malformed", reason: "bad-bytes" });
  });

  it("cut short, or with a byte too much, is malformed", () => {
    everySeed(FILE, (random) => {
      const [, type, bytes] = anyMessage(random);
      for (let length = 0; length < bytes.length; length++)
        expect(decode(type, bytes.subarray(0, length)), `cut to ${length}`).toMatchObject({ reason: "bad-bytes" });
      expect(decode(type, Uint8Array.of(...bytes, 0))).toMatchObject({ reason: "bad-bytes" });
    });
  });

  it("as arbitrary bytes never throws, and what is read has exactly one encoding", () => {
    let read = 0;
    everySeed(FILE, (random) => {
      for (let i = 0; i < 60; i++) {
        const bytes = Uint8Array.from({ length: random.int(0, 24) }, () => random.pick([0, 128, random.int(0, 255)]));
        const message = decode(random.int(0, 6), bytes);
        if (message.kind === "malformed") continue;
        read++;
        expect(encode(message)).toEqual(bytes);
        if (message.kind === "input") codec.settle(message.input);
      }
    });
    if (playsAllSeeds) expect(read, "some of them are messages").toBeGreaterThan(10);
  });
});
