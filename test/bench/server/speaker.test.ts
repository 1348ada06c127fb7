/**
 * The talk of the generator's clients: bots' talk that a real match accepts, alike in every room; and what counts as an
 * echo.
 */
import { describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { Down } from "../../../shared/engine/protocol/down.ts";
import { Up, UpDecoder } from "../../../shared/engine/protocol/up.ts";
import { arena } from "../../../shared/games/arena/arena.ts";
import type { Packet } from "../../../shared/referee/peers/outbox.ts";
import type { Peer } from "../../../shared/referee/peers/peer.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { INPUT_BYTES, type Load, type Manner } from "./loads/contender.ts";
import type { RawClient } from "./loads/raw-client.ts";
import { PhalanxSpeaker, PlainSpeaker } from "./loads/speaker.ts";

const PER_ROOM = 8;
const SECONDS = 20;
const TICKS = SECONDS * arena.tickRate;
const TICK_MS = 1000 / arena.tickRate;
/** Four times a second, whatever changes. */
const HEARTBEAT_TICKS = 5;
/** From one digest to the next. */
const DIGEST_TICKS = 5;
/** On the line that was recorded an input comes in its tick, and acknowledges the frame before the last. */
const MOST_OFF_TICKS = 2;
/** Colyseus's own numbers. */
const BYTES_MESSAGE = 17;
const PATCH = 15;
const JOIN = 10;

const LOAD: Load = {
  ...{ rooms: 125, perRoom: PER_ROOM, tickRate: arena.tickRate, entities: 10, inputEvery: 1 },
  ...{ warmSeconds: 1, seconds: 1 },
};

/** A client without a socket: what it is sent goes to `sent`. */
function clientOf(id: number): RawClient & { readonly sent: Buffer[] } {
  const sent: Buffer[] = [];
  const send = (frame: Buffer): void => void sent.push(frame);
  return { id, turn: 0, frames: 0, digest: { tick: 0, value: 0 }, sent, send } as never;
}

interface Heard {
  readonly player: number;
  readonly open: number;
  readonly type: number;
  readonly payload: Uint8Array;
}

/** A room of the generator's clients beside a real match of arena, without a network: what they say is there at once. */
function playRoom(manner: Manner, room: number) {
  const speaker = new PhalanxSpeaker(manner, LOAD);
  const pack = (type: number, payload: Uint8Array): Packet => Buffer.from([BYTES_MESSAGE, type, ...payload]);
  const match = matchInMemory(arena, { seed: 3, bots: 0, pack });
  const heard: Heard[] = [];
  let found = 0;
  const inboxes: Buffer[][] = [];
  const clients = Array.from({ length: PER_ROOM }, (_, i) => clientOf(room * PER_ROOM + i));
  const moment = () => ({ now: match.world.tick * TICK_MS, phase: 0 });
  const peers = clients.map((_client, player): Peer => {
    const inbox: Buffer[] = [];
    inboxes.push(inbox);
    const id = `player:${player}`;
    const send = (packet: Packet): void => void inbox.push(packet as Buffer);
    const peer = {
      id,
      isJoined: true,
      bufferedBytes: 0,
      send,
      sendWithNext: send,
      flush: () => {},
      prefetch: () => {},
    };
    match.takeSeat({ kind: "player", id, name: id });
    match.sessions.admit(peer as never, { plane: "lockstep" });
    return peer as never;
  });
  const hear = (player: number, frame: Uint8Array): void => {
    const [opcode, type, ...payload] = frame.subarray(6);
    expect(opcode).toBe(BYTES_MESSAGE);
    heard.push({ player, open: match.world.tick, type: type!, payload: Uint8Array.from(payload) });
    match.sessions.receive(peers[player]!, type!, Uint8Array.from(payload), moment());
  };
  for (const [player, client] of clients.entries()) {
    expect(speaker.hear(client, Buffer.of(JOIN)), "a join is no frame").toBe(false);
    expect(client.sent.map((frame) => frame[6])).toEqual([JOIN, BYTES_MESSAGE]);
    hear(player, client.sent[1]!);
  }
  while (match.world.tick < TICKS) {
    expect(match.closeTick(match.world.tick * TICK_MS)).toBe("closed");
    for (const [player, client] of clients.entries())
      for (const message of inboxes[player]!.splice(0)) {
        if (!speaker.hear(client, message)) continue;
        const { turn } = client;
        if (turn > 0 && speaker.isEchoed(client, message)) found++;
        for (const frame of speaker.say(client, message)) hear(player, frame);
      }
  }
  return { match, heard, found };
}

const decoder = new UpDecoder(inputCodecOf(arena.input));

function inputIn(payload: Uint8Array) {
  const message = decoder.decode(Up.input, payload);
  if (message.kind !== "input") throw new Error(message.kind);
  return message;
}

function ticksIn({ payload }: Heard): { tick: number; confirmed: number } {
  const { tick, confirmedTick } = inputIn(payload);
  return { tick, confirmed: confirmedTick };
}

const echoIn = (payload: Uint8Array): number | undefined => inputIn(payload).echo;

describe.each([0, 1, 60, 124])("clients that speak as bots do, in room %i of the load", (room) => {
  const { match, heard } = playRoom("as bots", room);
  const inputs = heard.filter(({ type }) => type === Up.input);

  it("mean ticks near the one that is open, and acknowledge what they were sent", () => {
    expect(inputs.length).toBeGreaterThan(PER_ROOM * SECONDS * 4);
    for (const input of inputs) {
      const { tick, confirmed } = ticksIn(input);
      expect(Math.abs(tick - input.open), `for ${tick} at ${input.open}`).toBeLessThanOrEqual(MOST_OFF_TICKS);
      expect(confirmed).toBeLessThanOrEqual(input.open);
      // An input with a digest acknowledges the tick of that.
      expect(confirmed).toBeGreaterThanOrEqual(Math.max(0, input.open - MOST_OFF_TICKS - DIGEST_TICKS));
    }
  });

  it("are taken by a real match: in time, and with digests that are those of the server", () => {
    for (const answer of match.sessions.answers.keys()) expect(["accepted", "hash", "ping", "ready"]).toContain(answer);
    expect(match.intake.counts.accepted).toBe(inputs.length);
    const { equal, ...others } = match.hashes.counts;
    expect(equal / PER_ROOM / SECONDS, "digests a second").toBeGreaterThan(0.75);
    expect(equal / PER_ROOM / SECONDS).toBeLessThanOrEqual(1);
    expect(others).toEqual({ differs: 0, "unknown-tick": 0 });
  });

  it("speak as often as PERFORMANCE.md says: 4.8 times a second, with a ping and a digest among it", () => {
    const perSecond = (type?: number): number =>
      heard.filter((one) => one.type !== Up.ready && (type === undefined || one.type === type)).length /
      PER_ROOM /
      SECONDS;
    expect(perSecond()).toBeCloseTo(4.8, 1);
    expect(perSecond(Up.ping), "they ride on inputs").toBeLessThan(0.1);
    expect(perSecond(Up.hash)).toBeLessThan(0.1);
    const pings = inputs.filter(({ payload }) => echoIn(payload) !== undefined);
    expect(pings.length / PER_ROOM / SECONDS).toBeGreaterThan(0.75);
    for (let player = 0; player < PER_ROOM; player++) {
      const ticks = inputs.filter((one) => one.player === player).map((one) => ticksIn(one).tick);
      const gaps = ticks.slice(1).map((tick, i) => tick - ticks[i]!);
      expect(Math.max(...gaps), "the seam of what was recorded included").toBeLessThanOrEqual(2 * HEARTBEAT_TICKS);
    }
  });
});

describe("clients that are talkative", () => {
  it("say an input to every frame, for the open tick, and find it in the next one", () => {
    const { match, heard, found } = playRoom("every frame", 3);
    const inputs = heard.filter(({ type }) => type === Up.input);
    expect(inputs.length).toBe(PER_ROOM * TICKS);
    for (const input of inputs) expect(ticksIn(input)).toEqual({ tick: input.open, confirmed: input.open });
    expect([...match.sessions.answers.keys()].sort()).toEqual(["accepted", "ready"]);
    expect(found).toBe(PER_ROOM * (TICKS - 1));
  });

  it("an input is in the frame of its tick, and not in one before", () => {
    const speaker = new PhalanxSpeaker("every frame", LOAD);
    const client = clientOf(0);
    const frame = (tick: number): Buffer => Buffer.of(BYTES_MESSAGE, Down.frame, tick, 0);
    speaker.say(client, frame(4));
    expect([4, 5].map((tick) => speaker.isEchoed(client, frame(tick)))).toEqual([false, true]);
  });
});

describe("clients that mean nothing", () => {
  const message = (kind: number, ...inputs: readonly (readonly [turn: number, id: number])[]): Buffer => {
    const bytes = Buffer.alloc(2 + inputs.length * INPUT_BYTES);
    bytes[0] = kind;
    for (const [i, [turn, id]] of inputs.entries()) {
      bytes.writeUInt16LE(turn, 2 + i * INPUT_BYTES);
      bytes.writeUInt16LE(id, 4 + i * INPUT_BYTES);
    }
    return bytes;
  };

  it("find their own input of the last turn among those of the others", () => {
    const speaker = new PlainSpeaker("colyseus", LOAD);
    const client = clientOf(300);
    for (let turn = 1; turn <= 7; turn++) speaker.say(client);
    const isIn = (...inputs: readonly (readonly [number, number])[]): boolean =>
      speaker.isEchoed(client, message(BYTES_MESSAGE, ...inputs));
    expect(isIn([3, 301], [7, 300])).toBe(true);
    expect([isIn(), isIn([6, 300]), isIn([7, 301]), isIn([7, 299], [6, 300])]).toEqual([false, false, false, false]);
  });

  it("take nothing in a patch of a state for an input, whatever it looks like", () => {
    const speaker = new PlainSpeaker("colyseus", LOAD);
    const client = clientOf(1);
    speaker.say(client);
    expect(speaker.hear(client, message(PATCH, [1, 1])), "it is a frame all the same").toBe(true);
    expect(speaker.isEchoed(client, message(PATCH, [1, 1]))).toBe(false);
    expect(speaker.isEchoed(client, message(BYTES_MESSAGE, [1, 1]))).toBe(true);
  });

  it.each(["tcp", "websocket"] as const)(
    "of a relay over %s: frames are inputs without anything before them",
    (speech) => {
      const speaker = new PlainSpeaker(speech, LOAD);
      const client = clientOf(2);
      const [said] = speaker.say(client);
      const input = said!.subarray(said!.length - INPUT_BYTES);
      expect(speaker.isEchoed(client, Buffer.concat([Buffer.alloc(INPUT_BYTES), input]))).toBe(true);
      expect(speaker.isEchoed(client, Buffer.alloc(3 * INPUT_BYTES))).toBe(false);
    },
  );

  it("speak after a number of frames each time", () => {
    const speaker = new PlainSpeaker("websocket", { ...LOAD, inputEvery: 3 });
    const client = clientOf(2);
    expect(Array.from({ length: 7 }, () => speaker.say(client).length)).toEqual([0, 0, 1, 0, 0, 1, 0]);
  });
});
