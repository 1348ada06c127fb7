/** R14: who falls behind is sent nothing more until heard again; who is silent, or never joins, is closed by name. */
import { beforeEach, describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import type { Match } from "../../../shared/referee/match.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { walk } from "../../kit/walk.ts";

const SECOND = walk.tickRate;
const codec = inputCodecOf(walk.input);
const encoder = new UpEncoder(codec);

let match: Match<unknown, unknown>;
let peer: RecordingPeer;

beforeEach(() => {
  match = matchInMemory(walk, { seed: 1, bots: 0, pack: packInMemory }) as unknown as Match<unknown, unknown>;
  peer = new RecordingPeer("a");
});

const play = (ticks: number, each: () => void = () => {}): void => {
  for (let i = 0; i < ticks; i++) {
    match.closeTick();
    each();
  }
};
const say = (type: number, bytes: Uint8Array): void => {
  match.sessions.receive(peer, type, bytes, { now: match.world.tick * 50, phase: 0 });
};
const join = (plane: "lockstep" | "stream" = "lockstep"): void => {
  match.sessions.admit(peer, { plane });
  if (plane === "lockstep") say(Up.ready, encoder.ready(0));
};
const acknowledge = (): void => {
  const { tick } = match.world;
  say(Up.input, encoder.input(tick, tick, codec.create()));
};

describe("a lockstep client that does not acknowledge", () => {
  it("is sent frames for ten seconds, then nothing, however long it takes", () => {
    join();
    play(60 * SECOND);
    const frames = peer.takeNames().filter((name) => name.startsWith("frame "));
    expect(frames.length).toBe(10 * SECOND + 1);
    expect(match.sessions.parked).toBe(1);
    expect(peer.closes).toEqual([]);
  });

  it("gets one snapshot when it is heard again, and every frame from there on", () => {
    join();
    play(30 * SECOND);
    peer.take();
    say(Up.ping, encoder.ping(7));
    expect(peer.takeNames()).toEqual(["pong", "snapshot"]);
    play(3);
    const { tick } = match.world;
    expect(peer.takeNames()).toEqual([`frame ${tick - 3}`, `frame ${tick - 2}`, `frame ${tick - 1}`]);
  });

  it("is closed by name after two and a half minutes of silence", () => {
    join();
    play(150 * SECOND);
    expect(peer.closes).toEqual([]);
    play(2);
    expect(peer.closes).toEqual(["client/silent"]);
  });
});

it("a lockstep client that acknowledges now and then is never parked", () => {
  join();
  play(60 * SECOND, () => {
    if (match.world.tick % (5 * SECOND) === 0) acknowledge();
  });
  expect(match.sessions.parked).toBe(0);
});

it("a lockstep client whose socket is full is parked at once", () => {
  join();
  play(5);
  peer.take();
  peer.bufferedBytes = 256 * 1024 + 1;
  play(20);
  expect(peer.takeNames().length).toBe(1);
  expect(match.sessions.parked).toBe(1);
});

it("a client that never acknowledges its join is closed by name", () => {
  peer.isJoined = false;
  join("stream");
  play(15 * SECOND);
  expect(peer.closes).toEqual([]);
  play(1);
  expect(peer.closes).toEqual(["join/unacknowledged"]);
});
