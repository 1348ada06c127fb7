/** The client runtime at a table in memory: it predicts, stalls at its window, comes back, and asks for help (R8, R10). */
import { describe, expect, it } from "vitest";
import { Match } from "../../../server/rooms/match.ts";
import type { Plain } from "../../../shared/engine/codec/plain.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import { Up } from "../../../shared/engine/protocol/up.ts";
import { everySeed } from "../../kit/every-seed.ts";
import type { LinkOptions } from "../../kit/link.ts";
import { RecordingPeer } from "../../kit/recording-peer.ts";
import { packInMemory, type Script, Table } from "../../kit/table.ts";

const FILE = "test/engine/lockstep/lockstep-client.test.ts";
const TICK_RATE = 20;
const WINDOW = TICK_RATE;

const Input = schema({ dx: t.int8<-1 | 0 | 1>() }, "ClientInput");
const State = schema({ at: t.map("int32"), ticks: t.uint32() }, "ClientState");
/** Everybody's place is the sum of what they wanted: a wrong guess shows. */
const walk = defineGame({
  name: "walk",
  tickRate: TICK_RATE,
  seats: { min: 1, max: 4 },
  input: Input,
  state: State,
  setup: () => ({ at: new Map(), ticks: 0 }),
  join: (state, seat) => void state.at.set(seat, 0),
  leave: (state, seat) => void state.at.delete(seat),
  step(state, { input }) {
    state.ticks++;
    for (const [seat, x] of state.at) state.at.set(seat, x + input(seat).dx);
  },
});
type WalkScript = Script<InstanceType<typeof Input>, InstanceType<typeof State>>;

const busy: WalkScript = (_state, _seat, _tick, random) => ({ dx: random.pick([-1, 0, 1] as const) });
const quiet = (delayMs: number): LinkOptions => ({ delayMs, jitterMs: 0 });

const tableOf = (script: WalkScript, delayMs: number, seed = 1) =>
  new Table({ game: walk, seed, script, network: () => quiet(delayMs), drawMs: 10 });
type WalkTable = ReturnType<typeof tableOf>;

/** Counts what arrives at the referee, by type. */
function countUp(table: WalkTable): Map<number, number> {
  const counts = new Map<number, number>();
  const receive = table.match.receive.bind(table.match);
  table.match.receive = (peer, type, ...rest) => {
    counts.set(type, (counts.get(type) ?? 0) + 1);
    return receive(peer, type, ...rest);
  };
  return counts;
}

function expectOneWorld(table: WalkTable): void {
  table.settle();
  for (const { client, differed, compared } of table.players) {
    expect([client.confirmedTick, client.confirmed.hash()]).toEqual([
      table.match.world.tick,
      table.match.world.hash(),
    ]);
    expect([differed, client.stats.hashMismatches]).toEqual([0, 0]);
    expect(compared).toBeGreaterThan(0);
  }
}

describe("prediction", () => {
  it.each([0, 200, 400])("with a one-way delay of %i ms shows the own input at once, and inputs arrive in time", (ms) => {
    const table = tableOf(busy, ms);
    const [me] = [table.add(), table.add()];
    table.runTo(200);
    const { counts } = table.match.intake;
    const [acceptedAtFirst, lateAtFirst] = [counts.accepted, counts["input/late-moved"]];
    const leads: number[] = [];
    for (let tick = 201; tick <= 400; tick++) {
      table.runTo(tick);
      leads.push(me.client.predictedTick - me.client.confirmedTick);
    }
    // What is drawn is ahead of what is confirmed by the way there and back, and by no more than two ticks beyond it.
    const roundTrip = (2 * ms * TICK_RATE) / 1000;
    expect(Math.min(...leads)).toBeGreaterThanOrEqual(roundTrip - 1);
    expect(Math.max(...leads)).toBeLessThanOrEqual(Math.min(WINDOW, roundTrip + 2));
    // The first inputs of a joiner are late by nature: they are for ticks that closed while its snapshot travelled.
    expect(counts["input/late-moved"] - lateAtFirst).toBe(0);
    expect(counts.accepted - acceptedAtFirst).toBeGreaterThan(200);
    expect(me.client.stats.stalledMs, "nobody waits for anybody (R2)").toBe(0);
    if (ms > 0) expect(me.client.stats.mispredictions, "the other one cannot be guessed").toBeGreaterThan(50);
    expectOneWorld(table);
  });

  it("guesses that others go on wanting what they wanted: who holds an input is never mispredicted", () => {
    const table = tableOf(() => ({ dx: 1 }), 100);
    const me = table.add();
    table.add();
    table.runTo(60);
    const before = me.client.stats.mispredictions;
    table.runTo(400);
    expect(me.client.stats.mispredictions).toBe(before);
    expect(me.client.state.at.get(1)).toBeGreaterThan(300);
    expectOneWorld(table);
  });

  it("never samples while it resimulates: once for each tick, in order, as often as the world moved on (R10)", () => {
    const sampled: number[] = [];
    const table = tableOf((state, seat, tick, random) => {
      if (seat === 0) sampled.push(tick);
      return busy(state, seat, tick, random);
    }, 150);
    const me = table.add();
    table.add();
    table.runTo(400);
    expect(me.client.stats.resimulatedTicks, "it did resimulate").toBeGreaterThan(400);
    expect(sampled).toEqual(Array.from({ length: sampled.length }, (_, i) => sampled[0]! + i));
    expect(sampled.at(-1)).toBe(me.client.predictedTick - 1);
  });

  it("sends a held input as a heartbeat only, four times a second, and an input that changes at once (R10)", () => {
    const table = tableOf((_state, _seat, tick) => ({ dx: tick === 205 ? -1 : 1 }), 50);
    const counts = countUp(table);
    table.add();
    table.runTo(100);
    const before = counts.get(Up.input)!;
    table.runTo(200);
    const seconds = 100 / TICK_RATE;
    expect(counts.get(Up.input)! - before).toBeGreaterThanOrEqual(4 * seconds - 1);
    expect(counts.get(Up.input)! - before).toBeLessThanOrEqual(4 * seconds + 1);
    table.runTo(220);
    expect([...table.match.world.state.at.values()], "one step back and one step less").toEqual([
      table.match.world.state.ticks - (table.match.world.tick - table.match.world.state.at.get(0)!),
    ]);
    expectOneWorld(table);
  });

  it("asks for an input as many ticks ahead as the input delay says, and is in time without running ahead", () => {
    const inputDelay = 4;
    const server = new Match(walk, { seed: 1, bots: 0, pack: packInMemory });
    const client = new LockstepClient(walk, { sample: () => ({ dx: 1 }), inputDelay });
    const peer = new RecordingPeer("me");
    server.takeSeat({ kind: "player", id: "me", name: "me" });
    server.admit(peer, "lockstep");
    // A network without delay, so that what is in between is the input delay alone.
    for (let now = 0; now < 3000; now += 10) {
      if (now % 50 === 40) server.closeTick();
      for (const packet of peer.packets.splice(0)) client.receive(packet[0]!, packet.subarray(1), now);
      client.advance(now);
      for (const { type, bytes } of client.takeOutbox()) server.receive(peer, type, bytes, now, ((now + 10) % 50) / 50);
    }
    expect(server.intake.counts).toMatchObject({ "input/late-moved": 0, "input/too-early": 0 });
    expect(server.world.state.at.get(0), "every tick but the first ones").toBe(server.world.tick - inputDelay);
    expect(client.predictedTick - client.confirmedTick).toBeLessThanOrEqual(1);
    expect(client.confirmed.hash()).toBe(server.world.hash());
  });
});

describe("a server that falls silent", () => {
  it("stalls the client at its window, not a tick beyond it, and costs nothing but time (R8)", () => {
    const table = tableOf(busy, 50);
    const ahead: number[] = [];
    const [me] = [table.add(), table.add()];
    table.runTo(100);
    const lead = (): number => me.client.predictedTick - me.client.confirmedTick;
    const receive = table.match.receive.bind(table.match);
    table.match.receive = () => "refused";
    for (let i = 0; i < 3; i++) {
      // Two seconds in which no tick is closed and no ping answered.
      table.settle();
      ahead.push(lead());
    }
    expect(ahead).toEqual([WINDOW, WINDOW, WINDOW]);
    expect(me.client.isStalled).toBe(true);
    expect(me.client.stats.longestStallMs).toBeGreaterThan(4000);
    expect(me.client.stats.longestStallMs).toBeLessThan(6000);
    table.match.receive = receive;
    table.runTo(300);
    expect(me.client.isStalled).toBe(false);
    expect(lead()).toBeLessThan(WINDOW / 2);
    expect(me.client.stats.snapshots, "the frames were enough").toBe(1);
    expectOneWorld(table);
  });

  it("never lets the client past its window, whatever the network does (R8)", () => {
    everySeed(
      FILE,
      (random, seed) => {
        let most = 0;
        const script: WalkScript = (...args) => {
          for (const { client } of table.players) most = Math.max(most, client.predictedTick - client.confirmedTick);
          return busy(...args);
        };
        const table: WalkTable = new Table({
          game: walk,
          seed,
          script,
          network: () => ({ delayMs: random.float() * 600, jitterMs: random.float() * 900 }),
          drawMs: 10,
        });
        for (let i = 0; i < 3; i++) table.add();
        table.runTo(150);
        for (const { client } of table.players)
          most = Math.max(most, client.predictedTick - client.confirmedTick);
        expect(most).toBeLessThanOrEqual(WINDOW);
        expectOneWorld(table);
      },
      { inCi: 60, onLaptop: 8 },
    );
  });
});

describe("a client that missed something", () => {
  it("joins late and is in the present with one snapshot and no frames of the past", () => {
    const table = tableOf(busy, 40);
    table.add();
    table.runTo(500);
    const late = table.add();
    table.runTo(520);
    expect(late.client.stats).toMatchObject({ snapshots: 1, malformed: 0 });
    expect(late.client.stats.confirmedFrames).toBeLessThanOrEqual(20);
    expect(late.client.confirmedTick).toBeGreaterThan(515);
    expectOneWorld(table);
  });

  it("asks for a snapshot when frames are missing, once, and goes on from it", () => {
    const table = tableOf(busy, 100);
    const counts = countUp(table);
    const [me, other] = [table.add(), table.add()];
    table.runTo(100);
    me.down.cut();
    expect(counts.get(Up.ready)).toBe(2);
    table.runTo(110);
    expect(counts.get(Up.ready)).toBe(3);
    table.runTo(160);
    expect(counts.get(Up.ready)).toBe(3);
    expect([me.client.stats.snapshots, other.client.stats.snapshots]).toEqual([2, 1]);
    expect(me.client.stats.malformed).toBe(0);
    expectOneWorld(table);
  });

  it("is not drawn to the past by a snapshot it did not need", () => {
    const table = tableOf(busy, 100);
    const me = table.add();
    table.runTo(100);
    const hash = me.client.confirmed.hash();
    const snapshot = me.client.confirmed.snapshot();
    expect(me.client.confirmed.restore(snapshot)).toBe(true);
    expect(me.client.confirmed.hash()).toBe(hash);
    table.runTo(140);
    expectOneWorld(table);
  });
});

/** Damaged, cut, doubled and invented messages, each behind its type. */
function damaged(packet: Uint8Array, random: WorldRandom): Uint8Array {
  const bytes = packet.slice(0, random.chance(0.3) ? random.int(0, packet.length) : packet.length);
  if (bytes.length > 0 && random.chance(0.8)) bytes[random.int(0, bytes.length - 1)]! ^= 1 << random.int(0, 7);
  return bytes;
}

describe("malformed bytes", () => {
  it("never throw, and the client is healed by the next good snapshot (R13)", () => {
    let malformed = 0;
    let snapshots = 0;
    everySeed(
      FILE,
      (random, seed) => {
        const table = tableOf(busy, 20, seed);
        const [me] = [table.add(), table.add()];
        table.runTo(40);
        for (let i = 0; i < 20; i++) {
          const type = random.int(0, 5);
          const bytes = Uint8Array.from({ length: random.int(0, 20) }, () => random.int(0, 255));
          me.client.receive(type, random.chance(0.5) ? bytes : damaged(bytes, random), table.now);
          table.runTo(40 + 2 * i);
        }
        malformed += me.client.stats.malformed;
        // A pong of the past or the future is healed by time, a lost sync by the snapshot asked for.
        table.runTo(140);
        table.settle();
        snapshots += me.client.stats.snapshots;
        expect(me.client.isSynced).toBe(true);
      },
      { inCi: 100, onLaptop: 15 },
    );
    expect(malformed).toBeGreaterThan(20);
    expect(snapshots).toBeGreaterThan(20);
  });
});

it("before anything has come, advancing only asks for the world and for the time", () => {
  const client = new LockstepClient(walk, { sample: (): Plain<typeof Input> => ({ dx: 1 }) });
  for (let now = 0; now < 1000; now += 10) client.advance(now);
  expect(client.takeOutbox().map(({ type }) => type)).toEqual([Up.ready, Up.ping, Up.ping]);
  expect(client.takeOutbox()).toEqual([]);
  expect([client.isSynced, client.seat, client.confirmedTick]).toEqual([false, undefined, 0]);
});
