/** The client runtime when the network or the server fails it: it stalls, comes back, asks for help, and never throws. */
import { describe, expect, it } from "vitest";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { defineGame } from "../../../shared/engine/index.ts";
import { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import { Down } from "../../../shared/engine/protocol/down.ts";
import { Up } from "../../../shared/engine/protocol/up.ts";
import { everySeed, playsAllSeeds } from "../../kit/every-seed.ts";
import { Table } from "../../kit/memory/table.ts";
import {
  busy,
  countUp,
  expectOneWorld,
  TICK_RATE,
  type WalkScript,
  type WalkTable,
  walk,
  walkTable,
} from "../../kit/walk.ts";

const FILE = "test/engine/lockstep/lockstep-client-recovery.test.ts";
const WINDOW = TICK_RATE;

describe("a server that falls silent", () => {
  it("stalls the client at its window, not a tick beyond it, and costs nothing but time (R8)", () => {
    const table = walkTable({ script: busy, network: { delayMs: 50 } });
    const ahead: number[] = [];
    const [me] = [table.add(), table.add()];
    table.runTo(100);
    const lead = (): number => me.client.predictedTick - me.client.confirmedTick;
    const receive = table.match.sessions.receive.bind(table.match.sessions);
    table.match.sessions.receive = () => "refused";
    for (let i = 0; i < 3; i++) {
      // Two seconds in which no tick is closed and no ping answered.
      table.settle();
      ahead.push(lead());
    }
    expect(ahead).toEqual([WINDOW, WINDOW, WINDOW]);
    expect(me.client.stalledMs).toBeGreaterThan(0);
    expect(me.client.stats.longestStallMs).toBeGreaterThan(4000);
    expect(me.client.stats.longestStallMs).toBeLessThan(6000);
    table.match.sessions.receive = receive;
    table.runTo(300);
    expect(me.client.stalledMs).toBe(0);
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
        const network = { delayMs: random.float() * 600, jitterMs: random.float() * 900 };
        const table: WalkTable = walkTable({ script, network, seed });
        for (let i = 0; i < 3; i++) table.add();
        table.runTo(150);
        for (const { client } of table.players) most = Math.max(most, client.predictedTick - client.confirmedTick);
        expect(most).toBeLessThanOrEqual(WINDOW);
        expectOneWorld(table);
      },
      { inCi: 60, onLaptop: 8 },
    );
  });
});

describe("a client that missed something", () => {
  it("joins late and is in the present with one snapshot and no frames of the past", () => {
    const table = walkTable({ script: busy, network: { delayMs: 40 } });
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
    const table = walkTable({ script: busy, network: { delayMs: 100 } });
    const count = countUp(table);
    const [me, other] = [table.add(), table.add()];
    table.runTo(100);
    me.down.cut();
    expect(count(Up.ready)).toBe(2);
    table.runTo(110);
    expect(count(Up.ready)).toBe(3);
    table.runTo(160);
    expect(count(Up.ready)).toBe(3);
    expect([me.client.stats.snapshots, other.client.stats.snapshots]).toEqual([2, 1]);
    expect(me.client.stats.malformed).toBe(0);
    expectOneWorld(table);
  });

  it("leaves out frames it has already, and frames that come before the world", () => {
    const table = walkTable({ script: busy, network: {} });
    const count = countUp(table);
    const kept: Uint8Array[] = [];
    const me = table.add();
    const { send } = me;
    me.send = (packet) => {
      kept.push(packet);
      send.call(me, packet);
    };
    table.runTo(50);
    const stranger = new LockstepClient(walk, { sample: () => ({ dx: 0 }) });
    for (const packet of kept) {
      me.client.receive(packet[0]!, packet.subarray(1), table.now);
      if (packet[0] !== Down.snapshot) stranger.receive(packet[0]!, packet.subarray(1), table.now);
    }
    stranger.advance(table.now);
    expect([stranger.isSynced, stranger.confirmedTick]).toEqual([false, 0]);
    table.runTo(100);
    // The snapshot was taken over once more, and the frames after it stepped once more: it is healed, not confused.
    expect(me.client.stats).toMatchObject({ snapshots: 2, malformed: 0 });
    expect(count(Up.ready), "only at first").toBe(1);
    expectOneWorld(table);
  });
});

describe("rules that fail on a guess", () => {
  it("fail nobody: the guess is thrown away and counted, and what is confirmed goes on", () => {
    // Two who want 1 in turns never do so together, but a guess that the other one goes on wanting it says so.
    const brittle = defineGame({
      ...walk,
      name: "brittle",
      step(state, context) {
        if (context.input(0).dx === 1 && context.input(1).dx === 1) throw new Error("both at once");
        walk.step(state, context);
      },
    });
    const script: WalkScript = (_state, seat, tick) => ({ dx: tick > 60 && tick % 2 === seat ? 1 : 0 });
    const network = () => ({ delayMs: 60, jitterMs: 0 });
    const table: WalkTable = new Table({ game: brittle, seed: 1, script, network, drawMs: 10 });
    const players = [table.add(), table.add()];
    table.runTo(200);
    for (const { client } of players) {
      expect(client.predictionFaults.count).toBeGreaterThan(50);
      expect(client.predictionFaults.last).toBe("Error: both at once");
      expect(client.predictedTick).toBeGreaterThanOrEqual(client.confirmedTick);
    }
    // What lies beyond a guess that fails is wanted once the match is there: too late for some of it.
    expect(table.match.world.state.at.get(0), "and the match was played").toBeGreaterThan(15);
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
        const table = walkTable({ script: busy, network: { delayMs: 20 }, seed });
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
    if (playsAllSeeds) expect([malformed > 20, snapshots > 20], "it was hurt and healed").toEqual([true, true]);
  });
});
