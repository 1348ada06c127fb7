/** What the server sends: it comes back as it was said, and arbitrary bytes never throw. */
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../../shared/engine/codec/bytes.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { Down, DownEncoder, decodeDown } from "../../../shared/engine/protocol/down.ts";
import { everySeed, playsAllSeeds } from "../../kit/every-seed.ts";

const FILE = "test/engine/protocol/down.test.ts";

const encoder = new DownEncoder();
const anyBytes = (random: WorldRandom, most = 30): Uint8Array =>
  Uint8Array.from({ length: random.int(0, most) }, () => random.int(0, 255));

describe("a message of the server", () => {
  it("comes back as it was said", () => {
    everySeed(FILE, (random) => {
      const bytes = anyBytes(random);
      const seat = random.pick([undefined, 0, 63, random.int(0, 63)]);
      const [tick, count, echo] = [random.uint32(), random.uint32(), random.uint32()];
      expect(decodeDown(Down.snapshot, encoder.snapshot(seat, bytes))).toEqual({
        kind: "snapshot",
        seat,
        snapshot: bytes,
      });
      expect(decodeDown(Down.frames, encoder.frames(tick, count, bytes))).toEqual({
        kind: "frames",
        firstTick: tick,
        count,
        bodies: bytes,
      });
      const single = new ByteWriter();
      single.uvarint(tick);
      single.raw(bytes);
      expect(decodeDown(Down.frame, single.view())).toEqual({
        kind: "frames",
        firstTick: tick,
        count: 1,
        bodies: bytes,
      });
      const serverTicks = random.int(0, 2 ** 31) + random.int(0, 65535) / 65536;
      expect(decodeDown(Down.pong, encoder.pong(echo, serverTicks))).toEqual({ kind: "pong", echo, serverTicks });
    });
  });

  it("that answers a ping never says that the open tick is over, however little is left of it", () => {
    for (const phase of [0.9999, 0.99999, 1 - 2 ** -20]) {
      const pong = decodeDown(Down.pong, encoder.pong(1, 7 + phase));
      expect(pong.kind === "pong" && pong.serverTicks).toBeLessThan(8);
    }
  });

  it("as arbitrary bytes of any type never throws, and nothing of it lies outside the bytes", () => {
    const kinds = new Set<string>();
    everySeed(FILE, (random) => {
      for (let i = 0; i < 60; i++) {
        const bytes = anyBytes(random, 12);
        const message = decodeDown(random.int(0, 6), bytes);
        kinds.add(message.kind);
        if (message.kind === "snapshot") expect(message.snapshot.length).toBeLessThan(bytes.length);
        if (message.kind === "frames") expect(message.bodies.length).toBeLessThan(bytes.length);
      }
    });
    if (playsAllSeeds) expect([...kinds].sort()).toEqual(["frames", "malformed", "pong", "snapshot"]);
  });

  it.each([
    ["an unknown type", 9, [1, 2, 3]],
    ["no seat", Down.snapshot, []],
    ["no tick", Down.frame, []],
    ["half a tick", Down.frame, [0x80]],
    ["a tick in a longer form than it needs", Down.frame, [0x80, 0x00]],
    ["no count", Down.frames, [1]],
    ["half a pong", Down.pong, [1, 2, 3, 4, 5]],
  ])("with %s is malformed", (_what, type, bytes) => {
    expect(decodeDown(type, Uint8Array.from(bytes))).toEqual({ kind: "malformed" });
  });
});
