/** The messages of the server: each comes back as it was sent, and arbitrary bytes never throw. */
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { type CommandOutcome, refusedAs } from "../../../shared/engine/protocol/command-outcome.ts";
import { DOWN_PART_BYTES, Down, DownEncoder, decodeDown } from "../../../shared/engine/protocol/down.ts";
import { Unwrapper, wrap } from "../../../shared/engine/protocol/parcel.ts";
import { PLANE_REASONS } from "../../../shared/engine/protocol/plane.ts";
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
      const isStrict = random.chance(0.5);
      const body = Uint8Array.of(1, ...bytes);
      const size = body.length + random.int(0, 1) * random.int(1, 1000);
      expect(encoder.snapshot(seat, isStrict, { size, body }).map((part) => decodeDown(Down.snapshot, part))).toEqual([
        { kind: "snapshot", seat, isStrict, part: { size, length: body.length, offset: 0, bytes: body } },
      ]);
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
      expect(decodeDown(Down.ask, encoder.ask(tick))).toEqual({ kind: "ask", tick });
      expect(decodeDown(Down.heal, encoder.heal(tick, echo, bytes))).toEqual({
        kind: "heal",
        tick,
        hash: echo,
        delta: bytes,
      });
      const [plane, reason] = [random.pick(["lockstep", "stream"] as const), random.pick(PLANE_REASONS)];
      expect(decodeDown(Down.plane, encoder.plane(plane, reason))).toEqual({ kind: "plane", plane, reason });
      expect(decodeDown(Down.given, encoder.given(tick))).toEqual({ kind: "given", next: tick });
      const outcome = random.pick<CommandOutcome>([
        { isApplied: true, tick },
        refusedAs("command/late-dropped"),
        refusedAs("command/refused", random.pick(["", "not yours", "帧"])),
      ]);
      expect(decodeDown(Down.answer, encoder.answer(count, outcome))).toEqual({
        kind: "answer",
        number: count,
        outcome,
      });
      const isHalted = random.chance(0.5);
      expect(decodeDown(Down.halt, encoder.halt(isHalted, serverTicks))).toEqual({
        kind: "halt",
        isHalted,
        serverTicks,
      });
    });
  });

  it("of a world that is larger than a part comes in parts of 16 KiB that stay valid, and is whole with the last", () => {
    const noise = new WorldRandom(1);
    const world = Uint8Array.from({ length: 100_000 }, () => noise.int(0, 255));
    const messages = encoder.snapshot(2, true, wrap(world));
    const unwrapper = new Unwrapper();
    const told = messages.map((bytes) => {
      expect(bytes.length).toBeLessThan(DOWN_PART_BYTES + 20);
      const message = decodeDown(Down.snapshot, bytes);
      if (message.kind !== "snapshot") return message.kind;
      expect([message.seat, message.isStrict]).toEqual([2, true]);
      return unwrapper.take(message.part);
    });
    expect(told.slice(0, -1)).toEqual(new Array(Math.ceil(100_000 / DOWN_PART_BYTES) - 1).fill("more"));
    expect(told.at(-1)).toEqual(world);
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
        const bytes = anyBytes(random, 12).map((byte) => (random.chance(0.5) ? byte & 1 : byte));
        const message = decodeDown(random.int(0, 11), bytes);
        kinds.add(message.kind);
        if (message.kind === "snapshot") expect(message.part.bytes.length).toBeLessThan(bytes.length);
        if (message.kind === "heal") expect(message.delta.length).toBeLessThan(bytes.length);
        if (message.kind === "frames") expect(message.bodies.length).toBeLessThan(bytes.length);
      }
    });
    if (playsAllSeeds)
      expect([...kinds].sort().join(" ")).toBe("answer ask frames given halt heal malformed plane pong snapshot");
  });

  it.each([
    ["an unknown type", 11, [1, 2, 3]],
    ["an answer without an outcome", Down.answer, [1]],
    ["an outcome that does not exist", Down.answer, [1, 100]],
    ["an answer without the tick", Down.answer, [1, 255]],
    ["no number to go on from", Down.given, []],
    ["no seat", Down.snapshot, []],
    ["no flags", Down.snapshot, [0]],
    ["no numbers of a part", Down.snapshot, [0, 0, 1, 1]],
    ["a heal without all of its hash", Down.heal, [1, 2, 3, 4]],
    ["no tick to ask for", Down.ask, []],
    ["a plane that does not exist", Down.plane, [2, 0]],
    ["a reason that does not exist", Down.plane, [0, 3]],
    ["half a halt", Down.halt, [1, 1, 0]],
    ["no tick", Down.frame, []],
    ["half a tick", Down.frame, [0x80]],
    ["a tick in a longer form than it needs", Down.frame, [0x80, 0x00]],
    ["no count", Down.frames, [1]],
    ["half a pong", Down.pong, [1, 2, 3, 4, 5]],
  ])("with %s is malformed", (_what, type, bytes) => {
    expect(decodeDown(type, Uint8Array.from(bytes))).toEqual({ kind: "malformed" });
  });
});
