/** Pause and resume: who may, who counts, how long, and what the clients are told. */
import { beforeEach, describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import { Pause, type PauseRule } from "../../../shared/referee/inputs/pause.ts";
import { Seats } from "../../../shared/referee/inputs/seats.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { walk } from "../../kit/walk.ts";

const LONGEST_MS = 5 * 60_000;

function tableOf(rule: PauseRule, players: number) {
  const seats = new Seats(4);
  for (let i = 0; i < players; i++) seats.take({ kind: "player", id: `p${i}`, name: "" });
  return { seats, pause: new Pause(rule, seats) };
}

describe("by vote", () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
  ])("of %i players %i have to want it", (players, needed) => {
    const { pause } = tableOf("vote", players);
    for (let wishes = 0; wishes < players; wishes++) {
      expect(pause.isWanted(0)).toBe(wishes >= needed);
      expect(pause.set(wishes, true)).toBe("pause");
    }
    expect(pause.isWanted(0)).toBe(true);
    for (let seat = 0; seat <= players - needed; seat++) pause.set(seat, false);
    expect(pause.isWanted(0), "one too few").toBe(false);
  });

  it("players who are away do not count, neither their wish nor their seat, until they are back", () => {
    const { seats, pause } = tableOf("vote", 3);
    pause.set(0, true);
    expect(pause.isWanted(0)).toBe(false);
    for (const seat of [1, 2]) seats.setAway(seat, true);
    expect(pause.isWanted(0)).toBe(true);
    seats.setAway(1, false);
    expect(pause.isWanted(0)).toBe(false);
    seats.setAway(0, true);
    expect([pause.wants(0), pause.isWanted(0)]).toEqual([false, false]);
    seats.setAway(0, false);
    expect(pause.wants(0)).toBe(true);
  });

  it("bots and empty seats do not count, and an empty table is not paused", () => {
    const { seats, pause } = tableOf("vote", 1);
    for (const id of ["x", "y"]) seats.take({ kind: "bot", id, name: "" });
    pause.set(0, true);
    expect(pause.isWanted(0)).toBe(true);
    seats.free(0);
    expect([pause.wants(0), pause.isWanted(0)]).toEqual([false, false]);
  });

  it("a player who comes to a seat wants nothing yet", () => {
    const { pause } = tableOf("vote", 1);
    pause.set(0, true);
    pause.clear(0);
    expect(pause.isWanted(0)).toBe(false);
  });
});

describe("by the host", () => {
  it("it is who has been here longest and is here, and nobody else may", () => {
    const { seats, pause } = tableOf("host", 3);
    expect([pause.set(1, true), pause.set(2, true), pause.set(0, true)]).toEqual([
      "pause/not-allowed",
      "pause/not-allowed",
      "pause",
    ]);
    expect(pause.isWanted(0)).toBe(true);
    seats.setAway(0, true);
    expect(pause.isWanted(0), "the next host has not asked for it").toBe(false);
    expect([pause.set(0, true), pause.set(1, true)]).toEqual(["pause/not-allowed", "pause"]);
    expect(pause.isWanted(0)).toBe(true);
    seats.setAway(0, false);
    expect(pause.isWanted(0), "the first one still wants it").toBe(true);
  });

  it("it is not who took the lowest seat later", () => {
    const { seats, pause } = tableOf("host", 2);
    seats.free(0);
    seats.take({ kind: "player", id: "late", name: "" });
    expect([pause.set(0, true), pause.set(1, true)]).toEqual(["pause/not-allowed", "pause"]);
  });
});

it("where it is off nobody may", () => {
  const { pause } = tableOf("off", 1);
  expect([pause.set(0, true), pause.isWanted(0)]).toEqual(["pause/not-allowed", false]);
});

describe("a pause", () => {
  it("lasts five minutes at most; then every wish is forgotten", () => {
    const { pause } = tableOf("vote", 1);
    pause.set(0, true);
    expect([1000, 1000 + LONGEST_MS - 1, 1000 + LONGEST_MS].map((now) => pause.isWanted(now))).toEqual([
      true,
      true,
      false,
    ]);
    expect([pause.wants(0), pause.isWanted(9e9)]).toEqual([false, false]);
    pause.set(0, true);
    expect([pause.isWanted(9e9), pause.isWanted(9e9 + LONGEST_MS - 1)], "a new one has its own five minutes").toEqual([
      true,
      true,
    ]);
  });

  it("after a resume has its own five minutes", () => {
    const { pause } = tableOf("vote", 1);
    pause.set(0, true);
    pause.isWanted(0);
    pause.set(0, false);
    pause.isWanted(LONGEST_MS - 1);
    pause.set(0, true);
    expect([pause.isWanted(LONGEST_MS), pause.isWanted(2 * LONGEST_MS - 1)]).toEqual([true, true]);
  });
});

describe("in a match", () => {
  const encoder = new UpEncoder(inputCodecOf(walk.input));
  const open = (pause: PauseRule) => matchInMemory(walk, { seed: 1, bots: 0, pause, pack: packInMemory });
  let match: ReturnType<typeof open>;
  const sit = (id: string, plane: "lockstep" | "stream" = "lockstep"): RecordingPeer => {
    const peer = new RecordingPeer(id);
    match.takeSeat({ kind: "player", id, name: id });
    match.sessions.admit(peer, { plane });
    if (plane === "lockstep") say(peer, Up.ready, encoder.ready(0));
    return peer;
  };
  const say = (peer: RecordingPeer, type: number, bytes: Uint8Array) =>
    match.sessions.receive(peer, type, bytes, { now: 0, phase: 0 });
  const wish = (peer: RecordingPeer, isWanted: boolean) => say(peer, Up.pause, encoder.pause(isWanted));
  beforeEach(() => {
    match = open("vote");
  });

  it("no tick is closed, everybody in lockstep is told once, and it goes on where it stood", () => {
    const [a, b, c] = [sit("a"), sit("b"), sit("c", "stream")];
    expect([match.closeTick(0), match.phase]).toEqual(["closed", "playing"]);
    for (const peer of [a, b, c]) peer.take();
    expect(wish(a, true)).toBe("pause");
    expect(match.closeTick(50)).toBe("closed");
    expect(match.sessions.submitPause(c, true, 60)).toBe("pause");
    for (const now of [100, 150, 200]) expect(match.closeTick(now)).toBe("paused");
    expect([match.phase, match.world.tick]).toEqual(["paused", 2]);
    wish(a, false);
    expect([match.closeTick(5000), match.world.tick]).toEqual(["closed", 3]);
    for (const peer of [a, b]) {
      const halts = peer.take().filter((message) => message.kind !== "frames");
      expect(halts).toEqual([
        { kind: "halt", isHalted: true, serverTicks: 2 },
        { kind: "halt", isHalted: false, serverTicks: 3 },
      ]);
    }
    expect(c.packets, "the stream plane sees it in the room's state").toEqual([]);
  });

  it("a client that joins, returns or comes from the other plane meanwhile is told when it is ready", () => {
    const a = sit("a");
    match.closeTick(0);
    wish(a, true);
    match.closeTick(50);
    const late = sit("late", "stream");
    expect(late.takeNames()).toEqual([]);
    say(late, Up.plane, encoder.plane("lockstep"));
    say(late, Up.ready, encoder.ready(0));
    expect(late.takeNames()).toEqual(["plane", "snapshot", "frames 0+1", "halt"]);
    match.sessions.dismiss(a);
    match.sessions.admit(a, { plane: "lockstep" });
    a.take();
    say(a, Up.ready, encoder.ready(match.world.tick));
    expect(a.take()).toEqual([{ kind: "halt", isHalted: true, serverTicks: 1 }]);
  });

  it("who has no seat has no say, and neither has anybody where it is off; both are counted by name", () => {
    const spectator = new RecordingPeer("s");
    match.sessions.admit(spectator, { plane: "lockstep", watch: true });
    expect(wish(spectator, true)).toBe("pause/not-allowed");
    match = open("off");
    const a = sit("a");
    expect(wish(a, true)).toBe("pause/not-allowed");
    expect(match.closeTick(0)).toBe("closed");
    expect(match.sessions.answers.get("pause/not-allowed")).toBe(1);
  });

  it("a wish over the wire that is no yes or no is malformed", () => {
    const c = sit("c", "stream");
    for (const wrong of [1, "true", null, undefined, {}, []])
      expect(match.sessions.submitPause(c, wrong, 0)).toBe("malformed");
    expect(match.closeTick(0)).toBe("closed");
  });
});
