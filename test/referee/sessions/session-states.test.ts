/** States of a session: every message in every state, at random, and no way from one to another that the table does not have. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import type { ClientSession } from "../../../shared/referee/peers/client-session.ts";
import {
  CHOKED,
  enter,
  FOLLOWERS,
  isSentFrames,
  type SessionState,
  SILENT,
  STREAMING,
  type StateKind,
} from "../../../shared/referee/peers/session-state.ts";
import { everySeed, playsAllSeeds } from "../../kit/every-seed.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { sessionOf } from "../../kit/memory/session.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { SlowPeer } from "../../kit/parts/slow-peer.ts";
import { walk } from "../../kit/walk.ts";

const FILE = "test/referee/sessions/session-states.test.ts";
const KINDS = Object.keys(FOLLOWERS) as StateKind[];
const TICKS = 500;

const EXAMPLES: { readonly [Kind in StateKind]: SessionState & { kind: Kind } } = {
  silent: SILENT,
  owed: { kind: "owed", plane: "lockstep", broughtTick: 3, isLive: true },
  transferring: { kind: "transferring", plane: "lockstep", broughtTick: 3, tick: 3, messages: [], next: 0 },
  live: { kind: "live", plane: "lockstep", broughtTick: 3 },
  parked: { kind: "parked", plane: "lockstep", broughtTick: 3 },
  streaming: STREAMING,
  choked: CHOKED,
  closed: { kind: "closed", plane: undefined, lastPlane: "lockstep" },
  away: { kind: "away", plane: undefined, lastPlane: "stream" },
};

describe("a change of state", () => {
  it.each(KINDS.flatMap((from) => KINDS.map((to) => [from, to] as const)))("from %s to %s", (from, to) => {
    const session = sessionOf();
    session.state = EXAMPLES[from];
    const calls: string[] = [];
    const listeners = { listen: () => void calls.push("listen"), forget: () => void calls.push("forget") };
    const change = (): void => enter(session, EXAMPLES[to], listeners);
    if (!FOLLOWERS[from].includes(to)) {
      expect(change).toThrow(`from ${from} to ${to}`);
      expect([session.state, calls], "and changes nothing").toEqual([EXAMPLES[from], []]);
      return;
    }
    change();
    const [was, is] = [isSentFrames(EXAMPLES[from]), isSentFrames(EXAMPLES[to])];
    expect([session.state, calls]).toEqual([EXAMPLES[to], was === is ? [] : [is ? "listen" : "forget"]]);
  });

  it("is in the table that the file opens with", () => {
    const text = readFileSync("shared/referee/peers/session-state.ts", "utf8");
    const rows = [...text.matchAll(/^ \* \| (\w+) +\| (.*?) +\|$/gm)].slice(1).map(([, from, to]) => [from, to!]);
    const told = rows.map(([from, to]) => [from, to!.startsWith("nothing") ? [] : to!.split(/, | · /)]);
    expect(Object.fromEntries(told)).toEqual(FOLLOWERS);
  });
});

/** A client as the transport sees it. */
class Client extends SlowPeer {
  isChoked = false;

  override choke(isChoked: boolean): void {
    super.choke(isChoked);
    this.isChoked = isChoked;
  }

  override moveTo(plane: "lockstep" | "stream"): void {
    super.moveTo(plane);
    this.isChoked = false;
  }

  takeFast(bytesPerTick: number): void {
    this.bytesPerTick = bytesPerTick;
  }
}

/** A match in which somebody does anything at any moment, and every change of state is written down. */
class Crowd {
  /** Changes that there were: "from to". */
  readonly seen: Set<string>;
  readonly #random: WorldRandom;
  readonly #match = matchInMemory(walk, { seed: 1, bots: 2, pack: packInMemory });
  readonly #encoder = new UpEncoder(inputCodecOf(walk.input));
  readonly #peers: Client[] = [];

  constructor(random: WorldRandom, seen: Set<string>) {
    this.#random = random;
    this.seen = seen;
    for (let i = 0; i < 4; i++) this.#admit(`p${i}`);
  }

  tick(): void {
    for (const peer of this.#peers) if (this.#random.chance(0.2)) this.#act(peer);
    for (const peer of this.#peers) peer.take();
    const before = this.#peers.map((peer) => this.#session(peer)?.state);
    const closedTick = this.#match.world.tick;
    this.#match.closeTick(closedTick * 50);
    for (const [i, peer] of this.#peers.entries()) {
      this.#check(peer, before[i], closedTick);
      peer.drain();
    }
  }

  /** Everybody goes, or is made to. */
  end(): void {
    for (const peer of this.#peers)
      if (this.#random.chance(0.5)) this.#match.sessions.dismiss(peer);
      else for (let i = 0; i < 21; i++) this.#match.sessions.reject(peer, this.#match.world.tick * 50);
  }

  #session(peer: Client): ClientSession | undefined {
    return this.#match.sessions.presence.of(peer.id) as ClientSession | undefined;
  }

  #admit(id: string): void {
    const random = this.#random;
    const peer = new Client(id, random.pick([0, 20_000, 1_000_000]));
    const plane = random.pick(["lockstep", "stream"] as const);
    const watch = random.chance(0.5);
    if (!watch && this.#match.seats.seatOf(id) === undefined) this.#match.takeSeat({ kind: "player", id, name: id });
    this.#match.sessions.admit(peer, { plane, watch, delayTicks: watch ? 30 : 0 });
    const at = this.#peers.findIndex((other) => other.id === id);
    if (at < 0) this.#peers.push(peer);
    else this.#peers[at] = peer;
    const session = this.#session(peer)!;
    let state = session.state;
    const { seen } = this;
    Object.defineProperty(session, "state", {
      get: () => state,
      set(next: SessionState) {
        seen.add(`${state.kind} ${next.kind}`);
        state = next;
      },
    });
  }

  /** What a tick has to have done to a client that was in a state. */
  #check(peer: Client, before: SessionState | undefined, closedTick: number): void {
    const session = this.#session(peer)!;
    const names = peer.takeNames();
    const { state, desync, delayTicks } = session;
    const what = `${peer.id} ${before?.kind} -> ${state.kind}: ${names.join(", ")}`;
    if (desync !== undefined) expect(state.plane, what).toBe("lockstep");
    const isQuiet = (one: SessionState | undefined): boolean =>
      one === undefined || ["silent", "parked", "streaming", "choked", "closed", "away"].includes(one.kind);
    const world = names.filter((name) => name === "snapshot" || name.startsWith("frame"));
    if (isQuiet(before) && isQuiet(state)) expect(world, what).toEqual([]);
    if (before !== undefined && isSentFrames(before) && delayTicks === 0)
      expect(world.filter((name) => name === `frame ${closedTick}`).length, what).toBeGreaterThan(0);
    if (state.plane === "stream") expect(peer.isChoked, what).toBe(state.kind === "choked");
    expect(state.kind === "closed" || state.kind === "away" ? 1 : 0, what).toBeGreaterThanOrEqual(peer.closes.length);
  }

  #act(peer: Client): void {
    const { sessions, world, hashes } = this.#match;
    const { tick } = world;
    const random = this.#random;
    const now = tick * 50;
    const say = (type: number, bytes: Uint8Array) => sessions.receive(peer, type, bytes, { now, phase: 0 });
    const encoder = this.#encoder;
    const first = Math.max(0, tick - 3);
    const answer = random.pick([
      () => say(Up.ready, encoder.ready(0)),
      () => say(Up.ready, encoder.ready(0)),
      () => say(Up.ready, encoder.ready(random.int(0, tick))),
      () => say(Up.ready, encoder.ready(random.int(0, tick))),
      () => say(Up.ping, encoder.ping(1)),
      () => say(Up.input, encoder.input(tick, tick, { dx: 1 })),
      () => say(Up.hash, encoder.hash(tick, random.uint32())),
      () => say(Up.trail, encoder.trail(first, [hashes.trail.hashAt(first) ?? 0, random.uint32()])),
      () => say(Up.state, Uint8Array.of(1, 2, 3)),
      () => say(Up.plane, encoder.plane(random.pick(["lockstep", "stream"] as const))),
      () => say(Up.pause, encoder.pause(false)),
      () => sessions.submit(peer, { dx: 1 }, now),
      () => sessions.submitPause(peer, false, now),
      () => sessions.pass(peer, now),
      () => sessions.reject(peer, now),
      () => void peer.write(random.pick([150_000, 300_000, 2_000_000])),
      () => peer.takeFast(random.pick([0, 20_000, 1_000_000, 10_000_000])),
      () => peer.takeFast(random.pick([1_000_000, 10_000_000])),
      () => {
        if (!random.chance(0.2)) return;
        for (let i = 0; i < 21; i++) sessions.reject(peer, now);
      },
      () => {
        if (!random.chance(0.5)) return;
        const isGone = sessions.dismiss(peer);
        expect([isGone, sessions.dismiss(peer)]).toEqual([isGone, false]);
        if (random.chance(0.3)) this.#match.freeSeat(peer.id);
        this.#admit(peer.id);
      },
    ])();
    const kind = this.#session(peer)?.state.kind;
    if (peer.closes.length > 0 && answer !== undefined) expect([kind, answer]).toEqual(["closed", expect.anything()]);
  }
}

it("whatever clients do at whatever moment, they are sent what their state says, and every way in the table is gone", () => {
  const seen = new Set<string>();
  everySeed(
    FILE,
    (random) => {
      const crowd = new Crowd(random, seen);
      for (let i = 0; i < TICKS; i++) crowd.tick();
      crowd.end();
    },
    { inCi: 60, onLaptop: 45 },
  );
  const ways = KINDS.flatMap((from) => FOLLOWERS[from].map((to) => `${from} ${to}`));
  expect([...seen].filter((way) => !ways.includes(way))).toEqual([]);
  if (playsAllSeeds) expect(ways.filter((way) => !seen.has(way))).toEqual([]);
});

it("a parked client that says it is ready is sent one snapshot, however much it says after it", () => {
  const match = matchInMemory(walk, { seed: 1, bots: 0, pack: packInMemory });
  const encoder = new UpEncoder(inputCodecOf(walk.input));
  for (const nextTick of [0, 390]) {
    const peer = new RecordingPeer("a");
    const say = (type: number, bytes: Uint8Array) =>
      match.sessions.receive(peer, type, bytes, { now: match.world.tick * 50, phase: 0 });
    match.sessions.admit(peer, { plane: "lockstep" });
    say(Up.ready, encoder.ready(0));
    const from = match.world.tick;
    while (match.world.tick < from + 15 * walk.tickRate) {
      match.closeTick();
    }
    peer.take();
    say(Up.ready, encoder.ready(nextTick));
    for (let i = 0; i < 2 * walk.tickRate; i++) {
      match.closeTick();
      const { tick } = match.world;
      say(Up.input, encoder.input(tick, tick, { dx: 0 }));
    }
    const worlds = peer.takeNames().filter((name) => name === "snapshot");
    expect(worlds.length, `ready from ${nextTick} on`).toBe(nextTick === 0 ? 1 : 0);
    match.sessions.dismiss(peer);
  }
});
