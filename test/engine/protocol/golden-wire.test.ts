/** The golden wire: every byte of a scripted match, hashed, so that the wire cannot change without a new version. */
import { expect, it } from "vitest";
import { FrameBroadcast } from "../../../server/match/frame-broadcast.ts";
import { ByteWriter } from "../../../shared/engine/codec/bytes.ts";
import { hashBytes } from "../../../shared/engine/codec/hash.ts";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { CLOSE_CODES } from "../../../shared/engine/protocol/close-codes.ts";
import { Down, DownEncoder } from "../../../shared/engine/protocol/down.ts";
import { hashInterval } from "../../../shared/engine/protocol/frame-codec.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import { PROTOCOL_VERSION } from "../../../shared/engine/protocol/version.ts";
import { createFrame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { type MixedFrame, type MixedInput, mixedGame } from "../../kit/mixed-game.ts";
import { RecordingPeer } from "../../kit/recording-peer.ts";
import { packInMemory } from "../../kit/table.ts";

const GOLDEN = { version: 1, hash: "444d3352", bytes: 29_357 };

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
  const listener = new RecordingPeer("listener");
  const broadcast = new FrameBroadcast(game, packInMemory);
  broadcast.listen(listener);
  const sayFrames = (kind: string): void => {
    for (const packet of listener.packets.splice(0)) say(kind, packet[0]!, packet.subarray(1));
  };
  say("ready", Up.ready, up.ready(0));
  for (let tick = 0; tick < TICKS; tick++) {
    script(frame, tick, (seat) => world.seats.isHeld(seat));
    const hash = tick % hashInterval(game) === 0 ? world.hash() : undefined;
    broadcast.close(frame, world.seats, hash);
    sayFrames("frame");
    if (tick % 20 === 19) broadcast.sendSince(tick - 19, listener);
    sayFrames("frames");
    if (tick % 50 === 7)
      say("snapshot", Down.snapshot, down.snapshot(tick % 3 === 0 ? undefined : 3, world.snapshot()));
    if (tick % 10 === 1) say("ping", Up.ping, up.ping(tick * 0x00fedcba));
    if (tick % 10 === 2) say("pong", Down.pong, down.pong(tick * 0x00fedcba, tick + 0.375));
    if (hash !== undefined) say("hash", Up.hash, up.hash(tick, hash));
    say("input", Up.input, up.input(tick + 2, tick, wanted(1, tick)));
    if (tick % 100 === 99) say("ready", Up.ready, up.ready(tick));
    world.step(frame);
  }
  for (const [name, { code }] of Object.entries(CLOSE_CODES)) {
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
    frame: 200,
    frames: 10,
    ping: 20,
    pong: 20,
    hash: 20,
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
