/**
 * The changes that must not alter any hash of a match, and those that must: played in memory, for every game on the
 * shelf.
 */
import { beforeAll, describe, expect, it } from "vitest";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { LockstepClient } from "../../shared/engine/lockstep/lockstep-client.ts";
import { Down, DownEncoder } from "../../shared/engine/protocol/down.ts";
import { wrap } from "../../shared/engine/protocol/parcel.ts";
import { Up } from "../../shared/engine/protocol/up.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";
import { games } from "../../shared/games/index.ts";
import type { Match } from "../../shared/referee/match.ts";
import { matchInMemory } from "../kit/memory/delivery.ts";
import { RecordingPeer } from "../kit/memory/recording-peer.ts";
import { packInMemory } from "../kit/memory/table.ts";
import { botScript, randomInput } from "../kit/scripts.ts";
import { record, type World } from "./inside/recording.ts";
import { type AnyFrame, hashesOf, plainly, type Replayed, replayed, type Stepper } from "./replayed.ts";

const SEED = 7;
const TICKS = process.env.CI ? 1200 : 600;
/** Of a match of whoever comes, goes and watches. */
const NAMED_TICKS = process.env.CI ? 400 : 200;
const ROLLBACK_TICKS = 3;

describe.each(games.map((game) => [game.name, game as AnyGame] as const))("%s", (_name, game) => {
  let match: Replayed;
  let hashes: number[];
  const hashesWith = (step: Stepper): number[] => hashesOf(game, SEED, match.frames, step);

  beforeAll(() => {
    const recording = record(game, { game: game.name, seed: SEED, ticks: TICKS });
    // Nothing below may be green because nothing happened.
    expect(recording.stopped).toBeUndefined();
    const { held, acted, leaves, states } = recording.evidence;
    expect(held, "the match started").toBeGreaterThanOrEqual(game.seats.min);
    expect(acted, "seats acted").toBe(game.seats.max);
    expect(leaves, "seats were given up").toBeGreaterThan(0);
    expect(states, "the state moved").toBeGreaterThan(game.input === undefined ? TICKS / 12 : TICKS / 4);
    match = replayed(game, recording.match);
    hashes = hashesOf(game, SEED, match.frames);
    expect(hashes).toHaveLength(TICKS + 1);
  });

  describe("no hash changes", () => {
    it("when a snapshot is restored at every tick", () => {
      const restored: Stepper = (world, frame) => {
        const other: World = new Simulation(game, SEED + 1);
        expect(other.restore(world.snapshot())).toBe(true);
        return plainly(other, frame);
      };
      expect(hashesWith(restored)).toEqual(hashes);
    });

    it(`when ${ROLLBACK_TICKS} wrongly guessed ticks are rolled back at every tick`, () => {
      const saved: World = new Simulation(game, SEED);
      const random = new WorldRandom(SEED);
      let wrong = 0;
      const rolledBack: Stepper = (world, frame) => {
        saved.copyFrom(world);
        const inputs = frame.inputs.map(() => randomInput(game, random));
        const guess = { ...frame, inputs, commands: otherCommands(match.frames, random) } as AnyFrame;
        world.step(guess);
        const guessed = world.hash();
        const held = { ...guess, joins: [], leaves: [], commands: [] };
        for (let i = 1; i < ROLLBACK_TICKS; i++) world.step({ ...held, tick: world.tick });
        world.copyFrom(saved);
        world.step(frame);
        if (world.hash() !== guessed) wrong++;
        return world;
      };
      expect(hashesWith(rolledBack)).toEqual(hashes);
      expect(wrong, "ticks guessed wrong").toBeGreaterThan(game.input === undefined ? TICKS / 12 : TICKS / 2);
    });

    it("when every map is emptied and filled again, after decoding", () => {
      let refilled = 0;
      const reinserted: Stepper = (world, frame) => {
        const other: World = new Simulation(game, 0);
        other.restore(world.snapshot());
        refilled += refillMaps(other.state);
        return plainly(other, frame);
      };
      expect(hashesWith(reinserted)).toEqual(hashes);
      expect(refilled, "entries put back").toBeGreaterThan(TICKS);
    });

    it.each([
      ["one by one", () => 1],
      ["in bursts", (random: WorldRandom) => random.int(1, 60)],
    ] as const)("when frames reach the client %s", (_title, sizeOf) => {
      const random = new WorldRandom(SEED);
      const encoder = new DownEncoder();
      const client = new LockstepClient<unknown, unknown>(game, { sample: () => ({}) });
      const parts = encoder.snapshot(undefined, false, wrap(new Simulation(game, SEED).snapshot()));
      for (const part of parts) client.receive(Down.snapshot, part, 0);
      const seen: number[] = [];
      for (let tick = 0; tick < TICKS; ) {
        const bodies = match.bodies.slice(tick, tick + sizeOf(random));
        const bytes = Uint8Array.from(bodies.flatMap((body) => [...body]));
        client.receive(Down.frames, encoder.frames(tick, bodies.length, bytes).slice(), tick);
        client.advance(tick);
        tick += bodies.length;
        expect([client.confirmedTick, client.confirmed.hash()]).toEqual([tick, hashes[tick]]);
        seen.push(tick);
      }
      expect(seen.length).toBeGreaterThan(TICKS / 60);
    });

    it("when the players have other names", () => {
      const plain = playNamed(game, (i) => `player ${i}`);
      expect(playNamed(game, (i) => `玩家 ${9 - i} ${"İ🦊".repeat(i)}`)).toEqual(plain);
      expect(new Set(plain).size).toBeGreaterThan(plain.length / 2);
    });

    it("when spectators come, go and change planes, in whatever order", () => {
      const alone = playNamed(game, String);
      const watched = [new Audience(1), new Audience(2)];
      for (const audience of watched) expect(playNamed(game, String, (match) => audience.stir(match))).toEqual(alone);
      for (const { sent } of watched) expect(sent, "messages to spectators").toBeGreaterThan(100);
    });
  });

  describe("hashes change", () => {
    it("from the tick on in which one input or command is another, and so does the world", () => {
      const random = new WorldRandom(SEED);
      let moved = 0;
      const given = match.frames.filter(({ tick, commands }) => tick >= 100 && commands.length > 0);
      for (let i = 0; i < 10; i++) {
        // Where there are only commands, those of one tick are lost.
        const tick = game.input === undefined ? given[2 * i]!.tick : 100 + 40 * i;
        const { inputs } = match.frames[tick]!;
        const seat = random.int(0, inputs.length - 1);
        const frames = match.frames.slice(0, tick + 40);
        const commands = game.input === undefined ? [] : frames[tick]!.commands;
        frames[tick] = { ...frames[tick]!, inputs: inputs.with(seat, randomInput(game, random)), commands };
        let state = "";
        const changed = hashesOf(game, SEED, frames, (world, frame) => {
          plainly(world, frame);
          state = stateOf(world);
          return world;
        });
        expect(changed.slice(0, tick + 1)).toEqual(hashes.slice(0, tick + 1));
        const isHeldAndOther = changed[tick + 1] !== hashes[tick + 1];
        const original = worldAfter(game, match.frames.slice(0, tick + 40));
        if (isHeldAndOther && state !== stateOf(original)) moved++;
      }
      expect(moved, "of 10 changed inputs").toBeGreaterThan(2);
    });

    it("with another seed, at every tick", () => {
      const other = hashesOf(game, SEED + 1, match.frames);
      expect(other.filter((hash, tick) => hash === hashes[tick])).toEqual([]);
    });
  });
});

/** Takes every entry of every map out and puts it back in the same order; counts them. */
function refillMaps(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  for (const inner of value instanceof Map ? value.values() : Object.values(value)) count += refillMaps(inner);
  if (!(value instanceof Map)) return count;
  const entries = [...value];
  value.clear();
  for (const [key, inner] of entries) value.set(key, inner);
  return count + entries.length;
}

/** What was given in some other tick of the match, if anything was given in one. */
function otherCommands(frames: readonly AnyFrame[], random: WorldRandom): AnyFrame["commands"] {
  const given = frames.filter(({ commands }) => commands.length > 0);
  return given.length === 0 ? [] : random.pick(given).commands.map((command) => ({ ...command }));
}

const stateOf = (world: World): string =>
  JSON.stringify(world.state, (_key, value) => (value instanceof Map ? [...value] : value));

function worldAfter(game: AnyGame, frames: readonly AnyFrame[]): World {
  const world: World = new Simulation(game, SEED);
  for (const frame of frames) world.step(frame);
  return world;
}

type AnyMatch = Match<unknown, unknown>;

/** Spectators who come and go, with and without a delay, and change planes, at random. */
class Audience {
  /** Messages that they were sent. */
  sent = 0;
  readonly #random: WorldRandom;
  readonly #there: RecordingPeer[] = [];

  constructor(seed: number) {
    this.#random = new WorldRandom(seed);
  }

  stir({ sessions, world }: AnyMatch): void {
    const random = this.#random;
    for (const peer of this.#there) this.sent += peer.packets.splice(0).length;
    if (random.chance(0.1)) {
      const peer = new RecordingPeer(`watcher:${world.tick}`);
      const plane = random.pick(["lockstep", "stream"] as const);
      sessions.admit(peer, { plane, watch: true, delayTicks: random.pick([0, 40]) });
      this.#there.push(peer);
    }
    if (this.#there.length === 0) return;
    const peer = random.pick(this.#there);
    const moment = { now: world.tick * 50, phase: 0 };
    if (random.chance(0.2)) sessions.receive(peer, Up.ready, Uint8Array.of(0), moment);
    if (random.chance(0.1)) sessions.receive(peer, Up.plane, Uint8Array.of(random.int(0, 1)), moment);
    if (random.chance(0.05)) {
      sessions.dismiss(peer);
      this.#there.splice(this.#there.indexOf(peer), 1);
    }
  }
}

/** The referee's hashes of a match of bots and players, one of whom leaves half-way. */
function playNamed(
  game: AnyGame,
  nameOf: (index: number) => string,
  eachTick: (match: AnyMatch) => void = () => {},
): number[] {
  const ticks = NAMED_TICKS;
  const players = Math.max(1, game.seats.max - 1);
  const match = matchInMemory<unknown, unknown>(game, { seed: SEED, bots: game.seats.max, pack: packInMemory });
  const script = botScript<unknown, unknown>(game);
  const random = new WorldRandom(SEED);
  for (let i = 0; i < players; i++) match.takeSeat({ kind: "player", id: `id:${i}:${nameOf(i)}`, name: nameOf(i) });
  const hashes: number[] = [];
  while (match.world.tick < ticks) {
    if (match.world.tick === ticks / 2) match.freeSeat(`id:0:${nameOf(0)}`);
    for (let i = 0; i < players; i++) {
      const seat = match.seats.seatOf(`id:${i}:${nameOf(i)}`);
      if (seat !== undefined && match.world.seats.isHeld(seat))
        match.intake.hold(seat, script(match.world.state as never, seat, match.world.tick, random, () => {}) as never);
    }
    eachTick(match);
    match.closeTick();
    hashes.push(match.hashes.latest!.hash);
  }
  expect(match.intake.counts.accepted, "inputs that arrived").toBeGreaterThan(ticks / 2);
  return hashes;
}
