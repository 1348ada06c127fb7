/** The roster is shown again when it changed, whatever changed it, and only then; messages are counted by their end. */
import { describe, expect, it } from "vitest";
import { createRoster, mirrorRoster, type RosterSource } from "../../../server/stream/room-state.ts";
import { RosterWatch } from "../../../server/stream/roster-watch.ts";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import type { Seat } from "../../../shared/engine/game/game.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import { Pause } from "../../../shared/referee/inputs/pause.ts";
import { type SeatOwner, Seats } from "../../../shared/referee/inputs/seats.ts";
import { everySeed } from "../../kit/every-seed.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { walk } from "../../kit/walk.ts";

const FILE = "test/server/stream/roster-watch.test.ts";
const SEATS = 4;
const LONGEST_PAUSE_MS = 5 * 60_000;

const player = (id: string): SeatOwner => ({ kind: "player", id, name: id });
const bot = (id: string): SeatOwner => ({ kind: "bot", id, name: id });

function table() {
  const seats = new Seats(SEATS);
  return { seats, pause: new Pause("vote", seats), phase: "waiting" as RosterSource["phase"] };
}

describe("each change has another revision", () => {
  it.each<[string, (seats: Seats) => void]>([
    ["a player sits down", (seats) => seats.take(player("b"))],
    ["a bot sits down", (seats) => seats.take(bot("b"))],
    ["a seat is freed", (seats) => seats.free(0)],
    ["somebody is away", (seats) => seats.setAway(0, true)],
    ["somebody is back", (seats) => seats.setAway(0, false)],
    [
      "a player takes the seat of a bot",
      (seats) => {
        while (seats.take(bot(`bot ${seats.held()}`)) !== undefined);
        const { revision } = seats;
        seats.take(player("b"));
        expect(seats.revision).not.toBe(revision);
      },
    ],
  ])("of the seats: %s", (_what, act) => {
    const seats = new Seats(SEATS);
    seats.take(player("a"));
    const { revision } = seats;
    act(seats);
    expect(seats.revision).not.toBe(revision);
  });

  it("not of the seats: who finds none, and reading", () => {
    const seats = new Seats(1);
    seats.take(player("a"));
    const { revision } = seats;
    expect(seats.take(player("b"))).toBeUndefined();
    expect([seats.holder(0)?.id, seats.held(), seats.seatOf("a"), seats.host(), seats.isAway(0)]).toBeDefined();
    seats.drainInto([], []);
    expect(seats.revision).toBe(revision);
  });

  it.each<[string, (pause: Pause) => void]>([
    ["a wish", (pause) => pause.set(1, true)],
    ["a wish taken back", (pause) => pause.set(0, false)],
    ["a wish forgotten", (pause) => pause.clear(0)],
    ["every wish, when a pause has lasted too long", (pause) => pause.isWanted(LONGEST_PAUSE_MS)],
  ])("of the pause: %s", (_what, act) => {
    const { seats, pause } = table();
    seats.take(player("a"));
    pause.set(0, true);
    expect(pause.isWanted(0)).toBe(true);
    const { revision } = pause;
    act(pause);
    expect(pause.revision).not.toBe(revision);
  });
});

it("whatever happens, the watch tells of all that the roster would show, and rests when nothing does", () => {
  let rests = 0;
  everySeed(FILE, (random) => {
    const source = table();
    const { seats, pause } = source;
    const watch = new RosterWatch();
    const state = createRoster(walk);
    let spectators = 0;
    let awaited: readonly Seat[] = [];
    let now = 0;
    for (let step = 0; step < 80; step++) {
      const seat = random.int(0, SEATS - 1);
      const acts: (() => void)[] = [
        () => seats.take(player(`player ${step}`)),
        () => seats.take(bot(`bot ${step}`)),
        () => seats.free(seat),
        () => seats.setAway(seat, random.float() < 0.5),
        () => pause.set(seat, random.float() < 0.5),
        () => pause.clear(seat),
        () => {
          now += random.int(0, LONGEST_PAUSE_MS);
          pause.isWanted(now);
        },
        () => {
          spectators = random.int(0, 2);
        },
        () => {
          source.phase = random.pick(["waiting", "playing", "paused"]);
        },
        () => {
          awaited = random.pick([[], [seat], [0, 1]]);
        },
        // The same seats, said once more, as a room that waits does all the time.
        () => {
          awaited = [...awaited];
        },
        () => {},
      ];
      random.pick(acts)();
      const isTold = watch.hasChanged(source, spectators, awaited);
      const isNew = mirrorRoster(source, spectators, awaited, state);
      if (isNew && !isTold) expect.fail(`step ${step}: the roster is another, and nobody was told`);
      if (!isTold) rests++;
      expect(watch.hasChanged(source, spectators, [...awaited]), "twice").toBe(false);
    }
  });
  expect(rests).toBeGreaterThan(100);
});

it("each message of a client ends as one answer, and all of them are counted", () => {
  const match = matchInMemory(walk, { seed: 1, bots: 0, pack: packInMemory });
  const { sessions } = match;
  const [peer, stranger] = [new RecordingPeer("a"), new RecordingPeer("b")];
  match.takeSeat(player("a"));
  expect(sessions.answers.size).toBe(0);
  sessions.admit(peer, { plane: "lockstep" });
  const codec = inputCodecOf(walk.input);
  const encoder = new UpEncoder(codec);
  const say = (type: number, bytes: Uint8Array, who = peer) => sessions.receive(who, type, bytes, { now: 0, phase: 0 });
  const got = [
    say(Up.ready, encoder.ready(0)),
    say(Up.ping, encoder.ping(7), stranger),
    ...[1, 2, 3].map((tick) => say(Up.input, encoder.input(tick, 0, codec.create()))),
    say(Up.ping, encoder.ping(7)),
    say(Up.input, encoder.input(1, 9, codec.create())),
    say(99, new Uint8Array(1)),
    sessions.pass(peer, 0),
    sessions.reject(peer, 0),
    sessions.submit(peer, {}, 0),
    sessions.submitPause(peer, "yes", 0),
  ];
  while (got.at(-1) !== "closed") got.push(say(Up.ping, encoder.ping(7)));
  const counts = new Map<string, number>();
  for (const answer of got) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  expect(new Map(sessions.answers)).toEqual(counts);
  expect(counts.get("accepted")).toBe(3);
  expect(counts.get("malformed")).toBe(4);
  for (const kind of ["stranger", "ready", "ping", "passed", "refused", "closed", "acknowledgement/ahead"])
    expect(counts.has(kind), kind).toBe(true);
});
