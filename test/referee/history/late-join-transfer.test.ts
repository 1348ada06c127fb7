/** A world too large for one message: parts as fast as the line takes them, then the frames since, without a gap (R6, R14). */
import { describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import { DOWN_PART_BYTES, Down } from "../../../shared/engine/protocol/down.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import type { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { SlowPeer } from "../../kit/parts/slow-peer.ts";

const CELLS = 75_000;
const MOST_BUFFERED = 128 * 1024;
/** Slow ticks, so that the minute that the log holds is few of them. */
const RATE = 2;
const LOG_TICKS = 60 * RATE;

/** 600 KB, 400 KB deflated. */
const bulky = defineGame({
  name: "bulky",
  tickRate: RATE,
  seats: { min: 1, max: 2 },
  input: schema({ on: t.boolean() }, "BulkyInput"),
  state: schema({ cells: t.array("float64"), ticks: t.uint32() }, "BulkyState"),
  setup({ random }) {
    return { cells: Array.from({ length: CELLS }, () => random.float()), ticks: 0 };
  },
  step(state, { random }) {
    state.ticks++;
    state.cells[random.int(0, CELLS - 1)] = random.float();
  },
});

function join(bytesPerTick: number) {
  const match = matchInMemory(bulky, { seed: 1, bots: 0, pack: packInMemory });
  const peer = new SlowPeer("a", bytesPerTick);
  const client = new LockstepClient(bulky, { sample: () => ({ on: false }) });
  let most = 0;
  let now = 0;
  match.sessions.admit(peer, { plane: "lockstep" });
  return {
    match,
    peer,
    client,
    most: () => most,
    tick(): void {
      for (const { type, bytes } of client.takeOutbox()) match.sessions.receive(peer, type, bytes, { now, phase: 0 });
      match.closeTick();
      most = Math.max(most, peer.bufferedBytes);
      peer.drain();
      peer.deliver(client as unknown as LockstepClient<unknown, unknown>);
      now += 1000 / RATE;
      client.advance(now);
    },
  };
}

const kinds = (peer: RecordingPeer): string[] => peer.takeNames().map((name) => name.replace(/ .*/, ""));

describe("a large world", () => {
  it("goes out in parts, a few a tick, and is followed by every frame since without a gap", () => {
    const { match, peer, tick, client } = join(Number.POSITIVE_INFINITY);
    const first: number[] = [];
    for (let i = 0; i < 8; i++) {
      const before = peer.packets.length;
      tick();
      first.push(peer.packets.slice(before).filter((packet) => packet[0] === Down.snapshot).length);
    }
    const parts = Math.ceil(match.keyframes.before(0)!.parcel.body.length / DOWN_PART_BYTES);
    expect(parts).toBeGreaterThan(20);
    expect(first.reduce((sum, count) => sum + count)).toBe(parts);
    expect(Math.max(...first), "the first of them beside the answer, and one tick's").toBeLessThanOrEqual(16);
    expect([client.confirmedTick, client.confirmed.hash()]).toEqual([8, match.world.hash()]);
    const names = peer.takeNames().filter((name) => name.startsWith("frame"));
    expect(names[0]).toMatch(/^frames 0\+/);
    const since = Number(names[0]!.split("+")[1]);
    expect(names.slice(1)).toEqual(Array.from({ length: 8 - since }, (_, i) => `frame ${since + i}`));
  });

  it("waits for the socket: never more than 128 KiB, a part and the frames since are in it", () => {
    const { match, peer, tick, client, most } = join(20_000);
    const shown: number[] = [];
    for (let i = 0; i < 30; i++) {
      tick();
      shown.push(client.joinProgress);
    }
    expect(most()).toBeLessThan(MOST_BUFFERED + 2 * DOWN_PART_BYTES);
    expect(shown.filter((progress) => progress > 0 && progress < 1).length, "progress is shown").toBeGreaterThan(10);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    expect([client.confirmedTick, client.confirmed.hash()]).toEqual([30, match.world.hash()]);
    expect(
      kinds(peer).filter((kind) => kind === "frames"),
      "once",
    ).toHaveLength(1);
    expect(match.sessions.lateJoin.sent).toBe(1);
  });

  it("is not restarted for a line that takes longer than the room's patience, as long as it takes something", () => {
    const { match, tick, client } = join(8000);
    for (let i = 0; i < 60; i++) tick();
    expect(match.world.tick / RATE, "longer than a client may be behind").toBeGreaterThan(20);
    expect([match.sessions.parked, match.sessions.lateJoin.sent]).toEqual([0, 1]);
    expect(client.confirmed.hash()).toBe(match.world.hash());
  });

  it("is given up for a line that takes nothing for ten seconds (R14), and restarted when it is heard", () => {
    const { match, peer, tick, client } = join(50_000);
    for (let i = 0; i < 3; i++) tick();
    peer.bytesPerTick = 0;
    match.closeTick();
    const sent = peer.packets.length;
    for (let i = 0; i < 15 * RATE; i++) {
      match.closeTick();
      peer.drain();
    }
    expect(match.sessions.parked).toBe(1);
    expect(peer.packets.length, "and nothing is sent meanwhile").toBe(sent);
    peer.bytesPerTick = 100_000;
    for (let i = 0; i < 20; i++) tick();
    expect(match.sessions.lateJoin.sent).toBe(2);
    expect(client.confirmed.hash()).toBe(match.world.hash());
  });

  it("whose frames left the log on a very slow line is sent from the start, when the line is better", () => {
    const { match, peer, tick, client } = join(2000);
    for (let i = 0; i < LOG_TICKS + 40; i++) tick();
    expect(match.sessions.lateJoin.sent).toBe(2);
    expect(client.confirmed.hash(), "what has come is no world of now").not.toBe(match.world.hash());
    peer.bytesPerTick = 200_000;
    for (let i = 0; i < 12; i++) tick();
    expect([client.isSynced, client.stats.malformed]).toEqual([true, 0]);
    expect(client.confirmed.hash()).toBe(match.world.hash());
  });

  it("asked for again while it is under way is restarted half a second later, not at once", () => {
    const { match, peer, tick } = join(30_000);
    for (let i = 0; i < 3; i++) tick();
    const ready = new UpEncoder(inputCodecOf(bulky.input)).ready(0);
    for (let i = 0; i < 20; i++) match.sessions.receive(peer, Up.ready, ready, { now: 9000, phase: 0 });
    expect(match.sessions.lateJoin.sent).toBe(1);
    for (let i = 0; i < 40; i++) tick();
    expect(match.sessions.lateJoin.sent).toBe(2);
  });
});
