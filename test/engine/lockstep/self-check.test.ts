/** The client's part of a desync: it says what its worlds were, shows the one asked for, and takes only a true cure (R7). */
import { beforeEach, describe, expect, it } from "vitest";
import { encodeDelta } from "../../../shared/engine/bytes/byte-delta.ts";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import { SelfCheck } from "../../../shared/engine/lockstep/self-check.ts";
import { Down, DownEncoder } from "../../../shared/engine/protocol/down.ts";
import { Unwrapper } from "../../../shared/engine/protocol/parcel.ts";
import { Up, UpDecoder, type UpMessage } from "../../../shared/engine/protocol/up.ts";
import { mixedGame } from "../../kit/games/mixed-game.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";

const RATE = 20;
const INTERVAL = 5;
const game = mixedGame(4, RATE);
const codec = inputCodecOf(game.input);
const encoder = new DownEncoder();

/** A referee and one client without a network; what the client says is written down, and passed on while `isHeard`. */
class Pair {
  readonly match = matchInMemory(game, { seed: 3, bots: 3, pack: packInMemory });
  readonly client = new LockstepClient(game, { sample: () => codec.create(), inputDelay: 0 });
  readonly peer = new RecordingPeer("a");
  readonly said: UpMessage<unknown>[] = [];
  isHeard = true;
  now = 0;

  constructor(ticksBefore = 0, isSeated = true) {
    for (let i = 0; i < ticksBefore; i++) this.match.closeTick();
    if (isSeated) this.match.takeSeat({ kind: "player", id: "a", name: "a" });
    this.match.sessions.admit(this.peer, { plane: "lockstep" });
  }

  play(ticks: number): void {
    for (let i = 0; i < ticks; i++) {
      this.match.closeTick();
      this.now += 1000 / RATE;
      this.exchange();
    }
  }

  exchange(): void {
    for (const packet of this.peer.packets.splice(0)) this.client.receive(packet[0]!, packet.subarray(1), this.now);
    this.client.advance(this.now);
    const decoder = new UpDecoder(codec);
    for (const { type, bytes } of this.client.takeOutbox()) {
      this.said.push(structuredClone(decoder.decode(type, bytes)));
      if (this.isHeard) this.match.sessions.receive(this.peer, type, bytes, { now: this.now, phase: 0 });
    }
  }

  /** What was said of a kind since the last call of this. */
  take<Kind extends UpMessage<unknown>["kind"]>(kind: Kind): (UpMessage<unknown> & { kind: Kind })[] {
    const found = this.said.filter((message): message is UpMessage<unknown> & { kind: Kind } => message.kind === kind);
    this.said.length = 0;
    return found;
  }

  /** One field of the client's world is another now. */
  flip(): void {
    this.client.confirmed.state.bodies.get(0)!.x ^= 1;
  }

  get isInStep(): boolean {
    return (
      this.client.confirmedTick === this.match.world.tick && this.client.confirmed.hash() === this.match.world.hash()
    );
  }
}

let pair: Pair;
beforeEach(() => {
  pair = new Pair();
  pair.play(50);
});

describe("a world that is right", () => {
  it("is said to be so once a second, by an input that comes anyway", () => {
    const { equal } = pair.match.hashes.counts;
    pair.take("input");
    pair.play(200);
    const { said } = pair;
    expect(said.filter(({ kind }) => kind === "hash")).toEqual([]);
    const reports = said.filter((message) => message.kind === "input" && message.digest !== undefined);
    expect(reports.length).toBeGreaterThanOrEqual(200 / (5 * INTERVAL));
    expect(reports.length).toBeLessThanOrEqual(200 / (4 * INTERVAL));
    expect(pair.match.hashes.counts).toEqual({ equal: equal + reports.length, differs: 0, "unknown-tick": 0 });
    expect(pair.client.stats.hashChecks).toBeGreaterThan(25);
  });

  it("is reported for the newest digest only: an older one is not that of the tick acknowledged", () => {
    const world = { tick: 0, game };
    const past = { trail: { digest: () => 7 } };
    const check = new SelfCheck({ world, past } as never, { hash: () => {} } as never, pair.client.stats);
    for (world.tick = INTERVAL; world.tick <= 4 * INTERVAL; world.tick += INTERVAL) check.compare(7);
    expect(check.takeReport(5 * INTERVAL), "the digest there has not been compared").toBeUndefined();
    expect([check.takeReport(5 * INTERVAL - 1), check.takeReport(5 * INTERVAL - 1)]).toEqual([7, undefined]);
  });

  it("is reported in a message of its own by spectators", () => {
    pair = new Pair(0, false);
    pair.play(150);
    const ticks = pair.take("hash").map(({ tick }) => tick);
    expect(ticks.length).toBeGreaterThanOrEqual(5);
    for (const [i, tick] of ticks.entries()) expect(tick - ticks[0]!).toBe(i * 5 * INTERVAL);
    expect(pair.match.hashes.counts).toEqual({ equal: ticks.length, differs: 0, "unknown-tick": 0 });
  });

  it("of a client that joined between two digests is not compared before it knows enough worlds", () => {
    pair = new Pair(32);
    pair.play(20);
    expect(pair.client.stats).toMatchObject({ hashMismatches: 0 });
    expect(pair.client.stats.hashChecks, "those at 40, 45 and 50 at least").toBeGreaterThanOrEqual(2);
    expect(pair.isInStep).toBe(true);
  });
});

describe("a world that differs", () => {
  it("is noticed within a quarter of a second, and told as the hashes of the last half second", () => {
    pair.isHeard = false;
    pair.flip();
    pair.take("trail");
    pair.play(INTERVAL);
    const [trail, ...more] = pair.take("trail");
    expect(more).toEqual([]);
    expect(trail!.hashes).toHaveLength(2 * INTERVAL);
    const wrong = trail!.hashes.map((hash, i) => hash !== pair.match.hashes.trail.hashAt(trail!.firstTick + i));
    expect(wrong.indexOf(true) + trail!.firstTick, "the tick of the flip").toBe(50);
    expect(wrong.lastIndexOf(false)).toBeLessThan(wrong.indexOf(true));
    expect(pair.client.stats).toMatchObject({ hashMismatches: 1, isDiverged: true });
  });

  it("is healed by difference in half a second and less, and the client plays on in step", () => {
    pair.flip();
    pair.play(2 * INTERVAL);
    expect([pair.isInStep, pair.client.stats.isDiverged]).toEqual([true, false]);
    expect(pair.client.stats).toMatchObject({ heals: 1, snapshots: 1, malformed: 0 });
    expect(pair.match.sessions.healing.counts).toEqual({ byDifference: 1, whole: 0 });
    pair.play(100);
    expect([pair.isInStep, pair.client.stats.heals]).toEqual([true, 1]);
  });
});

describe("a world that is asked for", () => {
  const ask = (tick: number): void => pair.client.receive(Down.ask, encoder.ask(tick).slice(), pair.now);
  const shown = () => {
    pair.isHeard = false;
    pair.exchange();
    return pair.take("state");
  };

  it("is shown as it was, with the hash that stepping to it once more gives", () => {
    ask(40);
    const [state] = shown();
    expect(state).toMatchObject({ tick: 40, again: pair.match.hashes.trail.hashAt(40) });
    expect(new Unwrapper().take(state!.part)).toEqual(pair.match.keyframes.worldAt(40)!.snapshot());
  });

  it("is shown once, and the last one of two that were asked for", () => {
    ask(39);
    ask(40);
    expect(shown().map(({ tick }) => tick)).toEqual([40]);
    expect(shown()).toEqual([]);
  });

  it.each([0, 9, 51, 2 ** 32 - 1])("is not shown when it is not remembered, or never was: tick %i", (tick) => {
    ask(tick);
    expect(shown()).toEqual([]);
  });

  it("is shown without a second hash when the tick before it is forgotten", () => {
    pair = new Pair(30);
    pair.play(12);
    const first = pair.client.confirmedTick - 11;
    const told = Array.from({ length: 12 }, (_, i) => {
      ask(first + i);
      return shown()[0];
    }).filter((state) => state !== undefined);
    expect(told[0]!.again).toBeUndefined();
    expect(told.slice(1).every(({ again }) => again !== undefined)).toBe(true);
  });
});

describe("a cure", () => {
  const heal = (tick: number, hash: number, delta: Uint8Array): void =>
    pair.client.receive(Down.heal, encoder.heal(tick, hash, delta).slice(), pair.now);
  const truth = (tick: number) => pair.match.keyframes.worldAt(tick)!;
  /** Whether the client, after this, asks for the whole world. */
  const isLost = (): boolean => {
    const { isSynced } = pair.client;
    pair.isHeard = false;
    pair.exchange();
    return !isSynced && pair.take("ready").length === 1;
  };

  it("is taken for a world of the last two seconds, and the frames since are stepped again", () => {
    pair.isHeard = false;
    pair.flip();
    pair.play(10);
    const sick = pair.match.world.hash() !== pair.client.confirmed.hash();
    pair.client.receive(Down.ask, encoder.ask(50).slice(), pair.now);
    pair.exchange();
    const state = pair.said.find((message) => message.kind === "state");
    const bytes = state?.kind === "state" ? new Unwrapper().take(state.part) : undefined;
    heal(50, truth(50).hash(), encodeDelta(bytes as Uint8Array, truth(50).snapshot()));
    expect([sick, pair.isInStep, pair.client.stats.heals]).toEqual([true, true, 1]);
    expect(isLost()).toBe(false);
  });

  it.each<[string, () => void]>([
    [
      "that gives another world than it says",
      () => heal(45, 1, encodeDelta(truth(45).snapshot(), truth(45).snapshot())),
    ],
    [
      "of a tick that is forgotten",
      () => heal(3, truth(3).hash(), encodeDelta(truth(3).snapshot(), truth(3).snapshot())),
    ],
    ["of a tick to come", () => heal(900, 1, new Uint8Array(0))],
    ["of noise", () => heal(45, truth(45).hash(), Uint8Array.of(255, 255, 255, 255, 15, 1, 2, 3))],
    ["of nothing", () => heal(45, truth(45).hash(), new Uint8Array(0))],
  ])("%s is not taken: the whole world is asked for, once", (_what, act) => {
    pair.said.length = 0;
    act();
    expect(pair.client.stats.heals).toBe(0);
    expect(isLost()).toBe(true);
  });

  it("before there is a world is left out", () => {
    const fresh = new LockstepClient(game, { sample: () => codec.create() });
    fresh.receive(Down.heal, encoder.heal(0, 1, new Uint8Array(3)).slice(), 0);
    fresh.receive(Down.ask, encoder.ask(0).slice(), 0);
    fresh.advance(0);
    expect(fresh.takeOutbox().map(({ type }) => type)).toEqual([Up.ready, Up.ping]);
  });
});
