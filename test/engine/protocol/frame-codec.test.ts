/** Frames on the wire: the same frame comes back, a held input costs one bit, and no bytes make the decoder throw. */
import { describe, expect, it } from "vitest";
import { BitWriter } from "../../../shared/engine/bytes/bits.ts";
import { ByteReader, ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { decodeFrame, encodeFrame, hashInterval } from "../../../shared/engine/protocol/frame-codec.ts";
import { createFrame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { everySeed, playsAllSeeds } from "../../kit/every-seed.ts";
import { anyFrame, type MixedFrame, type MixedSeats, mixedGame } from "../../kit/games/mixed-game.ts";

const FILE = "test/engine/protocol/frame-codec.test.ts";

const bodyOf = (frame: MixedFrame, before: MixedSeats, digest: number | undefined): Uint8Array => {
  const out = new ByteWriter();
  encodeFrame(frame, before, digest, out);
  return out.view().slice();
};

/** What of a frame means anything: the inputs of seats nobody holds do not. */
const meaning = (frame: MixedFrame, before: MixedSeats) => ({
  tick: frame.tick,
  leaves: [...frame.leaves],
  joins: [...frame.joins],
  inputs: frame.inputs.filter(
    (_input, seat) => frame.joins.includes(seat) || (before.isHeld(seat) && !frame.leaves.includes(seat)),
  ),
});

/** A world in the middle of a random match of 1 to 64 seats. */
function anyWorld(random: WorldRandom) {
  const game = mixedGame(random.pick([1, 2, 8, 63, 64, random.int(1, 64)]));
  const world = new Simulation(game, random.uint32());
  for (let i = random.int(0, 6); i > 0; i--) world.step(anyFrame(game, world.seats, world.tick, random));
  return { game, world };
}

describe("a frame", () => {
  it("comes back as it was sent, with its digest, for any seats, events and inputs (R1, R3, R4)", () => {
    const seen = { events: 0, rejoined: 0, fullTable: 0 };
    everySeed(FILE, (random) => {
      const { game, world } = anyWorld(random);
      const frame = anyFrame(game, world.seats, world.tick, random, {
        leave: random.pick([0, 0.3, 1]),
        join: random.pick([0, 0.5, 1]),
        change: random.pick([0, 0.5, 1]),
      });
      const digest = random.pick([undefined, 0, 0xffffffff, random.uint32()]);
      const reader = new ByteReader(bodyOf(frame, world.seats, digest));
      const back: MixedFrame = createFrame(game);
      expect(decodeFrame(frame.tick, reader, world.seats, back)).toEqual({ ok: true, digest });
      expect(meaning(back, world.seats)).toEqual(meaning(frame, world.seats));
      expect(reader.remaining, "the next frame may follow at once").toBe(0);
      seen.events += frame.leaves.length + frame.joins.length;
      seen.rejoined += frame.joins.filter((seat) => frame.leaves.includes(seat)).length;
      seen.fullTable += Number(game.seats.max === 64 && frame.joins.length === 64);
    });
    if (playsAllSeeds)
      expect(
        Object.values(seen).every((count) => count > 0),
        JSON.stringify(seen),
      ).toBe(true);
  });

  it("does not change what is in the seats it is coded against", () => {
    everySeed(FILE, (random) => {
      const { game, world } = anyWorld(random);
      const before = world.snapshot();
      const frame = anyFrame(game, world.seats, world.tick, random);
      decodeFrame(world.tick, new ByteReader(bodyOf(frame, world.seats, 1)), world.seats, createFrame(game));
      expect(world.snapshot()).toEqual(before);
    });
  });

  it.each([
    [1, 1],
    [2, 1],
    [20, 5],
    [30, 8],
    [120, 30],
  ])("at %i ticks a second one in %i carries a digest", (tickRate, ticks) => {
    expect(hashInterval({ tickRate })).toBe(ticks);
  });
});

describe("what a frame costs", () => {
  /** A table of `seats` held seats that want something, and the frame in which nobody wants anything else. */
  function heldTable(seats: number) {
    const game = mixedGame(64);
    const world = new Simulation(game, 1);
    const first: MixedFrame = createFrame(game);
    for (let seat = 0; seat < seats; seat++) first.joins.push(seat);
    for (const input of first.inputs) input.dx = 1;
    world.step(first);
    const held: MixedFrame = createFrame(game);
    held.tick = 1;
    for (const input of held.inputs) input.dx = 1;
    return { world, held };
  }

  it.each([0, 1, 6, 7, 8, 14, 15, 16, 62, 63, 64])("%i held inputs cost one bit each, behind two bits", (seats) => {
    const { world, held } = heldTable(seats);
    expect(bodyOf(held, world.seats, undefined)).toHaveLength(Math.ceil((2 + seats) / 8));
  });

  it("a digest costs four bytes", () => {
    const { world, held } = heldTable(16);
    expect(bodyOf(held, world.seats, 0)).toHaveLength(Math.ceil((2 + 32 + 16) / 8));
  });

  it("one changed int8 field costs a bit a field and its 8 bits", () => {
    const { world, held } = heldTable(16);
    held.inputs[5]!.dx = -1;
    expect(bodyOf(held, world.seats, undefined)).toHaveLength(Math.ceil((2 + 16 + 5 + 8) / 8));
  });

  it("one leave costs two counts of 7 bits and 6 bits, and the leaver's bit is gone", () => {
    const { world, held } = heldTable(16);
    held.leaves.push(5);
    expect(bodyOf(held, world.seats, undefined)).toHaveLength(Math.ceil((2 + 14 + 6 + 15) / 8));
  });
});

describe("bytes that no referee writes are refused:", () => {
  /** Seat 0 of two is held; `write` puts a frame together bit by bit. */
  function decode(write: (bits: BitWriter) => void): boolean {
    const game = mixedGame(2);
    const world = new Simulation(game, 1);
    const first: MixedFrame = createFrame(game);
    first.joins.push(0);
    world.step(first);
    const out = new ByteWriter();
    const bits = new BitWriter(out);
    write(bits);
    bits.flush();
    return decodeFrame(1, new ByteReader(out.view()), world.seats, createFrame(game)).ok;
  }
  const events = (leaves: number[], joins: number[], inputBits: number) => (bits: BitWriter) => {
    bits.bits(1, 2);
    for (const seats of [leaves, joins]) {
      bits.bits(seats.length, 7);
      for (const seat of seats) bits.bits(seat, 6);
    }
    for (let i = 0; i < inputBits; i++) bits.bits(0, 1);
  };

  it.each([
    ["(but one that a referee writes is read)", true, events([0], [0, 1], 2)],
    ["events without an event", false, events([], [], 1)],
    ["a leave of a seat that nobody holds", false, events([1], [], 1)],
    ["a join of a seat that is held", false, events([], [0], 1)],
    ["seats out of order", false, events([0], [1, 0], 2)],
    ["one seat twice", false, events([0], [1, 1], 1)],
    ["a seat that the table does not have", false, events([0], [2], 1)],
    ["more seats than the table has", false, events([0], [0, 1, 2], 3)],
    ["an input told as changed that is the same", false, (bits: BitWriter) => bits.bits(0b000001_00, 8)],
    ["padding that is not zero", false, (bits: BitWriter) => bits.bits(0b1000_0000, 8)],
  ])("%s", (_what, isRead, write) => {
    expect(decode(write)).toBe(isRead);
  });
});

describe("arbitrary bytes", () => {
  it("never throw, and what is read is what would have been written (R13)", () => {
    let accepted = 0;
    everySeed(FILE, (random) => {
      const { game, world } = anyWorld(random);
      const before = world.snapshot();
      const good = bodyOf(anyFrame(game, world.seats, world.tick, random), world.seats, undefined);
      for (let i = 0; i < 40; i++) {
        const bytes = random.chance(0.5) ? noise(random) : damaged(good, random);
        const reader = new ByteReader(bytes);
        const frame: MixedFrame = createFrame(game);
        if (!decodeFrame(world.tick, reader, world.seats, frame).ok) continue;
        accepted++;
        const { digest } = decodeFrame(world.tick, new ByteReader(bytes), world.seats, frame);
        expect(bodyOf(frame, world.seats, digest), "one frame has one encoding").toEqual(bytes.slice(0, reader.offset));
        expect(frame.leaves.every((seat) => world.seats.isHeld(seat))).toBe(true);
        expect(frame.joins.every((seat) => !world.seats.isHeld(seat) || frame.leaves.includes(seat))).toBe(true);
      }
      expect(world.snapshot(), "and the world is as before").toEqual(before);
    });
    if (playsAllSeeds) expect(accepted, "some of them are frames").toBeGreaterThan(10);
  });

  it("cut anywhere are refused", () => {
    everySeed(FILE, (random) => {
      const { game, world } = anyWorld(random);
      const good = bodyOf(anyFrame(game, world.seats, world.tick, random), world.seats, 7);
      for (let length = 0; length < good.length; length++) {
        const reader = new ByteReader(good.slice(0, length));
        expect(decodeFrame(world.tick, reader, world.seats, createFrame(game)).ok, `cut to ${length}`).toBe(false);
      }
    });
  });
});

const noise = (random: WorldRandom): Uint8Array =>
  Uint8Array.from({ length: random.int(0, 40) }, () => random.pick([0, 255, random.int(0, 255)]));

function damaged(good: Uint8Array, random: WorldRandom): Uint8Array {
  const bytes = good.slice();
  if (bytes.length > 0) bytes[random.int(0, bytes.length - 1)]! ^= 1 << random.int(0, 7);
  return bytes;
}
