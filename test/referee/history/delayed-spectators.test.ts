/** Spectators with a delay: never a frame or a world younger than it, whatever they ask for, and no gap in what they get. */
import { describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { DelayedWorld } from "../../../shared/referee/history/delayed-world.ts";
import { everySeed } from "../../kit/every-seed.ts";
import { mixedGame } from "../../kit/games/mixed-game.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { RecordingPeer, snapshotIn } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";

const FILE = "test/referee/history/delayed-spectators.test.ts";
const RATE = 20;
const DELAY = 10 * RATE;
const game = mixedGame(4, RATE);
const encoder = new UpEncoder(inputCodecOf(game.input));

function open(seed = 1) {
  const match = matchInMemory(game, { seed, bots: 3, pause: "vote", pack: packInMemory });
  const hashes = [match.world.hash()];
  return {
    match,
    hashes,
    play(ticks: number, each: () => void = () => {}): void {
      for (let i = 0; i < ticks; i++) {
        match.closeTick();
        hashes.push(match.hashes.latest!.hash);
        each();
      }
    },
    watch(id = "s", delayTicks = DELAY): RecordingPeer {
      const peer = new RecordingPeer(id);
      match.sessions.admit(peer, { plane: "lockstep", watch: true, delayTicks });
      return peer;
    },
    say: (peer: RecordingPeer, type: number, bytes: Uint8Array, now = 0) =>
      match.sessions.receive(peer, type, bytes, { now, phase: 0.5 }),
  };
}

/** The youngest tick that what was sent says anything about: of a frame its own, of a snapshot that of its world. */
function youngestIn(peer: RecordingPeer): number {
  let youngest = Number.NEGATIVE_INFINITY;
  for (const message of peer.take()) {
    if (message.kind === "frames") youngest = Math.max(youngest, message.firstTick + message.count - 1);
    if (message.kind !== "snapshot") continue;
    const world = new Simulation(game, 0);
    if (!world.restore(snapshotIn(message))) throw new Error("not a world");
    youngest = Math.max(youngest, world.tick - 1);
  }
  return youngest;
}

describe("a spectator with a delay", () => {
  it("follows the match as it was, frame by frame, from any moment on", () => {
    everySeed(
      FILE,
      (random, seed) => {
        const { match, play, watch, say, hashes } = open(seed);
        play(random.int(0, 3 * DELAY));
        const peer = watch();
        const client = new LockstepClient(game, { sample: () => inputCodecOf(game.input).create() });
        let now = 0;
        play(DELAY + 60, () => {
          now += 1000 / RATE;
          for (const { type, bytes } of client.takeOutbox()) say(peer, type, bytes, now);
          for (const packet of peer.packets.splice(0)) client.receive(packet[0]!, packet.subarray(1), now);
          client.advance(now);
        });
        const behind = match.world.tick - client.confirmedTick;
        expect(behind).toBeGreaterThanOrEqual(DELAY);
        expect(behind).toBeLessThanOrEqual(DELAY + 4);
        expect(client.confirmed.hash()).toBe(hashes[client.confirmedTick]);
        expect(client.stats).toMatchObject({ snapshots: 1, malformed: 0, hashMismatches: 0 });
        expect(client.stats.hashChecks).toBeGreaterThan(5);
      },
      { inCi: 40, onLaptop: 6 },
    );
  });

  it("is never sent anything younger, whatever it asks for", () => {
    everySeed(
      FILE,
      (random, seed) => {
        const { match, play, watch, say } = open(seed);
        play(random.int(0, 2 * DELAY));
        const peer = watch();
        let now = 0;
        for (let i = 0; i < 150; i++) {
          now += 50;
          const { tick } = match.world;
          const asked = random.pick([0, 0, tick, tick - DELAY, tick - DELAY + 1, tick + 1, random.int(0, tick)]);
          if (random.chance(0.5)) say(peer, Up.ready, encoder.ready(Math.max(0, asked)), now);
          if (random.chance(0.2)) say(peer, Up.ping, encoder.ping(1), now);
          play(1);
          expect(youngestIn(peer)).toBeLessThan(match.world.tick - DELAY);
        }
      },
      { inCi: 60, onLaptop: 8 },
    );
  });

  it("of a room younger than the delay is sent nothing until there is something to show", () => {
    const { play, watch, say } = open();
    play(5);
    const peer = watch();
    expect(say(peer, Up.ready, encoder.ready(0))).toBe("ready");
    play(DELAY - 6);
    expect(peer.takeNames()).toEqual([]);
    play(1);
    expect(peer.takeNames()).toEqual(["snapshot"]);
    play(3);
    expect(peer.takeNames()).toEqual(["frame 0", "frame 1", "frame 2"]);
  });

  it("is told the time of what it sees, not the time of the match", () => {
    const { play, watch, say } = open();
    const peer = watch();
    say(peer, Up.ping, encoder.ping(7));
    expect(peer.take(), "before there is anything").toEqual([{ kind: "pong", echo: 7, serverTicks: 0 }]);
    play(DELAY + 30);
    say(peer, Up.ping, encoder.ping(8));
    expect(peer.take().at(-1)).toEqual({ kind: "pong", echo: 8, serverTicks: 30.5 });
  });

  it("is told of a pause at the tick where its own time stands", () => {
    const { match, play, watch, say } = open();
    const player = new RecordingPeer("p");
    match.takeSeat({ kind: "player", id: "p", name: "p" });
    match.sessions.admit(player, { plane: "lockstep" });
    play(DELAY + 30);
    const peer = watch();
    say(peer, Up.ready, encoder.ready(0));
    peer.take();
    say(player, Up.pause, encoder.pause(true));
    expect(match.closeTick()).toBe("paused");
    expect(peer.take()).toEqual([{ kind: "halt", isHalted: true, serverTicks: 30 }]);
  });

  it("acknowledges what it can have, and no later tick", () => {
    const { play, watch, say, match } = open();
    const peer = watch();
    play(DELAY + 30);
    const neutral = inputCodecOf(game.input).create();
    const answers = [30, 31, DELAY].map((tick) => say(peer, Up.input, encoder.input(0, tick, neutral)));
    expect(answers).toEqual(["input/no-seat", "acknowledgement/ahead", "acknowledgement/ahead"]);
    expect(match.sessions.confirmedTickOf(peer)).toBe(30);
  });

  it("is not taken for one who has fallen behind (R14)", () => {
    const { match, play, watch, say } = open();
    play(DELAY + 5);
    const peer = watch();
    say(peer, Up.ready, encoder.ready(0));
    const neutral = inputCodecOf(game.input).create();
    play(40 * RATE, () => {
      const { tick } = match.world;
      if (tick % RATE === 0) say(peer, Up.input, encoder.input(0, tick - DELAY, neutral), tick * 50);
    });
    expect([match.sessions.parked, peer.closes]).toEqual([0, []]);
  });

  it("does not hold up others: players and undelayed spectators are sent the present", () => {
    const { play, watch, say } = open();
    play(DELAY + 20);
    const [late, present] = [watch("late"), watch("present", 0)];
    for (const peer of [late, present]) say(peer, Up.ready, encoder.ready(0));
    for (const peer of [late, present]) peer.take();
    play(1);
    expect([present.takeNames(), late.takeNames()]).toEqual([[`frame ${DELAY + 20}`], ["frame 20"]]);
  });
});

describe("the delayed world of the stream plane", () => {
  it("is the referee's as it was, tick by tick, and nothing before the match is old enough", () => {
    const { match, play, hashes } = open();
    const delayed = new DelayedWorld(match.keyframes, DELAY);
    expect(delayed.advance(match.world.tick)).toBeUndefined();
    play(DELAY + 40, () => {
      const past = delayed.advance(match.world.tick) as Simulation<unknown, unknown> | undefined;
      const tick = match.world.tick - DELAY;
      expect([past?.tick, past?.hash()]).toEqual(tick < 0 ? [undefined, undefined] : [tick, hashes[tick]]);
    });
  });

  it("is found again after nobody watched, and after a jump of any length", () => {
    const { match, play, hashes } = open();
    const delayed = new DelayedWorld(match.keyframes, DELAY);
    const look = (): void => {
      const past = delayed.advance(match.world.tick) as unknown as Simulation<unknown, unknown>;
      expect([past.tick, past.hash()]).toEqual([match.world.tick - DELAY, hashes[match.world.tick - DELAY]]);
    };
    play(DELAY + 3);
    look();
    delayed.forget();
    play(7);
    look();
    play(500);
    look();
    play(70 * RATE);
    look();
  });
});
