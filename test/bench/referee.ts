/** Section: what one tick costs the server, part by part, and what it leaves for the collector. */
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import { Up, UpEncoder } from "../../shared/engine/protocol/up.ts";
import { arena } from "../../shared/games/arena/arena.ts";
import { garbageRows } from "./referee-garbage.ts";
import { floorOf, type Row, Samples, type Section, spreadOf } from "./row.ts";
import { gameWithClocks, type Part, putClocksOn, Seams } from "./seams.ts";
import { openStream } from "./stream.ts";
import { type ArenaMatch, Watcher, watchedMatch } from "./watchers.ts";

const WATCHERS = 8;
const WARM_UP_TICKS = 2000;
const REPETITIONS = 15;
const TICKS = 200;
const SEED = 7;

const PARTS = ["bots", "frame", "step", "rules", "settle", "hash", "encode"] as const;

/** Microseconds per tick. */
function ticksOf(match: Pick<ArenaMatch, "closeTick">, ticks: number): number {
  const start = performance.now();
  for (let i = 0; i < ticks; i++) match.closeTick();
  return ((performance.now() - start) * 1000) / ticks;
}

function measureTable(bots: number): Row[] {
  const seams = new Seams();
  const wishes = { seed: SEED, bots, count: WATCHERS };
  const plain = watchedMatch(arena, wishes);
  const clocked = watchedMatch(gameWithClocks(arena, seams), wishes);
  putClocksOn(clocked.match.world, seams);
  const samples = new Samples<"tick" | "snapshot" | "stream" | "rest" | (typeof PARTS)[number]>();
  ticksOf(plain.match, WARM_UP_TICKS);
  ticksOf(clocked.match, WARM_UP_TICKS);
  const streamed = openStream(watchedMatch(arena, wishes).match);
  for (let i = 0; i < WARM_UP_TICKS; i++) streamed.tick();

  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    samples.add("tick", ticksOf(plain.match, TICKS));
    seams.reset();
    const whole = ticksOf(clocked.match, TICKS);
    const micros = (part: Part): number => (seams.of(part) * 1000) / TICKS;
    for (const part of PARTS) if (part !== "frame") samples.add(part, micros(part));
    samples.add("frame", whole - micros("bots") - micros("step") - micros("hash"));
    samples.add("snapshot", snapshotMicros(plain.match));
    let patching = 0;
    for (let i = 0; i < TICKS; i++) patching += streamed.tick().milliseconds;
    samples.add("stream", (patching * 1000) / TICKS);
  }
  if (plain.match.world.hash() !== clocked.match.world.hash()) throw new Error("the clocks changed the match");

  const title = `${bots} bots`;
  const row = (name: keyof typeof ABOUT): Row => ({
    name: `${title} ${ROW_NAMES[name]}`,
    unit: "us",
    ours: samples.spread(name),
    about: ABOUT[name],
  });
  const tick: Row = {
    ...row("tick"),
    floor: floorOf(
      "the rules alone, in the same ticks of a second match with clocks",
      samples.of("rules"),
      samples.of("tick"),
    ),
  };
  return [tick, ...PARTS.map(row), row("snapshot"), row("stream"), ...garbageRows(bots)];
}

const ROW_NAMES = {
  tick: "Match.closeTick",
  bots: "- bots",
  frame: "- frame, log, send, and the rest",
  step: "- Simulation.step",
  rules: "  - rules",
  settle: "  - settle",
  hash: "- hash",
  encode: "  - encode",
  snapshot: "+ snapshot for a joiner",
  stream: "+ stream plane",
} as const;

const ABOUT: Record<keyof typeof ROW_NAMES, string> = {
  tick: `one tick of arena with every bot seat played in the server and ${WATCHERS} lockstep peers in memory, packed by packForColyseus`,
  bots: "arena's bot for every seat, which thinks every fourth tick",
  frame: `closeTick without bots, step and hash: seats, inputs, encodeFrame, FrameLog, one packet, ${WATCHERS} sends; also the clocks of the other parts (about 0.1 us each)`,
  step: "world.step: the rules, the check that the world fits, and taking the inputs",
  rules: "arena's step function",
  settle: "codec.settle",
  hash: "world.hash: snapshot bytes, then xxHash32",
  encode: "the state's part of these bytes",
  snapshot: "world.snapshot, at most once a tick however many join; not part of closeTick",
  stream: "StreamPlane.update and PlaneSerializer.applyPatches for any number of stream clients; not part of closeTick",
};

function snapshotMicros({ world }: ArenaMatch): number {
  const start = performance.now();
  for (let i = 0; i < TICKS; i++) world.snapshot();
  return ((performance.now() - start) * 1000) / TICKS;
}

/** One input message of a client, from its bytes to its place in the seat's ring. */
function measureReceive(): Row {
  const { match } = watchedMatch(arena, { seed: SEED, bots: 0, count: 0 });
  const player = new Watcher("player:0");
  match.takeSeat({ kind: "player", id: player.id, name: "player" });
  match.sessions.admit(player, { plane: "lockstep" });
  match.closeTick();
  const encoder = new UpEncoder(inputCodecOf(arena.input));
  const messages = Array.from({ length: 256 }, (_, aim) => encoder.input(2, 1, { dx: 1, dy: -1, aim, fire: true }));
  let now = 0;
  const nanos: number[] = [];
  for (let repetition = -3; repetition < REPETITIONS; repetition++) {
    const start = performance.now();
    for (let i = 0; i < 20_000; i++) {
      now += 5; // within the message budget
      match.sessions.receive(player, Up.input, messages[i & 255]!, { now: now, phase: 0 });
    }
    if (repetition >= 0) nanos.push(((performance.now() - start) * 1e6) / 20_000);
  }
  if (match.intake.counts.accepted < 20_000) throw new Error("the inputs were not accepted");
  const about = "ClientSessions.receive of an input of four changed fields: budget, decoding, bounds, accepts, ring";
  return { name: "one input received", unit: "ns", ours: spreadOf(nanos), about };
}

export function measureReferee(): Section {
  return { title: "referee: arena", rows: [...measureTable(8), ...measureTable(16), measureReceive()] };
}
