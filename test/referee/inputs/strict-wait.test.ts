/** Strict mode: every tick waits for every seat, by name, for so long and no longer (R2). */
import { beforeEach, describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { defineGame } from "../../../shared/engine/index.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import { StrictWait } from "../../../shared/referee/inputs/strict-wait.ts";
import type { MatchOptions } from "../../../shared/referee/match-options.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { walk } from "../../kit/walk.ts";

const TIMEOUT_MS = 3000;

/** Seats that have said something for a tick. */
let said: Set<string>;
let wait: StrictWait;
beforeEach(() => {
  said = new Set();
  wait = new StrictWait(TIMEOUT_MS, 4, { hasInput: (seat, tick) => said.has(`${seat}@${tick}`) });
});
const hear = (tick: number, ...seats: number[]): void => {
  for (const seat of seats) said.add(`${seat}@${tick}`);
};

describe("a tick", () => {
  it("waits for nobody before anybody has played", () => {
    expect([wait.mustWait(0, 0), wait.missing]).toEqual([false, []]);
  });

  it("waits for the players that have played, names them, and goes on as soon as they are heard", () => {
    hear(0, 0, 2, 3);
    expect(wait.mustWait(0, 0)).toBe(false);
    hear(1, 2);
    expect([wait.mustWait(1, 50), wait.missing]).toEqual([true, [0, 3]]);
    hear(1, 0);
    expect([wait.mustWait(1, 60), wait.missing, wait.waitedMs(60)]).toEqual([true, [3], 10]);
    hear(1, 3);
    expect([wait.mustWait(1, 70), wait.missing, wait.waitedMs(70)]).toEqual([false, [], 0]);
  });

  it("goes on without the missing players when the time is up, and does not wait for them again until heard", () => {
    hear(0, 0, 1);
    wait.mustWait(0, 0);
    hear(1, 0);
    expect([100, 100 + TIMEOUT_MS - 1].map((now) => wait.mustWait(1, now))).toEqual([true, true]);
    expect(wait.mustWait(1, 100 + TIMEOUT_MS)).toBe(false);
    expect(wait.missing).toEqual([]);
    for (const tick of [2, 3, 4]) {
      hear(tick, 0);
      expect(wait.mustWait(tick, 10_000 + tick)).toBe(false);
    }
    hear(5, 0, 1);
    expect(wait.mustWait(5, 20_000)).toBe(false);
    hear(6, 0);
    expect([wait.mustWait(6, 20_050), wait.missing], "heard again, waited for again").toEqual([true, [1]]);
    expect(wait.mustWait(6, 20_050 + TIMEOUT_MS - 1), "with the whole time anew").toBe(true);
  });

  it("has its own time: many short waits are no long one", () => {
    hear(0, 0, 1);
    wait.mustWait(0, 0);
    for (let tick = 1; tick < 20; tick++) {
      hear(tick, 0);
      const now = tick * 1000;
      expect(wait.mustWait(tick, now)).toBe(true);
      hear(tick, 1);
      expect(wait.mustWait(tick, now + 900)).toBe(false);
    }
  });

  it("does not wait for a seat that was freed, passed on, or is played by a bot", () => {
    hear(0, 0, 1);
    wait.mustWait(0, 0);
    hear(1, 0);
    expect(wait.mustWait(1, 50)).toBe(true);
    wait.excuse(1);
    expect([wait.mustWait(1, 60), wait.missing]).toEqual([false, []]);
  });
});

describe("in a match", () => {
  const withBot = defineGame({ ...walk, name: "walk-with-bot", bot: () => ({ dx: -1 }) });
  const encoder = new UpEncoder(inputCodecOf(walk.input));
  const open = (options: Partial<MatchOptions> = {}) =>
    matchInMemory(withBot, { seed: 1, bots: 0, strictSeconds: 3, pack: packInMemory, ...options });
  let match: ReturnType<typeof open>;
  let peers: RecordingPeer[];

  function sit(...ids: string[]): void {
    peers = ids.map((id) => {
      const peer = new RecordingPeer(id);
      match.takeSeat({ kind: "player", id, name: id });
      match.sessions.admit(peer, { plane: "lockstep" });
      match.sessions.receive(peer, Up.ready, encoder.ready(0), { now: 0, phase: 0 });
      return peer;
    });
  }
  const input = (...seats: number[]): void => {
    for (const seat of seats)
      match.sessions.receive(peers[seat]!, Up.input, encoder.input(match.world.tick, 0, { dx: 1 }), {
        now: 0,
        phase: 0,
      });
  };
  beforeEach(() => {
    match = open();
    sit("a", "b");
    input(0, 1);
    expect(match.closeTick(0)).toBe("closed");
  });

  it("every tick waits for the one who is away, who is named after a quarter of a second, and goes on after 3 s", () => {
    input(0);
    expect([match.closeTick(50), match.awaited(50), match.closeTick(299), match.awaited(299)]).toEqual([
      "waiting",
      [],
      "waiting",
      [],
    ]);
    expect([match.closeTick(300), match.awaited(300), match.world.tick]).toEqual(["waiting", [1], 1]);
    expect(match.closeTick(3049)).toBe("waiting");
    expect([match.closeTick(3050), match.awaited(3050), match.world.tick]).toEqual(["closed", [], 2]);
    input(0);
    expect(match.closeTick(3100)).toBe("closed");
    expect(match.world.state.at.get(1), "held a while, then neutral, as in any room").toBeGreaterThanOrEqual(1);
  });

  it("clients are told to stand still only when the wait is long enough to be seen, and when it is over", () => {
    for (const peer of peers) peer.take();
    input(0);
    match.closeTick(50);
    expect(peers[0]!.takeNames()).toEqual([]);
    for (const now of [300, 350, 400]) match.closeTick(now);
    expect(peers[0]!.take()).toEqual([{ kind: "halt", isHalted: true, serverTicks: 1 }]);
    input(1);
    match.closeTick(450);
    expect(peers[0]!.takeNames()).toEqual(["frame 1", "halt"]);
  });

  it("says in the snapshot that it is strict", () => {
    expect(peers[0]!.take()[0]).toMatchObject({ kind: "snapshot", isStrict: true });
  });

  it("a seat that is given up is not waited for, nor one that another player has taken", () => {
    input(0);
    expect(match.closeTick(50)).toBe("waiting");
    match.freeSeat("b");
    expect(match.closeTick(60)).toBe("closed");
    match.takeSeat({ kind: "player", id: "c", name: "c" });
    input(0);
    expect(match.closeTick(110), "they have not played yet").toBe("closed");
  });

  it("a seat whose player is away is waited for, but not where the game's bot plays it", () => {
    match.dropSeat("b");
    input(0);
    expect(match.closeTick(50)).toBe("waiting");
    match = open({ away: "bot" });
    sit("a", "b");
    input(0, 1);
    match.closeTick(0);
    match.dropSeat("b");
    input(0);
    expect(match.closeTick(50)).toBe("closed");
    expect(match.world.state.at.get(1)).toBe(1 - 1);
  });

  it("a pause comes first, and ends no wait", () => {
    match = open({ pause: "vote" });
    sit("a", "b");
    input(0, 1);
    match.closeTick(0);
    for (const peer of peers) match.sessions.receive(peer, Up.pause, encoder.pause(true), { now: 0, phase: 0 });
    expect(match.closeTick(50)).toBe("paused");
    for (const peer of peers) match.sessions.receive(peer, Up.pause, encoder.pause(false), { now: 0, phase: 0 });
    input(0);
    expect(match.closeTick(100)).toBe("waiting");
    expect(match.closeTick(100 + TIMEOUT_MS - 1)).toBe("waiting");
    expect(match.closeTick(100 + TIMEOUT_MS)).toBe("closed");
  });
});
