/** The envelope of a client's messages: our bytes go to the match, a little to Colyseus, everything else to nobody. */
import { Protocol } from "@colyseus/core";
import { pack } from "msgpackr";
import { describe, expect, it } from "vitest";
import { classifyMessage } from "../../../server/colyseus/envelope.ts";
import { packForColyseus } from "../../../server/rooms/client-peer.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/server/colyseus/envelope.test.ts";

const { JOIN_ROOM, LEAVE_ROOM, PING, ROOM_DATA, ROOM_DATA_BYTES, ROOM_DATA_SCHEMA } = Protocol;
const frame = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const long = (first: number, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  bytes[0] = first;
  return bytes;
};
const text = (value: string): number[] => [0xa0 | value.length, ...Buffer.from(value)];
const input = frame(ROOM_DATA, ...text("input"), ...pack({ dx: 1 }));

const stranger = { kind: "stranger" };
const bytes = (type: number, ...payload: number[]) => ({
  kind: "bytes",
  type,
  frame: frame(ROOM_DATA_BYTES, type, ...payload),
});

describe("a frame of a client", () => {
  it.each([
    ["bytes with a type and a payload", frame(ROOM_DATA_BYTES, 2, 7, 8), bytes(2, 7, 8)],
    ["bytes without a payload", frame(ROOM_DATA_BYTES, 3), bytes(3)],
    ["bytes of the highest small type", frame(ROOM_DATA_BYTES, 127), bytes(127)],
    ["bytes of a type in more than one byte", frame(ROOM_DATA_BYTES, 128, 1), stranger],
    ["bytes of a type that is a text", frame(ROOM_DATA_BYTES, ...text("input")), stranger],
    ["bytes without a type", frame(ROOM_DATA_BYTES), stranger],
    ["an input of a stream client", input, { kind: "input", payload: Uint8Array.from(pack({ dx: 1 })) }],
    ["an input without anything", frame(ROOM_DATA, ...text("input")), { kind: "input", payload: frame() }],
    ["a wish for a pause", frame(ROOM_DATA, ...text("pause"), 0xc3), { kind: "pause", payload: frame(0xc3) }],
    ["a wish for a pause without anything", frame(ROOM_DATA, ...text("pause")), { kind: "pause", payload: frame() }],
    [
      "a name that only begins like a pause",
      frame(ROOM_DATA, ...text("pauses"), 1),
      expect.objectContaining({ kind: "named", name: "pauses" }),
    ],
    ["a chat message", frame(ROOM_DATA, ...text("chat"), 0x80), { kind: "chat", payload: frame(0x80) }],
    [
      "a chat message as long as one may be",
      Uint8Array.from({ ...frame(ROOM_DATA, ...text("chat")), length: 4096 }),
      expect.objectContaining({ kind: "chat" }),
    ],
    [
      "a chat message that is longer",
      Uint8Array.from({ ...frame(ROOM_DATA, ...text("chat")), length: 4097 }),
      stranger,
    ],
    [
      "a message of another name",
      frame(ROOM_DATA, ...text("chat1"), 1),
      { kind: "named", name: "chat1", payload: Uint8Array.of(1) },
    ],
    ["a name of signs", frame(ROOM_DATA, ...text("a-b"), 1), stranger],
    ["a name that is longer than the message", frame(ROOM_DATA, 0xa9, 97), stranger],
    [
      "a name that only begins like ours",
      frame(ROOM_DATA, ...text("inputs"), 1),
      { kind: "named", name: "inputs", payload: Uint8Array.of(1) },
    ],
    ["a message with a number for a name", frame(ROOM_DATA, 2, 1), stranger],
    [
      "an input as long as one may be",
      Uint8Array.from({ ...input, length: 2048 }),
      expect.objectContaining({ kind: "input" }),
    ],
    ["an input that is longer", Uint8Array.from({ ...input, length: 2049 }), stranger],
    ["the wish to go", frame(LEAVE_ROOM), { kind: "leave" }],
    ["the wish to go, with words", long(LEAVE_ROOM, 5000), { kind: "leave" }],
    ["the acknowledgement of a join", frame(JOIN_ROOM), { kind: "colyseus" }],
    ["a ping of the SDK", frame(PING), { kind: "colyseus" }],
    ["a ping of 16 bytes", long(PING, 16), { kind: "colyseus" }],
    ["a ping of 17 bytes", long(PING, 17), stranger],
    ["an acknowledgement of 17 bytes", long(JOIN_ROOM, 17), stranger],
    ["a schema message", frame(ROOM_DATA_SCHEMA, 1), stranger],
    ["an opcode that nobody has", frame(255), stranger],
    ["nothing", frame(), stranger],
  ])("that is %s", (_what, given, verdict) => {
    expect(classifyMessage(given)).toEqual(verdict);
    const asBuffers = Object.entries(verdict).map(([key, value]) => [
      key,
      value instanceof Uint8Array ? Buffer.from(value) : value,
    ]);
    expect(classifyMessage(Buffer.from(given)), "also as a Buffer").toEqual(
      Object.getPrototypeOf(verdict) === Object.prototype ? Object.fromEntries(asBuffers) : verdict,
    );
  });

  it.each([["a text"], [undefined], [null], [5], [[17, 1]], [new ArrayBuffer(4)]])("that is no bytes: %s", (given) => {
    expect(classifyMessage(given)).toEqual(stranger);
  });

  it("of any bytes at all is judged, and only what is named here passes to Colyseus", () => {
    everySeed(FILE, (random) => {
      for (let i = 0; i < 200; i++) {
        const given = Uint8Array.from({ length: random.int(0, 40) }, () => random.int(0, 255));
        if (given.length > 0 && random.chance(0.7)) given[0] = random.int(9, 22);
        const { kind } = classifyMessage(given);
        if (kind === "colyseus") expect([JOIN_ROOM, PING]).toContain(given[0]);
        if (kind === "leave") expect(given[0]).toBe(LEAVE_ROOM);
        if (kind === "bytes") expect(given[0]).toBe(ROOM_DATA_BYTES);
        if (kind === "input") expect(given[0]).toBe(ROOM_DATA);
      }
    });
  });
});

it("the envelope of what goes down is the one of PROTOCOL.md: 17, the type, the payload, in one WebSocket frame", () => {
  expect([...packForColyseus(2, frame(7, 8))]).toEqual([0x82, 4, 17, 2, 7, 8]);
  expect(ROOM_DATA_BYTES).toBe(17);
});
