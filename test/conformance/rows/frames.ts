/** Rows: WebSocket frames, masking, fragmentation, control frames, lengths and UTF-8 (RFC 6455 sections 5 to 8). */
import { BINARY, binary, CLOSE, CONTINUATION, close, frame, PING, PONG, TEXT, times } from "../../kit/wire/frames.ts";
import type { Step } from "../../kit/wire/raw-connection.ts";
import type { FramesRow } from "../row.ts";

const row = (why: string, name: string, end: string, ...send: Step[]): FramesRow => ({
  kind: "frames",
  seat: "joined",
  why: `RFC 6455 ${why}`,
  name,
  end,
  send,
});

const NAMES = { [CONTINUATION]: "continuation", [TEXT]: "text", [BINARY]: "binary", [CLOSE]: "close", [PING]: "ping" };

const masking = Object.entries({ ...NAMES, [PONG]: "pong" }).map(([opcode, name]) =>
  row("5.1", `an unmasked ${name} frame`, "close 1002", frame(Number(opcode), "", { isMasked: false })),
);

const reserved = [
  ...[1, 2, 3, 4, 5, 6, 7].map((rsv) =>
    row("5.2", `reserved bits ${rsv.toString(2).padStart(3, "0")}`, "close 1002", frame(BINARY, "x", { rsv })),
  ),
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode) =>
    row("5.2", `reserved opcode ${opcode}`, "close 1002", frame(opcode, "x")),
  ),
];

const lengths = [
  row("5.2", "a length in 16 bits that fits 7", "open", frame(BINARY, Uint8Array.of(99), { bits: 16 })),
  row("5.2", "a length in 64 bits that fits 7", "open", frame(BINARY, Uint8Array.of(99), { bits: 64 })),
  row("5.2", "the highest bit of a 64-bit length", "close 1009|close 1002", frame(BINARY, "x", { says: 1n << 63n })),
  row("5.2", "a length of a tebibyte", "close 1009", frame(BINARY, "x", { says: 1n << 40n })),
  row("5.2", "a length of all ones", "close 1009|close 1002", frame(BINARY, "x", { says: (1n << 64n) - 1n })),
  row("10.4", "a length of 64 KiB", "close 1009", frame(BINARY, "x", { says: 65_536 })),
  row("10.4", "a message one byte too long", "close 1009", frame(BINARY, new Uint8Array(4097))),
  row("10.4", "a message as long as allowed", "open", frame(BINARY, new Uint8Array(4096).fill(99))),
  row("5.2", "a length of 2 with 200 bytes behind it", "close 1002", frame(BINARY, new Uint8Array(200), { says: 2 })),
  row(
    "5.2",
    "the head of a frame byte by byte",
    "open",
    ...[...binary(99, 1)].flatMap((byte) => [Uint8Array.of(byte), 5]),
  ),
];

const controls = [
  row("5.5", "a ping of 126 bytes", "close 1002", frame(PING, new Uint8Array(126))),
  row("5.5", "a pong of 126 bytes", "close 1002", frame(PONG, new Uint8Array(126))),
  row("5.5", "a close of 126 bytes", "close 1002", frame(CLOSE, new Uint8Array(126))),
  row("5.5", "a ping with a 16-bit length", "close 1002", frame(PING, "x", { bits: 16 })),
  row("5.5", "a ping with a 64-bit length", "close 1002", frame(PING, "x", { bits: 64 })),
  row("5.5", "a ping in fragments", "close 1002", frame(PING, "x", { fin: false })),
  row("5.5", "a pong in fragments", "close 1002", frame(PONG, "x", { fin: false })),
  row("5.5", "a close in fragments", "close 1002", frame(CLOSE, "", { fin: false })),
  row("5.5.2", "a ping of 125 bytes", "open", frame(PING, new Uint8Array(125))),
  row("5.5.2", "an empty ping", "open", frame(PING)),
  row("5.5.3", "a pong that nobody asked for", "open", frame(PONG, "hello")),
  row("10.1", "a flood of pings", "close 4103|cut", ...times(200, frame(PING, "flood"))),
  row("10.1", "a flood of pongs", "close 4103|cut", ...times(200, frame(PONG, "flood"))),
];

const first = (opcode = BINARY, payload: string | Uint8Array = Uint8Array.of(99)): Buffer =>
  frame(opcode, payload, { fin: false });
const fragmentation = [
  row("5.4", "a message in two fragments", "open", first(), frame(CONTINUATION, "x")),
  row("5.4", "a ping between two fragments", "open", first(), frame(PING), frame(CONTINUATION, "x")),
  row("5.4", "a continuation of nothing", "close 1002", frame(CONTINUATION, "x")),
  row("5.4", "a continuation of nothing, not final", "close 1002", first(CONTINUATION)),
  row("5.4", "a new message inside of one", "close 1002", first(), binary(99)),
  row("5.4", "two beginnings", "close 1002", first(), first()),
  row("5.4", "text inside of a binary message", "close 1002", first(), frame(TEXT, "x")),
  row("5.4", "a continuation after the last", "close 1002", first(), frame(CONTINUATION), frame(CONTINUATION)),
  row("5.4", "an empty fragment, then the rest", "open", first(BINARY, ""), frame(CONTINUATION, Uint8Array.of(99))),
  row("10.4", "300 fragments", "close 1008", first(), ...times(300, first(CONTINUATION, "x"))),
  row("10.4", "300 empty fragments", "close 1008", first(), ...times(300, first(CONTINUATION, ""))),
  row(
    "10.4",
    "fragments that are too long together",
    "close 1009",
    ...[first(), ...times(5, first(CONTINUATION, new Uint8Array(1000)))],
  ),
];

const text = [
  row("5.6", "text", "close 4112", frame(TEXT, "hello")),
  row("5.6", "empty text", "close 4112", frame(TEXT)),
  row("5.6", "text in fragments", "close 4112", first(TEXT, "hel"), frame(CONTINUATION, "lo")),
  row("5.6", "JSON of another protocol", "close 4112", frame(TEXT, '{"type":"subscribe","channel":"*"}')),
  row("8.1", "text that is no UTF-8", "close 1007", frame(TEXT, Uint8Array.of(0xff, 0xfe))),
  row("8.1", "text with an overlong encoding", "close 1007", frame(TEXT, Uint8Array.of(0xc0, 0xaf))),
  row("8.1", "text with half a surrogate pair", "close 1007", frame(TEXT, Uint8Array.of(0xed, 0xa0, 0x80))),
  row("8.1", "text beyond U+10FFFF", "close 1007", frame(TEXT, Uint8Array.of(0xf4, 0x90, 0x80, 0x80))),
  row("8.1", "text that ends within a character", "close 1007", frame(TEXT, Uint8Array.of(0xe2, 0x82))),
];

const closing = [
  row("7.1.2", "a close without a code", "close", frame(CLOSE)),
  row("5.5.1", "a close of one byte", "close 1002", frame(CLOSE, "x")),
  row("5.5.1", "a close whose reason is no UTF-8", "close 1007", close(1000, Uint8Array.of(0xff))),
  row("5.5.1", "a close with the longest reason", "close 1000", close(1000, "r".repeat(123))),
  row("5.5.1", "messages after a close", "close 1000", close(1000), binary(99), frame(TEXT, "x")),
  row("5.5.1", "two closes", "close 1000", close(1000), close(1001)),
  ...[1000, 1001, 1003, 1007, 1011, 3000, 3999, 4000, 4999].map((code) =>
    row("7.4", `a close with code ${code}`, `close ${code}`, close(code)),
  ),
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65535].map((code) =>
    row("7.4", `a close with code ${code}, which must not travel`, "close 1002", close(code)),
  ),
];

/** Read while the messages before it wait for their turn, a few for each turn. */
const behind: FramesRow = {
  ...row("7.1.7", "bytes behind a bad frame, behind 1,500 messages", "close 1002|cut"),
  seat: "none",
  why: "RFC 6455 7.1.7; ends any process with ws 8.23",
  send: [Buffer.concat(times(1500, binary(1))), 2, close(999), ...times(10, [1, "junkjunk"]).flat()],
};

export const frameRows = [
  ...masking,
  ...reserved,
  ...lengths,
  ...controls,
  ...fragmentation,
  ...text,
  ...closing,
  behind,
];
