/**
 * The messages of clients: each comes back as it was sent, and anything else that arrives is named, never thrown (R13).
 */
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { Unwrapper, wrap } from "../../../shared/engine/protocol/parcel.ts";
import {
  LONGEST_UP_BYTES,
  MOST_TRAIL_HASHES,
  Up,
  UpEncoder,
  type UpMessage,
} from "../../../shared/engine/protocol/up.ts";
import { UpDecoder } from "../../../shared/engine/protocol/up-decoder.ts";
import { everySeed, playsAllSeeds } from "../../kit/every-seed.ts";
import { anyMixedInput, type MixedInput, mixedGame } from "../../kit/games/mixed-game.ts";

const FILE = "test/engine/protocol/up.test.ts";

const codec = inputCodecOf(mixedGame(1).input);
const encoder = new UpEncoder<MixedInput>(codec);
const decode = (type: number, bytes: Uint8Array) => new UpDecoder<MixedInput>(codec).decode(type, bytes);

const anyNumber = (random: WorldRandom): number => random.pick([0, 127, 128, 2 ** 32 - 1, random.uint32()]);

/** A message with its type and bytes. */
function anyMessage(random: WorldRandom): [UpMessage<MixedInput>, number, Uint8Array] {
  const [tick, confirmedTick, hash] = [anyNumber(random), anyNumber(random), anyNumber(random)];
  const input = anyMixedInput(random);
  const riders = { digest: random.pick([undefined, hash]), echo: random.pick([undefined, anyNumber(random)]) };
  const hashes = Array.from({ length: random.int(0, 12) }, () => anyNumber(random));
  const again = random.pick([undefined, hash]);
  const body = Uint8Array.from({ length: random.int(1, 40) }, () => random.int(0, 255));
  const part = { size: 500, length: body.length, offset: 0, bytes: body };
  const plane = random.pick(["lockstep", "stream"] as const);
  const isWanted = random.chance(0.5);
  return random.pick<[UpMessage<MixedInput>, number, Uint8Array]>([
    [{ kind: "ready", nextTick: tick }, Up.ready, encoder.ready(tick)],
    [
      { kind: "input", tick, confirmedTick, input, ...riders },
      Up.input,
      encoder.input(tick, confirmedTick, input, riders),
    ],
    [{ kind: "ping", echo: hash }, Up.ping, encoder.ping(hash)],
    [{ kind: "hash", tick, digest: hash }, Up.hash, encoder.hash(tick, hash)],
    [{ kind: "trail", firstTick: tick, hashes }, Up.trail, encoder.trail(tick, hashes)],
    [{ kind: "state", tick, again, part }, Up.state, encoder.state(tick, again, { size: 500, body: part.bytes })[0]!],
    [{ kind: "plane", plane }, Up.plane, encoder.plane(plane)],
    [{ kind: "pause", isWanted }, Up.pause, encoder.pause(isWanted)],
    [{ kind: "command", number: hash, tick, bytes: body }, Up.command, encoder.command(hash, tick, body)],
  ]);
}

/** The bytes of a decoded message as the encoder would write them. */
function encode(message: UpMessage<MixedInput>): Uint8Array {
  if (message.kind === "ready") return encoder.ready(message.nextTick);
  if (message.kind === "input") return encoder.input(message.tick, message.confirmedTick, message.input, message);
  if (message.kind === "ping") return encoder.ping(message.echo);
  if (message.kind === "hash") return encoder.hash(message.tick, message.digest);
  if (message.kind === "trail") return encoder.trail(message.firstTick, message.hashes);
  if (message.kind === "state") return stateBytes(message);
  if (message.kind === "plane") return encoder.plane(message.plane);
  if (message.kind === "pause") return encoder.pause(message.isWanted);
  if (message.kind === "command") return encoder.command(message.number, message.tick, message.bytes);
  throw new Error("a malformed message has no bytes");
}

/** A part whose numbers need not be true: the encoder only makes parts of parcels. */
function stateBytes({ tick, again, part }: UpMessage<MixedInput> & { kind: "state" }): Uint8Array {
  const out = new ByteWriter();
  out.uvarint(tick);
  out.uint8(again === undefined ? 0 : 1);
  if (again !== undefined) out.uint32(again);
  for (const number of [part.size, part.length, part.offset]) out.uvarint(number);
  out.raw(part.bytes);
  return out.view().slice();
}

describe("a message of a client", () => {
  it("comes back as it was said", () => {
    everySeed(FILE, (random) => {
      for (let i = 0; i < 20; i++) {
        const [message, type, bytes] = anyMessage(random);
        expect(decode(type, bytes)).toEqual(message);
        const at = random.int(1, 9);
        const inside = Uint8Array.from([...new Uint8Array(at).fill(255), ...bytes]);
        expect(new UpDecoder<MixedInput>(codec).decode(type, inside, at), `from byte ${at} on`).toEqual(message);
      }
    });
  });

  it("is no longer than others because of what is in front of it", () => {
    const decodeAt = (length: number) => new UpDecoder(codec).decode(Up.ping, new Uint8Array(length), 2);
    expect(decodeAt(LONGEST_UP_BYTES + 2)).toMatchObject({ reason: "bad-bytes" });
    expect(decodeAt(LONGEST_UP_BYTES + 3)).toMatchObject({ reason: "too-long" });
  });

  it("stays as it was encoded when the next one is", () => {
    const first = encoder.hash(1, 2);
    encoder.hash(3, 4);
    expect(decode(Up.hash, first)).toEqual({ kind: "hash", tick: 1, digest: 2 });
  });

  it.each([
    ["a held neutral input", encoder.input(100, 90, codec.create()), 1 + 1 + 1],
    ["the same minutes later", encoder.input(10_000, 9990, codec.create()), 2 + 1 + 1],
    ["the first with a ping and a digest", encoder.input(100, 90, codec.create(), { digest: 7, echo: 7 }), 3 + 4 + 4],
    ["a ping", encoder.ping(2 ** 32 - 1), 4],
    ["a digest in the first minutes", encoder.hash(10_000, 2 ** 32 - 1), 2 + 4],
    ["a trail of half a second", encoder.trail(10_000, new Array(10).fill(7)), 2 + 1 + 10 * 4],
    ["a wish for a plane", encoder.plane("stream"), 1],
    ["a wish for a pause", encoder.pause(true), 1],
  ])("%s is as short as PROTOCOL.md says", (_what, bytes, length) => {
    expect(bytes).toHaveLength(length);
  });

  it("of the longest kind of input the types allow is still short enough to be read", () => {
    const longest = { dx: -128, aim: 65535, reach: -1, pull: 0.1, fires: true };
    expect(encoder.input(2 ** 32 - 1, 2 ** 32 - 1, longest).length).toBeLessThan(LONGEST_UP_BYTES);
  });

  it("of the longest trail is short enough to be read, and of one hash more is refused", () => {
    const hashes = Array.from({ length: MOST_TRAIL_HASHES }, (_, i) => i);
    expect(decode(Up.trail, encoder.trail(2 ** 32 - 1, hashes))).toMatchObject({ kind: "trail", hashes });
    expect(decode(Up.trail, encoder.trail(0, [...hashes, 1]))).toEqual({ kind: "malformed", reason: "bad-bytes" });
  });

  it("that shows a world of any size comes in parts that are short enough to be read, and is whole with the last", () => {
    const random = new WorldRandom(1);
    const noise = Uint8Array.from({ length: 100_000 }, () => random.int(0, 255));
    for (const world of [noise, noise.subarray(0, 1), new Uint8Array(100_000)]) {
      const unwrapper = new Unwrapper();
      const parts = encoder.state(2 ** 32 - 1, 2 ** 32 - 1, wrap(world));
      const told = parts.map((bytes) => {
        const message = decode(Up.state, bytes);
        return message.kind === "state" ? unwrapper.take(message.part) : message.kind;
      });
      expect(told.slice(0, -1)).toEqual(new Array(parts.length - 1).fill("more"));
      expect(told.at(-1)).toEqual(world);
    }
  });
});

/** What putting parts together makes of this one alone. */
const taken = (message: UpMessage<MixedInput>): unknown =>
  message.kind === "state" ? new Unwrapper().take(message.part) : message.kind;

describe("what is not one of ours", () => {
  it.each([0, 10, 17, 127, 255, -1, Number.NaN])("of type %s is of an unknown type, with or without bytes", (type) => {
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
      const [message, type, bytes] = anyMessage(random);
      // Whether a command is whole, its own declaration says.
      if (message.kind === "command") return;
      const isOpen = message.kind === "state";
      for (let length = 0; length < bytes.length; length++)
        if (!isOpen || length < bytes.length - message.part.bytes.length)
          expect(decode(type, bytes.subarray(0, length)), `cut to ${length}`).toMatchObject({ reason: "bad-bytes" });
        else expect(taken(decode(type, bytes.subarray(0, length))), `cut to ${length}`).not.toBeInstanceOf(Uint8Array);
      const longer = decode(type, Uint8Array.of(...bytes, 0));
      if (isOpen) expect(taken(longer), "what ends with the message says itself how long it is").toBe("malformed");
      else expect(longer).toMatchObject({ reason: "bad-bytes" });
    });
  });

  it("as arbitrary bytes never throws, and what is read has exactly one encoding", () => {
    let read = 0;
    everySeed(FILE, (random) => {
      for (let i = 0; i < 60; i++) {
        const bytes = Uint8Array.from({ length: random.int(0, 24) }, () => random.pick([0, 128, random.int(0, 255)]));
        const message = decode(random.int(0, 10), bytes);
        if (message.kind === "malformed") continue;
        read++;
        expect(encode(message)).toEqual(bytes);
        if (message.kind === "input") codec.settle(message.input);
      }
    });
    if (playsAllSeeds) expect(read, "some of them are messages").toBeGreaterThan(10);
  });
});
