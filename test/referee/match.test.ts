/** The referee and its peers: who may speak, what is counted, and who is closed (R13, R14). */
import { beforeEach, describe, expect, it } from "vitest";
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import { defineGame, schema, t } from "../../shared/engine/index.ts";
import { hashInterval } from "../../shared/engine/protocol/frame-codec.ts";
import { Up, UpEncoder } from "../../shared/engine/protocol/up.ts";
import type { Plane } from "../../shared/referee/peers/client-session.ts";
import type { Answer } from "../../shared/referee/sessions/client-sessions.ts";
import { matchInMemory } from "../kit/memory/delivery.ts";
import { RecordingPeer } from "../kit/memory/recording-peer.ts";
import { packInMemory } from "../kit/memory/table.ts";

const Input = schema({ dx: t.int8<-1 | 0 | 1>() }, "PeerInput");
const State = schema({ at: t.map("int32"), ticks: t.uint32() }, "PeerState");
const game = defineGame({
  name: "peers",
  tickRate: 20,
  seats: { min: 2, max: 3 },
  input: Input,
  state: State,
  accepts: ({ dx }) => dx >= -1 && dx <= 1,
  setup: () => ({ at: new Map(), ticks: 0 }),
  join: (state, seat) => void state.at.set(seat, 0),
  leave: (state, seat) => void state.at.delete(seat),
  step(state, { input }) {
    state.ticks++;
    for (const [seat, x] of state.at) state.at.set(seat, x + input(seat).dx);
  },
  bot: () => ({ dx: -1 }),
});
const encoder = new UpEncoder(inputCodecOf(game.input));

const open = (bots: number, seed = 1) => matchInMemory(game, { seed, bots, pack: packInMemory });
let match: ReturnType<typeof open>;
beforeEach(() => {
  match = open(0);
});

function sit(id: string, plane: Plane = "lockstep"): RecordingPeer {
  const peer = new RecordingPeer(id);
  match.takeSeat({ kind: "player", id, name: id });
  match.sessions.admit(peer, { plane });
  return peer;
}
const say = (peer: RecordingPeer, type: number, bytes: Uint8Array, now = 0): Answer =>
  match.sessions.receive(peer, type, bytes, { now: now, phase: 0 });
const count = (answer: Answer): number => match.sessions.answers.get(answer) ?? 0;
const garbage = (peer: RecordingPeer, now = 0): Answer => say(peer, 99, new Uint8Array(3), now);

describe("who was not admitted", () => {
  it("is a stranger: counted, not answered", () => {
    const stranger = new RecordingPeer("x");
    expect(say(stranger, Up.ready, encoder.ready(0))).toBe("stranger");
    expect(match.sessions.submit(stranger, { dx: 1 }, 0)).toBe("stranger");
    expect([match.sessions.pass(stranger, 0), match.sessions.reject(stranger, 0)]).toEqual(["stranger", "stranger"]);
    expect(count("stranger")).toBe(4);
    expect([stranger.packets, stranger.closes]).toEqual([[], []]);
    expect(match.sessions.confirmedTickOf(stranger)).toBeUndefined();
  });

  it("is a stranger again after being dismissed, and hears no more frames", () => {
    const peer = sit("a");
    say(peer, Up.ready, encoder.ready(0));
    match.sessions.dismiss(peer);
    peer.take();
    match.closeTick();
    expect(peer.packets).toEqual([]);
    expect(say(peer, Up.ping, encoder.ping(1))).toBe("stranger");
  });
});

describe("a client that talks nonsense", () => {
  it("is closed at its 21st unreadable message, by name, once", () => {
    const peer = sit("a");
    for (let i = 0; i < 20; i++) expect(garbage(peer)).toBe("malformed");
    expect(peer.closes).toEqual([]);
    expect(garbage(peer)).toBe("closed");
    expect(garbage(peer)).toBe("stranger");
    expect(peer.closes).toEqual(["protocol/malformed"]);
    expect([count("malformed"), count("closed"), count("stranger")]).toEqual([20, 1, 1]);
  });

  it("does so too by an input of the other plane, and by what is of no plane; of stream clients frames are no matter", () => {
    const [lockstep, stream] = [sit("a"), sit("b", "stream")];
    expect(match.sessions.submit(lockstep, { dx: 1 }, 0)).toBe("malformed");
    for (const [type, bytes] of [
      [Up.input, encoder.input(0, 0, { dx: 1 })],
      [Up.hash, encoder.hash(0, 0)],
      [Up.trail, encoder.trail(0, [0])],
    ] as const)
      expect(say(stream, type, bytes), "it may have been moved just now").toBe("plane/other");
    expect(match.sessions.reject(stream, 0)).toBe("malformed");
  });

  it("costs the others nothing", () => {
    const [bad, good] = [sit("a"), sit("b")];
    for (let i = 0; i < 30; i++) garbage(bad);
    expect(say(good, Up.ping, encoder.ping(1))).toBe("ping");
    expect(good.takeNames()).toEqual(["pong"]);
  });
});

describe("a client that floods", () => {
  it("is refused beyond its budget and closed once it owes 2,000 messages", () => {
    const peer = sit("a");
    const answers = Array.from({ length: 480 + 2000 }, () => say(peer, Up.ping, encoder.ping(1)));
    expect(answers.filter((answer) => answer === "ping")).toHaveLength(480);
    expect(answers.filter((answer) => answer === "refused")).toHaveLength(1999);
    expect(answers.at(-1)).toBe("closed");
    expect(peer.closes).toEqual(["protocol/flood"]);
    expect(peer.packets).toHaveLength(480);
  });

  it("pays for every kind of message, also for those that are answered elsewhere", () => {
    const peer = sit("a", "stream");
    for (let i = 0; i < 480; i++) expect(match.sessions.pass(peer, 0)).toBe("passed");
    expect([
      match.sessions.pass(peer, 0),
      match.sessions.submit(peer, { dx: 1 }, 0),
      match.sessions.reject(peer, 0),
    ]).toEqual(["refused", "refused", "refused"]);
  });
});

describe("a stream client", () => {
  it("plays by the fields of the input, in force until the next (R3)", () => {
    const peer = sit("a", "stream");
    match.closeTick();
    expect(match.sessions.submit(peer, { dx: 1 }, 0)).toBe("accepted");
    for (let i = 0; i < 50; i++) match.closeTick();
    expect(match.world.state.at.get(0)).toBe(50);
    expect(peer.packets, "and gets no frames").toEqual([]);
  });

  it("is told by name what is wrong with an input, once a second at most", () => {
    const peer = sit("a", "stream");
    for (const now of [0, 10, 999]) expect(match.sessions.submit(peer, { dx: "fast" }, now)).toBe("input/invalid");
    expect(peer.refusals).toEqual([{ name: "input/invalid", detail: expect.stringMatching(/^peers input: dx: /) }]);
    expect(match.sessions.submit(peer, { dx: 5 }, 1000)).toBe("input/not-accepted");
    expect(peer.refusals.slice(1)).toEqual([
      { name: "input/invalid", detail: "peers input: the game does not accept these values" },
    ]);
    expect(peer.closes).toEqual([]);
  });

  it("without a seat changes nothing", () => {
    const peer = new RecordingPeer("spectator");
    match.sessions.admit(peer, { plane: "stream" });
    expect(match.sessions.submit(peer, { dx: 1 }, 0)).toBe("input/no-seat");
  });
});

describe("a lockstep client's input", () => {
  it("is judged by the game before it is by its tick", () => {
    const peer = sit("a");
    expect(say(peer, Up.input, encoder.input(0, 0, { dx: 5 as 1 }))).toBe("input/not-accepted");
    expect(say(peer, Up.input, encoder.input(0, 0, { dx: 1 }))).toBe("accepted");
    match.closeTick();
    expect(match.world.state.at.get(0)).toBe(1);
  });

  it("carries a ping, which is answered, and a digest, which is judged if the client can have it", () => {
    const peer = sit("a");
    say(peer, Up.ready, encoder.ready(0));
    for (let i = 0; i < 7; i++) match.closeTick();
    const interval = hashInterval(game);
    const digest = match.hashes.trail.digest(interval, interval)!;
    peer.packets.length = 0;
    expect(say(peer, Up.input, encoder.input(7, 7, { dx: 1 }, { echo: 77, digest }), 1000)).toBe("accepted");
    expect(peer.packets, "the answer waits for the frame").toEqual([]);
    match.closeTick(1020);
    const [pong, frame, ...more] = peer.take();
    // Kept for twenty milliseconds: two fifths of a tick.
    expect(pong).toEqual({ kind: "pong", echo: 97, serverTicks: expect.closeTo(7.4, 4) });
    expect([frame, more]).toMatchObject([{ kind: "frames", firstTick: 7 }, []]);
    const judged = { equal: 1, differs: 0, "unknown-tick": 0 };
    expect(match.hashes.counts).toEqual(judged);
    expect(say(peer, Up.input, encoder.input(8, 900, { dx: 1 }, { digest }))).toBe("acknowledgement/ahead");
    expect(match.hashes.counts, "of nothing it can have stepped").toEqual(judged);
    say(peer, Up.input, encoder.input(9, 7, { dx: 1 }, { digest: digest ^ 1 }));
    expect(match.hashes.counts).toEqual({ ...judged, differs: 1 });
  });

  it("is for its own seat, and for none once the seat was given up", () => {
    const [a, b] = [sit("a"), sit("b")];
    say(b, Up.input, encoder.input(0, 0, { dx: 1 }));
    match.closeTick();
    expect([...match.world.state.at]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(say(a, Up.input, encoder.input(1, 0, { dx: 1 }))).toBe("accepted");
    match.freeSeat("a");
    expect(say(a, Up.input, encoder.input(1, 0, { dx: 1 }))).toBe("input/no-seat");
    sit("c");
    expect(match.seats.seatOf("c"), "the same seat").toBe(0);
    expect(say(a, Up.input, encoder.input(1, 0, { dx: 1 }))).toBe("input/no-seat");
  });
});

describe("the table", () => {
  it("is full when players hold every seat, and waits until enough seats are held", () => {
    expect(match.phase).toBe("waiting");
    sit("a");
    expect(match.phase).toBe("waiting");
    sit("b");
    expect(match.phase).toBe("playing");
    sit("c");
    expect(match.takeSeat({ kind: "player", id: "d", name: "d" })).toBeUndefined();
    match.freeSeat("nobody");
    expect(match.seats.held()).toBe(3);
  });

  it("is filled with bots that make room for players", () => {
    match = open(3);
    match.closeTick();
    expect([...match.world.state.at]).toEqual([
      [0, -1],
      [1, -1],
      [2, -1],
    ]);
    sit("a");
    match.closeTick();
    expect(match.seats.seatOf("a"), "the highest bot's").toBe(2);
    expect([...match.world.state.at], "who leaves and who joins are two (R4)").toEqual([
      [0, -2],
      [1, -2],
      [2, 0],
    ]);
  });

  it("steps the same world for the same seed and the same inputs", () => {
    const hashes = [5, 5, 6].map((seed) => {
      const one = open(2, seed);
      for (let i = 0; i < 30; i++) one.closeTick();
      return one.hashes.latest!.hash;
    });
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
  });
});
