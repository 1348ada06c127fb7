/** Snapshots for those who need them: encoded once a tick for all, to each one at most every half second (R6, R14). */
import { describe, expect, it } from "vitest";
import { LateJoin } from "../../../server/match/late-join.ts";
import { createMember } from "../../../server/match/member.ts";
import { createFrame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { RecordingPeer } from "../../kit/recording-peer.ts";
import { packInMemory } from "../../kit/table.ts";
import { TICK_RATE, walk } from "../../kit/walk.ts";

function room() {
  const world = new Simulation(walk, 1);
  const frame = createFrame(walk);
  const lateJoin = new LateJoin(packInMemory, TICK_RATE);
  return {
    lateJoin,
    world,
    step: (ticks: number): void => {
      for (let i = 0; i < ticks; i++) {
        frame.tick = world.tick;
        world.step(frame);
      }
    },
    join: (seat: number | undefined = undefined) => {
      const [peer, member] = [new RecordingPeer("x"), createMember("lockstep", 0)];
      const ask = (): boolean => {
        lateJoin.serve(world, seat, peer, member);
        return member.isOwedSnapshot;
      };
      return { peer, member, ask };
    },
  };
}

describe("a late join", () => {
  it("of many in one tick encodes the world once, and tells each of them their own seat", () => {
    const { join, lateJoin, world, step } = room();
    step(3);
    const all = [join(0), join(3), join()];
    for (const { ask } of all) expect(ask()).toBe(false);
    expect(lateJoin.counts).toEqual({ made: 1, sent: 3 });
    for (const [i, { peer }] of all.entries())
      expect(peer.take()).toEqual([{ kind: "snapshot", seat: [0, 3, undefined][i], snapshot: world.snapshot() }]);
  });

  it("in another tick gets the world of that tick", () => {
    const { join, lateJoin, world, step } = room();
    join().ask();
    step(1);
    const late = join();
    late.ask();
    expect(lateJoin.counts).toEqual({ made: 2, sent: 2 });
    expect(late.peer.take()).toMatchObject([{ snapshot: world.snapshot() }]);
  });

  it("asked for again is owed for half a second, then served; the answer to others does not count", () => {
    const { join, step } = room();
    const [one, other] = [join(), join()];
    expect(one.ask()).toBe(false);
    for (let tick = 1; tick < TICK_RATE / 2; tick++) {
      step(1);
      expect(one.ask(), `after ${tick} ticks`).toBe(true);
    }
    expect(other.ask()).toBe(false);
    expect(one.peer.packets).toHaveLength(1);
    step(1);
    expect(one.ask()).toBe(false);
    expect(one.peer.packets).toHaveLength(2);
  });

  it("at tick 0 counts as one, like at any other", () => {
    const { join, step } = room();
    const one = join();
    one.ask();
    expect(one.member.broughtTick).toBe(0);
    step(1);
    expect(one.ask()).toBe(true);
  });
});
