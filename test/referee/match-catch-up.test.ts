/** The ways to bring clients to the present: snapshot or frames (R6), acknowledgements, and healing (R7). */
import { beforeEach, describe, expect, it } from "vitest";
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import { LockstepClient } from "../../shared/engine/lockstep/lockstep-client.ts";
import { stepFrames } from "../../shared/engine/protocol/step-frames.ts";
import { Up, UpEncoder } from "../../shared/engine/protocol/up.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";
import { mixedGame } from "../kit/games/mixed-game.ts";
import { matchInMemory } from "../kit/memory/delivery.ts";
import { RecordingPeer, snapshotIn } from "../kit/memory/recording-peer.ts";
import { packInMemory } from "../kit/memory/table.ts";

const TICK_RATE = 20;
const LOG_TICKS = 60 * TICK_RATE;
const game = mixedGame(4, TICK_RATE);
const encoder = new UpEncoder(inputCodecOf(game.input));
const neutral = inputCodecOf(game.input).create();

const open = () => matchInMemory(game, { seed: 9, bots: 2, pack: packInMemory });
let match: ReturnType<typeof open>;
let peer: RecordingPeer;
beforeEach(() => {
  match = open();
  match.takeSeat({ kind: "player", id: "a", name: "Ada" });
  peer = new RecordingPeer("a");
  match.sessions.admit(peer, { plane: "lockstep" });
});

const play = (ticks: number): void => {
  for (let i = 0; i < ticks; i++) match.closeTick();
};
const ready = (nextTick: number) =>
  match.sessions.receive(peer, Up.ready, encoder.ready(nextTick), { now: 0, phase: 0 });
const hash = (tick: number, value: number) =>
  match.sessions.receive(peer, Up.hash, encoder.hash(tick, value), { now: 0, phase: 0 });
const acknowledge = (confirmedTick: number) =>
  match.sessions.receive(peer, Up.input, encoder.input(match.world.tick, confirmedTick, neutral), {
    now: 0,
    phase: 0,
  });

describe("a lockstep client", () => {
  it("is sent nothing before it says that it is ready, then the world and every frame from there on", () => {
    play(3);
    expect(peer.packets).toEqual([]);
    expect(ready(0)).toBe("ready");
    play(2);
    expect(peer.takeNames()).toEqual(["snapshot", "frames 0+3", "frame 3", "frame 4"]);
  });

  it("is sent its seat and exactly the referee's world, as a keyframe and the frames since (R6)", () => {
    play(25);
    ready(0);
    const [message, since] = peer.take();
    const world = new Simulation(game, 0);
    expect(message).toMatchObject({ kind: "snapshot", seat: 0 });
    expect(world.restore(snapshotIn(message))).toBe(true);
    expect(since).toMatchObject({ kind: "frames", firstTick: 20, count: 5 });
    expect(since?.kind === "frames" && stepFrames(world, since.bodies, 25)).toBe(true);
    expect(world.hash()).toBe(match.world.hash());
  });

  it("that has frames already is sent those since, in one message", () => {
    play(30);
    ready(12);
    play(1);
    expect(peer.takeNames()).toEqual(["frames 12+18", "frame 30"]);
  });

  it("that has everything is sent nothing but what comes", () => {
    play(30);
    ready(30);
    play(1);
    expect(peer.takeNames()).toEqual(["frame 30"]);
  });

  it("that says it is ahead of the referee gets the world", () => {
    play(30);
    ready(31);
    expect(peer.takeNames()).toEqual(["snapshot", "frames 20+10"]);
  });

  it("is sent frames up to a minute back, and beyond it the world (R14)", () => {
    play(LOG_TICKS + 5);
    ready(5);
    expect(peer.takeNames()).toEqual([`frames 5+${LOG_TICKS}`]);
    play(30);
    peer.take();
    ready(4);
    expect(peer.takeNames()).toEqual(["snapshot"]);
  });

  it("is brought to the present every half second at most, whatever it asks for (R14)", () => {
    play(30);
    for (let i = 0; i < 50; i++) ready(1);
    expect(peer.takeNames()).toEqual(["frames 1+29"]);
    play(20);
    expect(peer.takeNames().filter((name) => !name.startsWith("frame"))).toEqual(["snapshot"]);
  });

  it("steps the referee's world from the frames since as from the snapshot (R6)", () => {
    const client = new LockstepClient(game, { sample: () => neutral });
    const listen = (now: number): void => {
      for (const packet of peer.packets.splice(0)) client.receive(packet[0]!, packet.subarray(1), now);
      client.advance(now);
    };
    ready(0);
    play(10);
    listen(0);
    const other = new RecordingPeer("b");
    match.sessions.admit(other, { plane: "lockstep" });
    play(100);
    peer.take();
    ready(10);
    listen(1);
    match.sessions.receive(other, Up.ready, encoder.ready(0), { now: 0, phase: 0 });
    expect([client.confirmedTick, client.confirmed.hash()]).toEqual([110, match.world.hash()]);
    const [message, since] = other.take();
    const world = new Simulation(game, 0);
    expect(world.restore(snapshotIn(message))).toBe(true);
    expect(since?.kind === "frames" && stepFrames(world, since.bodies, 110)).toBe(true);
    expect(world.snapshot()).toEqual(client.confirmed.snapshot());
    expect(message, "a client without a seat").toMatchObject({ seat: undefined });
  });

  it("is told the open tick and the part of it that has passed", () => {
    play(7);
    match.sessions.receive(peer, Up.ping, encoder.ping(123), { now: 0, phase: 0.25 });
    expect(peer.take()).toEqual([{ kind: "pong", echo: 123, serverTicks: 7.25 }]);
  });
});

describe("an acknowledgement", () => {
  it("moves forward only, and never ahead of the referee's world, which is refused by name", () => {
    play(10);
    const told = [3, 7, 5, 11, 2 ** 32 - 1, 10].map((tick) => [
      acknowledge(tick),
      match.sessions.confirmedTickOf(peer),
    ]);
    expect(told).toEqual([
      ["accepted", 3],
      ["accepted", 7],
      ["accepted", 7],
      ["acknowledgement/ahead", 7],
      ["acknowledgement/ahead", 7],
      ["accepted", 10],
    ]);
    expect(match.sessions.answers.get("acknowledgement/ahead"), "and counted").toBe(2);
  });

  it("is also in a hash", () => {
    play(10);
    hash(6, 0);
    expect(hash(11, 0)).toBe("acknowledgement/ahead");
    expect(match.sessions.confirmedTickOf(peer)).toBe(6);
  });
});

describe("a client whose hash differs (R7)", () => {
  beforeEach(() => {
    ready(0);
    play(30);
    peer.take();
  });

  const trail = (firstTick: number, hashes: readonly number[]) =>
    match.sessions.receive(peer, Up.trail, encoder.trail(firstTick, hashes), { now: 0, phase: 0 });
  const sound = (firstTick: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => match.hashes.trail.hashAt(firstTick + i)!);

  it("says so by a trail, is noted, and is asked for its world at the first tick that differs", () => {
    expect(hash(30, match.hashes.digestFor(30)!)).toBe("hash");
    const hashes = sound(21, 10);
    hashes[4]! ^= 1;
    expect(trail(21, hashes)).toBe("hash");
    expect(peer.take()).toEqual([{ kind: "ask", tick: 25 }]);
    expect(match.hashes.counts).toEqual({ equal: 1, differs: 1, "unknown-tick": 0 });
  });

  it("and only acknowledges it with a digest is counted: an honest one would say so by a trail", () => {
    expect(hash(30, match.hashes.digestFor(30)! ^ 1)).toBe("hash");
    expect(peer.takeNames()).toEqual([]);
    expect(match.hashes.counts).toEqual({ equal: 0, differs: 1, "unknown-tick": 0 });
  });

  it("at a tick that never was, or between two digests, is counted and left alone", () => {
    expect(hash(31, 0)).toBe("acknowledgement/ahead");
    expect(hash(29, 0)).toBe("hash/unknown-tick");
    expect(trail(31, [1, 2, 3])).toBe("hash/unknown-tick");
    expect(trail(2 ** 32 - 2, [1, 2, 3])).toBe("hash/unknown-tick");
    expect(match.hashes.counts).toEqual({ equal: 0, differs: 0, "unknown-tick": 3 });
    expect(peer.takeNames()).toEqual([]);
  });
});

describe("snapshots asked for again and again (R14)", () => {
  it("come every half second at most: the next one is owed, and served after a tick without being asked for", () => {
    play(3);
    for (let i = 0; i < 5; i++) ready(0);
    expect(peer.takeNames()).toEqual(["snapshot", "frames 0+3"]);
    play(9);
    expect(peer.takeNames()).toEqual(Array.from({ length: 9 }, (_, i) => `frame ${3 + i}`));
    play(1);
    expect(peer.takeNames(), "behind the frame that led to it").toEqual(["frame 12", "snapshot"]);
    play(1);
    expect(peer.takeNames(), "and the frames go on").toEqual(["frame 13"]);
    play(20);
    expect(peer.takeNames(), "and then never again").not.toContain("snapshot");
  });

  it("are owed to those who are still there only", () => {
    ready(0);
    ready(0);
    match.sessions.dismiss(peer);
    peer.take();
    play(30);
    expect(peer.packets).toEqual([]);
  });
});
