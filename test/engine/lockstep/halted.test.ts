/** Ticks that stand still: the client stands still too, but says what it wants in the open tick, or none would ever close. */
import { beforeEach, describe, expect, it } from "vitest";
import { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import type { MatchOptions } from "../../../shared/referee/match-options.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { TICK_RATE, walk } from "../../kit/walk.ts";

const TICK_MS = 1000 / TICK_RATE;
const DRAW_MS = 10;

/** One client next door to a match whose clock is that of a room: a tick that stays open is due again at once. */
class Room {
  readonly match;
  readonly peer = new RecordingPeer("a");
  readonly other = new RecordingPeer("b");
  readonly client;
  now = 0;
  isCut = false;
  #openedAt = 0;

  constructor(options: Partial<MatchOptions>, wanted: () => -1 | 0 | 1 = () => 1) {
    this.match = matchInMemory(walk, { seed: 1, bots: 0, pack: packInMemory, ...options });
    this.client = new LockstepClient(walk, { sample: () => ({ dx: wanted() }), inputDelay: 0 });
    for (const peer of [this.peer, this.other]) {
      this.match.takeSeat({ kind: "player", id: peer.id, name: peer.id });
      this.match.sessions.admit(peer, { plane: "lockstep" });
    }
  }

  /** Lets time pass; `each` after each draw. */
  run(ms: number, each: () => void = () => {}): void {
    for (const end = this.now + ms; this.now < end; this.now += DRAW_MS) {
      this.#exchange();
      if (this.now - this.#openedAt >= TICK_MS && this.match.closeTick(this.now) === "closed")
        this.#openedAt = this.now;
      for (const packet of this.peer.packets.splice(0))
        if (!this.isCut) this.client.receive(packet[0]!, packet.subarray(1), this.now);
      each();
    }
  }

  #exchange(): void {
    this.client.advance(this.now);
    for (const { type, bytes } of this.client.takeOutbox()) {
      if (this.isCut) continue;
      const phase = Math.min(0.9999, (this.now - this.#openedAt) / TICK_MS);
      this.match.sessions.receive(this.peer, type, bytes, { now: this.now, phase });
    }
  }
}

const lead = ({ client }: Room): number => client.predictedTick - client.confirmedTick;

describe("in a pause", () => {
  let room: Room;
  beforeEach(() => {
    room = new Room({ pause: "host" });
    room.run(3000);
    room.client.line.pause(true);
    room.run(500);
  });

  it("a client guesses no further than the open tick, however long it lasts, and does not stall", () => {
    expect([room.match.phase, room.client.isHalted]).toEqual(["paused", true]);
    const { tick } = room.match.world;
    const leads = new Set<number>();
    room.run(60_000, () => leads.add(lead(room)));
    expect(room.match.world.tick).toBe(tick);
    expect(Math.max(...leads)).toBeLessThanOrEqual(1);
    expect([room.client.stalledMs, room.client.stats.stalledMs]).toEqual([0, 0]);
  });

  it("a client goes on with the server, at once and in time, and is in step", () => {
    room.run(60_390);
    const late = room.match.intake.counts["input/late-moved"];
    room.client.line.pause(false);
    const leads: number[] = [];
    const from = room.match.world.tick;
    room.run(2000, () => leads.push(lead(room)));
    expect(room.match.world.tick - from).toBeGreaterThan(36);
    expect(Math.max(...leads), "no run ahead for the time that stood still").toBeLessThanOrEqual(3);
    expect(room.match.intake.counts["input/late-moved"] - late).toBeLessThanOrEqual(2);
    expect(room.client.isHalted).toBe(false);
    expect(room.client.stats).toMatchObject({ stalledMs: 0, hashMismatches: 0, snapshots: 1 });
  });
});

describe("in a strict room that waits", () => {
  const expectOther = (room: Room): void => {
    const { tick } = room.match.world;
    const wanted = room.match.intake.codec.create();
    room.match.intake.accept(1, tick, tick, wanted);
  };

  it("a halted client still says what it wants in the open tick: the match goes on when the other is heard", () => {
    const room = new Room({ strictSeconds: 30 });
    room.run(2000, () => expectOther(room));
    const { tick } = room.match.world;
    expect(tick).toBeGreaterThan(30);
    room.run(3000);
    expect([room.match.awaited(room.now), room.client.isHalted]).toEqual([[1], true]);
    const stood = room.match.world.tick;
    expect(stood - tick).toBeLessThanOrEqual(1);
    // One tick at a time: each needs the client's input of exactly this tick.
    for (let i = 1; i <= 20; i++) {
      expectOther(room);
      room.run(100);
      expect(room.match.world.tick, "with every input of the other one tick more").toBe(stood + i);
    }
    room.run(2000, () => expectOther(room));
    expect(room.match.world.tick - stood).toBeGreaterThan(50);
    expect(room.client.stats).toMatchObject({ hashMismatches: 0, snapshots: 1 });
  });

  it("says what it wants in every tick, changed or not", () => {
    const room = new Room({ strictSeconds: 30 });
    room.run(1000, () => expectOther(room));
    const missing: number[] = [];
    let last = room.match.world.tick;
    room.run(3000, () => {
      expectOther(room);
      const { tick } = room.match.world;
      for (; last < tick; last++) if (!room.match.intake.hasInput(0, last)) missing.push(last);
    });
    expect([missing, last > 70]).toEqual([[], true]);
  });

  it("a client that comes back while everybody waits for it lets the match go on", () => {
    const room = new Room({ strictSeconds: 30 });
    room.run(2000, () => expectOther(room));
    room.isCut = true;
    room.match.sessions.dismiss(room.peer);
    room.match.dropSeat("a");
    room.run(3000, () => expectOther(room));
    const stood = room.match.world.tick;
    expect(room.match.awaited(room.now)).toEqual([0]);
    room.isCut = false;
    room.match.returnSeat("a");
    room.match.sessions.admit(room.peer, { plane: "lockstep" });
    room.client.resume();
    room.run(1000, () => expectOther(room));
    expect(room.match.world.tick - stood).toBeGreaterThan(15);
  });
});
