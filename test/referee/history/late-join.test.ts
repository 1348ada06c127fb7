/** Snapshots for those who need them: one for all joiners of half a second, each at most every half second, then frames (R6, R14). */
import { describe, expect, it } from "vitest";
import { createFrame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { Keyframes } from "../../../shared/referee/history/keyframes.ts";
import { LateJoin } from "../../../shared/referee/history/late-join.ts";
import { Seats } from "../../../shared/referee/inputs/seats.ts";
import { FrameBroadcast } from "../../../shared/referee/peers/frame-broadcast.ts";
import { Outbox } from "../../../shared/referee/peers/outbox.ts";
import { broughtTickOf } from "../../../shared/referee/peers/session-state.ts";
import { deliver } from "../../kit/memory/delivery.ts";
import { RecordingPeer, snapshotIn } from "../../kit/memory/recording-peer.ts";
import { sessionOf } from "../../kit/memory/session.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { TICK_RATE, walk } from "../../kit/walk.ts";

const SHARED_TICKS = TICK_RATE / 2;

function room() {
  const world = new Simulation(walk, 1);
  const frame = createFrame(walk);
  const seats = new Seats(4);
  for (const id of ["a", "b", "c"]) seats.take({ kind: "player", id, name: id });
  const outbox = new Outbox(packInMemory);
  const broadcast = new FrameBroadcast(walk, outbox);
  const keyframes = new Keyframes(walk, broadcast.log);
  const lateJoin = new LateJoin({ world, keyframes, broadcast, seats, outbox, isStrict: false });
  return {
    lateJoin,
    keyframes,
    world,
    /** Without keyframes of its own, so that those made are those of joiners. */
    step: (ticks: number): void => {
      for (let i = 0; i < ticks; i++) {
        frame.tick = world.tick;
        broadcast.close(frame, world.seats, undefined);
        deliver(outbox);
        world.step(frame);
      }
    },
    join: (id = "x") => {
      const peer = new RecordingPeer(id);
      const session = sessionOf(peer);
      const ask = (): boolean => {
        lateJoin.bring(session, 0);
        deliver(outbox);
        return session.state.kind === "owed";
      };
      return { peer, session, ask };
    },
  };
}

describe("a late join", () => {
  it("of many in one tick encodes the world once, and tells each of them their own seat", () => {
    const { join, lateJoin, keyframes, world, step } = room();
    step(3);
    const all = [join("a"), join("c"), join()];
    for (const { ask } of all) expect(ask()).toBe(false);
    expect([keyframes.made, lateJoin.sent]).toEqual([1, 3]);
    for (const [i, { peer }] of all.entries()) {
      const messages = peer.take();
      expect(messages).toMatchObject([{ kind: "snapshot", seat: [0, 2, undefined][i], isStrict: false }]);
      expect(snapshotIn(messages[0])).toEqual(world.snapshot());
    }
  });

  it("of half a second shares one snapshot: a later client gets it with the frames since", () => {
    const { join, keyframes, world, step } = room();
    step(1);
    join().ask();
    const first = world.snapshot();
    for (let since = 1; since <= SHARED_TICKS; since++) {
      step(1);
      const { peer, ask } = join();
      ask();
      const [message, frames, ...more] = peer.take();
      expect(snapshotIn(message)).toEqual(first);
      expect([frames, more]).toMatchObject([{ kind: "frames", firstTick: 1, count: since }, []]);
    }
    expect(keyframes.made).toBe(1);
    step(1);
    const late = join();
    late.ask();
    expect(keyframes.made, "half a second is over").toBe(2);
    expect(snapshotIn(late.peer.take()[0])).toEqual(world.snapshot());
  });

  it("is followed by every frame from there on, without a gap", () => {
    const { join, step } = room();
    step(1);
    join().ask();
    step(4);
    const { peer, ask } = join();
    ask();
    step(3);
    expect(peer.takeNames()).toEqual(["snapshot", "frames 1+4", "frame 5", "frame 6", "frame 7"]);
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
    const snapshots = (): number => one.peer.takeNames().filter((name) => name === "snapshot").length;
    expect(snapshots()).toBe(1);
    step(1);
    expect(one.ask()).toBe(false);
    expect(snapshots()).toBe(1);
  });

  it("at tick 0 counts as one, like at any other", () => {
    const { join, step } = room();
    const one = join();
    one.ask();
    expect(broughtTickOf(one.session.state)).toBe(0);
    step(1);
    expect(one.ask()).toBe(true);
  });
});
