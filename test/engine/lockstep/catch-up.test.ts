/** Catching up costs a draw only so much time: by the clock it is given, the rest is stepped in the next draws. */
import { describe, expect, it } from "vitest";
import { defineGame } from "../../../shared/engine/index.ts";
import { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { walk } from "../../kit/walk.ts";

const BUDGET_MS = 8;
const BEHIND = 1000;

/** A client that is `BEHIND` ticks behind, whose steps take so long by a clock of our own. */
function late(stepMs: number, hasClock = true) {
  let time = 0;
  const slow = defineGame({
    ...walk,
    name: "slow-walk",
    step(state, context) {
      time += stepMs;
      walk.step(state, context);
    },
  });
  const match = matchInMemory(slow, { seed: 1, bots: 0, pack: packInMemory });
  match.takeSeat({ kind: "player", id: "a", name: "a" });
  const peer = new RecordingPeer("a");
  match.sessions.admit(peer, { plane: "lockstep" });
  const client = new LockstepClient(slow, {
    sample: () => ({ dx: 1 }),
    ...(hasClock ? { clock: () => time } : {}),
  });
  let now = 0;
  const draw = (): { steps: number; ms: number } => {
    for (const { type, bytes } of client.takeOutbox()) match.sessions.receive(peer, type, bytes, { now, phase: 0 });
    for (const packet of peer.packets.splice(0)) client.receive(packet[0]!, packet.subarray(1), now);
    const before = { tick: client.confirmedTick, time };
    now += 16;
    client.advance(now);
    return { steps: client.confirmedTick - before.tick, ms: time - before.time };
  };
  for (let i = 0; i < 3; i++) {
    draw();
    match.closeTick();
  }
  draw();
  // Back after most of a minute: it is sent all the frames since.
  match.sessions.dismiss(peer);
  for (let i = 0; i < BEHIND; i++) match.closeTick();
  match.sessions.admit(peer, { plane: "lockstep" });
  client.resume();
  return { match, client, draw };
}

describe("a client far behind", () => {
  it.each([0.5, 1, 3])(
    "with steps of %s ms takes no more than its share of each draw, until it is in step",
    (stepMs) => {
      const { client, match, draw } = late(stepMs);
      const costs: number[] = [];
      while (client.waitingFrames > 0 || costs.length === 0) {
        const { steps, ms } = draw();
        costs.push(ms);
        expect(steps).toBeLessThanOrEqual(Math.floor(BUDGET_MS / stepMs) + 1);
        expect(client.confirmedTick === match.world.tick || steps > 0, "some in every draw").toBe(true);
        if (costs.length > 2000) throw new Error("never in step");
      }
      const most = Math.max(...costs.slice(0, -2));
      expect(most).toBeGreaterThan(BUDGET_MS - stepMs);
      expect(most).toBeLessThanOrEqual(BUDGET_MS + 2 * stepMs);
      expect([client.confirmedTick > 100, client.stats.hashMismatches]).toEqual([true, 0]);
    },
  );

  it("whose single step takes longer than the share still makes one in each draw", () => {
    const { client, draw } = late(40);
    for (let i = 0; i < 20; i++) expect(draw().steps).toBe(1);
    expect(client.waitingFrames).toBeGreaterThan(100);
  });

  it("guesses nothing before it has caught up", () => {
    const { client, draw } = late(2);
    const guessed = new Set<number>();
    for (let i = 0; i < 10 || client.confirmedTick < 30; i++) {
      const { steps } = draw();
      expect(steps).toBeGreaterThan(0);
      if (client.confirmedTick >= 30) guessed.add(client.predictedTick);
    }
    expect(client.waitingFrames).toBeGreaterThan(0);
    expect([...guessed].every((tick) => tick <= client.confirmedTick)).toBe(true);
  });

  it("without a clock makes 400 steps in a draw", () => {
    const { draw } = late(1, false);
    expect([draw().steps, draw().steps, draw().steps]).toEqual([400, 400, BEHIND - 800]);
  });
});
