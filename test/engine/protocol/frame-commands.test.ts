/** Commands in frames: they come back in order, a frame without any costs what it did, and no bytes make the decoder throw. */
import { describe, expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { decodeFrame, encodeFrame } from "../../../shared/engine/protocol/frame-codec.ts";
import { createFrame, type Frame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { everySeed } from "../../kit/every-seed.ts";
import { ledger } from "../../kit/games/ledger-game.ts";
import { randomCommand } from "../../kit/random-command.ts";

const FILE = "test/engine/protocol/frame-commands.test.ts";
const { commands: _none, ...literal } = ledger as AnyGame;
const withoutCommands: AnyGame = literal;

type AnyFrame = Frame<{ dx: number }>;
type World = Simulation<{ dx: number }, unknown>;

const bodyOf = (frame: AnyFrame, { seats }: World): Uint8Array => {
  const out = new ByteWriter();
  encodeFrame(frame, seats, undefined, out);
  return out.view().slice();
};

/** A frame of a world in which some seats are held. */
function anyFrame(game: AnyGame, random: WorldRandom): { world: World; frame: AnyFrame } {
  const world = new Simulation(game, 1) as World;
  const first = createFrame(game) as AnyFrame;
  for (let seat = 0; seat < 8; seat++) if (random.chance(0.6)) first.joins.push(seat);
  world.step(first);
  const frame = createFrame(game) as AnyFrame;
  frame.tick = 1;
  for (let seat = 0; seat < 8; seat++) {
    if (world.seats.isHeld(seat)) {
      if (random.chance(0.1)) frame.leaves.push(seat);
      frame.inputs[seat]!.dx = random.int(-1, 1);
    } else if (random.chance(0.1)) frame.joins.push(seat);
  }
  return { world, frame };
}

function addCommands({ world, frame }: { world: World; frame: AnyFrame }, random: WorldRandom): void {
  for (let seat = 0; seat < 8; seat++) {
    if (!(world.seats.isHeld(seat) && !frame.leaves.includes(seat)) && !frame.joins.includes(seat)) continue;
    for (let number = random.int(0, 300), left = random.int(0, 3); left > 0; left--, number += random.int(1, 3))
      frame.commands.push({ seat, number: number + 1, ...randomCommand(ledger, random)! });
  }
}

function decode(bytes: Uint8Array, world: World): { ok: boolean; frame: AnyFrame; left: number } {
  const reader = new ByteReader(bytes);
  const frame = createFrame(world.game) as AnyFrame;
  const { ok } = decodeFrame(1, reader, world.seats, frame);
  return { ok, frame, left: reader.remaining };
}

describe("a frame", () => {
  it("brings its commands back as they were, in order, beside events and inputs (R15)", () => {
    let commands = 0;
    everySeed(FILE, (random) => {
      const made = anyFrame(ledger, random);
      addCommands(made, random);
      const back = decode(bodyOf(made.frame, made.world), made.world);
      expect({ ok: back.ok, left: back.left }).toEqual({ ok: true, left: 0 });
      expect(back.frame.commands).toEqual(made.frame.commands);
      expect([back.frame.leaves, back.frame.joins]).toEqual([made.frame.leaves, made.frame.joins]);
      commands += back.frame.commands.length;
    });
    expect(commands).toBeGreaterThan(0);
  });

  it("costs the same to the bit as in a game that has no commands, when nothing was given", () =>
    everySeed(FILE, (random) => {
      const { world, frame } = anyFrame(ledger, random);
      const without = Simulation.from(withoutCommands, world.snapshot()) as World;
      expect(without.seats.commands).toEqual([]);
      expect(bodyOf(frame, world)).toEqual(bodyOf(frame, without));
    }));

  it("with other bytes in it is read as what would have been written so, or is malformed", () =>
    everySeed(FILE, (random) => {
      const made = anyFrame(ledger, random);
      addCommands(made, random);
      const bytes = bodyOf(made.frame, made.world);
      for (let flips = random.int(1, 3); flips > 0; flips--)
        bytes[random.int(0, bytes.length - 1)]! ^= 1 << random.int(0, 7);
      const { ok, frame, left } = decode(bytes, made.world);
      if (ok) expect(bodyOf(frame, made.world)).toEqual(bytes.slice(0, bytes.length - left));
    }));

  const one = (seat: number, number: number) => ({ seat, number, kind: 2, fields: {} });
  it.each([
    ["of a seat that nobody holds", [one(5, 1)]],
    ["twice under one number", [one(0, 1), one(0, 1)]],
    ["not by seat", [one(1, 1), one(0, 1)]],
    ["not in the order they were given", [one(0, 2), one(0, 1)]],
  ])("is malformed with commands %s", (_what, commands) => {
    const world = new Simulation(ledger, 1) as unknown as World;
    const first = createFrame(ledger) as unknown as AnyFrame;
    first.joins.push(0, 1);
    world.step(first);
    const frame = createFrame(ledger) as unknown as AnyFrame;
    frame.tick = 1;
    frame.commands.push(...commands);
    expect(decode(bodyOf(frame, world), world).ok).toBe(false);
  });

  it("is malformed with commands in a game that has none", () => {
    const world = new Simulation(ledger, 1) as unknown as World;
    const first = createFrame(ledger) as unknown as AnyFrame;
    first.joins.push(0);
    world.step(first);
    const frame = createFrame(ledger) as unknown as AnyFrame;
    frame.tick = 1;
    frame.commands.push(one(0, 1));
    const other = Simulation.from(withoutCommands, world.snapshot()) as unknown as World;
    expect(decode(bodyOf(frame, world), other).ok).toBe(false);
  });
});
