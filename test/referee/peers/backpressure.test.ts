/** R14 for whoever reads slowly, on a clock of ticks: what is large and becomes less is waited for, and nothing else is. */
import { beforeEach, describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import type { Plane } from "../../../shared/engine/protocol/plane.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import type { Match } from "../../../shared/referee/match.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { SlowPeer } from "../../kit/parts/slow-peer.ts";
import { walk } from "../../kit/walk.ts";

const SECOND = walk.tickRate;
const MOST_PATCH_BYTES = 1024 * 1024;
const WHOLE = 8 * MOST_PATCH_BYTES;
/** Bytes a tick of a line. */
const MBIT = 1_000_000 / 8 / SECOND;

let match: Match<unknown, unknown>;
beforeEach(() => {
  match = matchInMemory(walk, { seed: 1, bots: 0, pack: packInMemory }) as unknown as Match<unknown, unknown>;
});

/** A stream client as the room serves it: a whole world when it comes and when it is resumed, and patches. */
class Watcher extends SlowPeer {
  wholes = 0;
  most = 0;
  resumedAt: number[] = [];
  /** Ticks in which its socket was empty: it was in the present. */
  present = 0;

  enter(plane: Plane = "stream"): this {
    match.sessions.admit(this, { plane });
    if (plane === "stream") this.#writeWhole();
    return this;
  }

  override choke(isChoked: boolean): void {
    super.choke(isChoked);
    if (isChoked) return;
    this.resumedAt.push(match.world.tick);
    this.#writeWhole();
  }

  override moveTo(plane: Plane): void {
    super.moveTo(plane);
    if (plane === "stream") this.#writeWhole();
  }

  tick(patchBytes: number): void {
    if (this.chokes.at(-1) !== true && this.closes.length === 0) this.write(patchBytes);
    this.most = Math.max(this.most, this.bufferedBytes);
    this.drain();
    if (this.bufferedBytes === 0) this.present++;
  }

  #writeWhole(): void {
    this.wholes++;
    match.sessions.allowWhole(this, WHOLE);
    this.write(WHOLE);
  }
}

function play(seconds: number, peers: readonly Watcher[], patchBytes = 250): void {
  for (let i = 0; i < seconds * SECOND; i++) {
    match.closeTick();
    for (const peer of peers) peer.tick(patchBytes);
  }
}

describe("a stream client of a world of 8 MB", () => {
  it.each([100, 20, 4, 1])("on a line of %d Mbit/s plays, from its first world on, without another one", (rate) => {
    const peer = new Watcher("a", rate * MBIT).enter();
    play(180, [peer]);
    expect([peer.closes, peer.chokes, peer.wholes]).toEqual([[], [], 1]);
    expect(peer.present, "and is in the present for most of it").toBeGreaterThan(90 * SECOND);
  });

  it("whose patches are more than its line carries is sent worlds instead, and never a second megabyte of patches", () => {
    const peer = new Watcher("a", 4 * MBIT).enter();
    play(600, [peer], 5 * MBIT);
    expect(peer.closes).toEqual([]);
    expect(peer.wholes).toBeGreaterThan(10);
    expect(peer.chokes.slice(0, 4)).toEqual([true, false, true, false]);
    expect(peer.most).toBeLessThan(WHOLE + MOST_PATCH_BYTES + 6 * MBIT);
  });

  it("that reads nothing is closed by name within half a minute, and has cost a world and a megabyte", () => {
    const peer = new Watcher("a", 4 * MBIT).enter();
    play(5, [peer], 5 * MBIT);
    peer.bytesPerTick = 0;
    play(15, [peer], 5 * MBIT);
    expect(peer.closes, "a line may stand still for a while").toEqual([]);
    play(10, [peer], 5 * MBIT);
    expect(peer.closes).toEqual(["client/too-slow"]);
    expect(peer.most).toBeLessThan(WHOLE + MOST_PATCH_BYTES + 6 * MBIT);
  });

  it("that reads a byte at a time is closed after two minutes", () => {
    const peer = new Watcher("a", 1).enter();
    play(119, [peer]);
    expect(peer.closes).toEqual([]);
    play(5, [peer]);
    expect(peer.closes).toEqual(["client/too-slow"]);
  });

  it("whose kernel asks for more only every ten seconds, as on a line that was fast before, is waited for", () => {
    const peer = new Watcher("a", 0).enter();
    for (let i = 0; i < 12; i++) {
      play(10, [peer]);
      peer.bytesPerTick = WHOLE / 8;
      play(1 / SECOND, [peer]);
      peer.bytesPerTick = 0;
    }
    expect(peer.closes).toEqual([]);
  });

  it("that was choked is not resumed by what it says, but when its socket is empty", () => {
    const peer = new Watcher("a", 4 * MBIT).enter();
    while (peer.chokes.length === 0) play(1, [peer], 5 * MBIT);
    match.sessions.submit(peer, { dx: 1 }, 0);
    play(1, [peer], 5 * MBIT);
    expect(peer.chokes).toEqual([true]);
    while (peer.bufferedBytes > 0) play(1 / SECOND, [peer]);
    play(1, [peer]);
    expect(peer.chokes).toEqual([true, false]);
  });

  it("is the cause of another world at most once a second, however many of them were choked", () => {
    const peers = Array.from({ length: 20 }, (_, i) => new Watcher(`${i}`, (4 + i / 50) * MBIT).enter());
    play(120, peers, 5 * MBIT);
    const moments = [...new Set(peers.flatMap(({ resumedAt }) => resumedAt))].sort((a, b) => a - b);
    expect(moments.length).toBeGreaterThan(3);
    for (const [i, tick] of moments.entries()) if (i > 0) expect(tick - moments[i - 1]!).toBeGreaterThanOrEqual(SECOND);
    for (const { closes, wholes } of peers) expect([closes, wholes > 1]).toEqual([[], true]);
  });
});

describe("a lockstep client", () => {
  const codec = inputCodecOf(walk.input);
  const encoder = new UpEncoder(codec);
  const say = (peer: Watcher, type: number, bytes: Uint8Array): void => {
    match.sessions.receive(peer, type, bytes, { now: match.world.tick * 50, phase: 0 });
  };

  it("that was on the stream plane is not parked for the world that still waits for it from there", () => {
    const peer = new Watcher("a", 4 * MBIT).enter();
    play(3, [peer]);
    say(peer, Up.plane, encoder.plane("lockstep"));
    say(peer, Up.ready, encoder.ready(0));
    for (let i = 0; i < 20 * SECOND; i++) {
      match.closeTick();
      peer.drain();
      const { tick } = match.world;
      if (peer.bufferedBytes === 0) say(peer, Up.input, encoder.input(tick, tick, codec.create()));
    }
    expect([match.sessions.parked, match.sessions.lateJoin.sent, peer.closes]).toEqual([0, 1, []]);
  });

  it("that talks but reads nothing is closed by name once its socket is full", () => {
    const peer = new Watcher("a", 0).enter("lockstep");
    say(peer, Up.ready, encoder.ready(0));
    peer.write(300_000);
    for (let i = 0; i < 25 * SECOND; i++) {
      match.closeTick();
      if (i % 5 === 0) say(peer, Up.ping, encoder.ping(i));
    }
    expect(peer.closes).toEqual(["client/too-slow"]);
    expect(match.sessions.lateJoin.sent, "and is not sent one snapshot after another").toBe(1);
  });
});
