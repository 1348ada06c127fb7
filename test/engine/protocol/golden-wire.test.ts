/** The golden wire: every byte of a scripted match, hashed, so that the wire cannot change without a new version. */
import { expect, it } from "vitest";
import { encodeDelta } from "../../../shared/engine/bytes/byte-delta.ts";
import { ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { hashBytes } from "../../../shared/engine/bytes/hash.ts";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { CLOSE_CODES } from "../../../shared/engine/protocol/close-codes.ts";
import { DOWN_PART_BYTES, Down, DownEncoder, decodeDown } from "../../../shared/engine/protocol/down.ts";
import { hashInterval } from "../../../shared/engine/protocol/frame-codec.ts";
import { type Parcel, Unwrapper, wrap } from "../../../shared/engine/protocol/parcel.ts";
import { PLANE_REASONS } from "../../../shared/engine/protocol/plane.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import { PROTOCOL_VERSION } from "../../../shared/engine/protocol/version.ts";
import { createFrame } from "../../../shared/engine/sim/frame.ts";
import { HashTrail } from "../../../shared/engine/sim/hash-trail.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { FrameBroadcast } from "../../../shared/referee/peers/frame-broadcast.ts";
import { Outbox } from "../../../shared/referee/peers/outbox.ts";
import { type MixedFrame, type MixedInput, mixedGame } from "../../kit/games/mixed-game.ts";
import { deliver } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";

const GOLDEN = { version: 6, hash: "e833ceae", bytes: 200_400 };

/** Those that this version had from its beginning: who does not know one that was appended since takes it for a lost connection. */
const FIRST_CLOSE_CODES = 16;

const SEATS = 12;
const TICKS = 200;

/** Seats and inputs by arithmetic alone, so that only the wire and the world can change what is written. */
function script(frame: MixedFrame, tick: number, isHeld: (seat: number) => boolean): void {
  frame.tick = tick;
  frame.leaves.length = 0;
  frame.joins.length = 0;
  for (let seat = 0; seat < SEATS; seat++) {
    const leaves = isHeld(seat) && (tick + seat * 7) % 31 === 0;
    if (leaves) frame.leaves.push(seat);
    // Every second one who leaves is followed by somebody else in the very same frame (R4).
    if (leaves ? tick % 2 === 0 : !isHeld(seat) && (tick + seat) % 9 === 0) frame.joins.push(seat);
    frame.inputs[seat] = wanted(seat, tick);
  }
}

const wanted = (seat: number, tick: number): MixedInput => {
  const held = Math.floor(tick / (seat + 1));
  return {
    dx: (held % 3) - 1,
    aim: (held * 257) & 0xffff,
    reach: Math.imul(held, -0x01234567),
    pull: held % 5 === 0 ? 0 : held / 8,
    fires: held % 4 === 0,
  };
};

/** As they are, as a world of few bytes is. */
const stored = (body: Uint8Array): Parcel => ({ size: body.length, body });
/** The same bytes again and again, until there are more than `length`. */
const many = (bytes: Uint8Array, length: number): Uint8Array =>
  Uint8Array.from({ length: length + 1 }, (_, i) => bytes[i % bytes.length]!);

/** Every message of the match behind its type and length, and how many of each kind there were. */
function playWire(): { bytes: Uint8Array; counts: Map<string, number> } {
  const game = mixedGame(SEATS);
  const world = new Simulation(game, 20_260_101);
  const frame = createFrame(game);
  const up = new UpEncoder(inputCodecOf(game.input));
  const down = new DownEncoder();
  const out = new ByteWriter();
  const counts = new Map<string, number>();
  const say = (kind: string, type: number, bytes: Uint8Array): void => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    out.uint8(type);
    out.uint32(bytes.length);
    out.raw(bytes);
  };
  const sayAll = (kind: string, type: number, messages: readonly Uint8Array[]): void => {
    for (const bytes of messages) say(kind, type, bytes);
  };
  const interval = hashInterval(game);
  const trail = new HashTrail(interval);
  const listener = new RecordingPeer("listener");
  const outbox = new Outbox(packInMemory);
  const broadcast = new FrameBroadcast(game, outbox);
  broadcast.listen(listener, { isSpectator: false, delayTicks: 0 });
  const sayFrames = (kind: string): void => {
    deliver(outbox);
    for (const packet of listener.packets.splice(0)) say(kind, packet[0]!, packet.subarray(1));
  };
  /** The world as it is: whole, in parts, and deflated, of which only the content is of this wire (RFC 1951 is another). */
  const sayWorlds = (tick: number): void => {
    const seat = tick % 3 === 0 ? undefined : 3;
    const snapshot = world.snapshot();
    sayAll("snapshot", Down.snapshot, down.snapshot(seat, tick % 2 === 0, stored(snapshot)));
    sayAll("snapshot part", Down.snapshot, down.snapshot(seat, true, stored(many(snapshot, 2 * DOWN_PART_BYTES))));
    const unwrapper = new Unwrapper();
    for (const bytes of down.snapshot(seat, false, wrap(many(snapshot, 4000)))) {
      const message = decodeDown(Down.snapshot, bytes);
      if (message.kind !== "snapshot") throw new Error(message.kind);
      const content = unwrapper.take(message.part);
      if (typeof content !== "string") say("snapshot deflated", Down.snapshot, content);
    }
  };
  /** The life of a desync: the client's trail, what it is asked, its world in parts, and the cure. */
  const sayDesync = (tick: number): void => {
    const { firstTick, hashes } = {
      firstTick: tick - 3,
      hashes: [-3, -2, -1, 0].map((at) => trail.hashAt(tick + at)!),
    };
    const again = tick % 4 === 1 ? undefined : hashes[3]!;
    const sound = world.snapshot();
    const sick = sound.slice();
    sick[sick.length - 1]! ^= 1;
    say("trail", Up.trail, up.trail(firstTick, hashes));
    say("ask", Down.ask, down.ask(tick));
    sayAll("state", Up.state, up.state(tick, again, stored(sick)));
    sayAll("state part", Up.state, up.state(tick, again, stored(many(sick, 5000))));
    say("heal", Down.heal, down.heal(tick, hashes[3]!, encodeDelta(sick, sound)));
  };
  const sayWishes = (tick: number): void => {
    for (const plane of ["lockstep", "stream"] as const) {
      say("plane wish", Up.plane, up.plane(plane));
      for (const reason of PLANE_REASONS) say("plane", Down.plane, down.plane(plane, reason));
    }
    for (const isOn of [true, false]) {
      say("pause", Up.pause, up.pause(isOn));
      say("halt", Down.halt, down.halt(isOn, tick + 0.625));
    }
  };
  say("ready", Up.ready, up.ready(0));
  let digestAt: number | undefined;
  for (let tick = 0; tick < TICKS; tick++) {
    script(frame, tick, (seat) => world.seats.isHeld(seat));
    trail.record(tick, world.hash());
    const digest = tick % interval === 0 ? trail.digest(tick, interval) : undefined;
    digestAt = digest ?? digestAt;
    broadcast.close(frame, world.seats, digest);
    sayFrames("frame");
    if (tick % 20 === 19) broadcast.sendSince(tick - 19, tick + 1, listener);
    sayFrames("frames");
    if (tick % 50 === 7) sayWorlds(tick);
    if (tick % 10 === 1) say("ping", Up.ping, up.ping(tick * 0x00fedcba));
    if (tick % 10 === 2) say("pong", Down.pong, down.pong(tick * 0x00fedcba, tick + 0.375));
    if (digest !== undefined) say("hash", Up.hash, up.hash(tick, digest));
    if (tick % 50 === 9) sayDesync(tick);
    if (tick % 50 === 11) sayWishes(tick);
    const riders = {
      digest: tick % 20 === 3 ? digestAt : undefined,
      echo: tick % 20 === 5 ? tick * 0x00fedcba : undefined,
    };
    say("input", Up.input, up.input(tick + 2, tick, wanted(1, tick), riders));
    if (tick % 100 === 99) say("ready", Up.ready, up.ready(tick));
    world.step(frame);
  }
  for (const [name, { code }] of Object.entries(CLOSE_CODES).slice(0, FIRST_CLOSE_CODES)) {
    out.uint16(code);
    out.string(name);
  }
  return { bytes: out.view(), counts };
}

it("the bytes of a scripted match are those of this protocol version", () => {
  const { bytes, counts } = playWire();
  expect(Object.fromEntries(counts), "the script says everything").toEqual({
    ready: 3,
    snapshot: 4,
    "snapshot part": 12,
    "snapshot deflated": 4,
    trail: 4,
    ask: 4,
    state: 4,
    "state part": 8,
    heal: 4,
    "plane wish": 8,
    plane: 24,
    pause: 8,
    halt: 8,
    frame: 200,
    frames: 10,
    ping: 20,
    pong: 20,
    hash: 40,
    input: 200,
  });
  const found = {
    version: PROTOCOL_VERSION,
    hash: hashBytes(bytes).toString(16).padStart(8, "0"),
    bytes: bytes.length,
  };
  expect(
    found,
    `the wire changed: raise PROTOCOL_VERSION, update PROTOCOL.md, then put the new hash here: ${JSON.stringify(found)}`,
  ).toEqual(GOLDEN);
});

it("the same match writes the same bytes again", () => {
  expect(hashBytes(playWire().bytes)).toBe(hashBytes(playWire().bytes));
});
