/** Rows: messages to a room: opcodes of Colyseus, our own, and msgpack that promises more than it holds. */
import { BINARY, binary, frame, times } from "../../kit/wire/frames.ts";
import type { FramesRow } from "../row.ts";

/** More than a room lets pass before it closes with `protocol/malformed`. */
const INSISTENCE = 25;
const MALFORMED = "close 4102";

const message = (...bytes: number[]): Buffer => frame(BINARY, Uint8Array.from(bytes));
const letters = (text: string): number[] => [...Buffer.from(text)];
const INPUT = [13, 0xa5, ...letters("input")];
const PAUSE = [13, 0xa5, ...letters("pause")];
const CHAT = [13, 0xa4, ...letters("chat")];

const row = (why: string, name: string, bytes: Buffer, plane: "lockstep" | "stream" = "lockstep"): FramesRow => ({
  kind: "frames",
  seat: "joined",
  plane,
  why,
  name: `${INSISTENCE} times ${name}`,
  end: MALFORMED,
  send: times(INSISTENCE, bytes),
});

const opcodes = [0, 1, 2, 9, 11, 14, 15, 16, 19, 20, 21, 22, 99, 127, 128, 255].map((opcode) =>
  row("Colyseus protocol", `opcode ${opcode}`, message(opcode, 1, 2, 3)),
);

const named = [
  row("hangs stock Colyseus", "the input opcode with a negative length", message(0x14, 1, 0xd0, 0xfe, 0, 0, 0, 0)),
  row("ends stock Colyseus", "a message type of 87 letters", message(13, 0xd9, 87, ...times(87, 65))),
  row("ends stock Colyseus", "a message type of 3,000 letters", message(13, 0xda, 11, 184, ...times(3000, 65))),
  row("Colyseus protocol", "a message type that is none", message(13, 0xa4, ...letters("hack"), 1)),
  row("prototype keys", "the message type __proto__", message(13, 0xa9, ...letters("__proto__"), 1)),
  row("prototype keys", "the message type constructor", message(13, 0xab, ...letters("constructor"), 1)),
  row("Colyseus protocol", "a message type that is cut off", message(13, 0xbf, 65)),
  row("Colyseus protocol", "a message type of 4 GiB", message(13, 0xdb, 255, 255, 255, 255, 65)),
  row("Colyseus protocol", "a numeric message type", message(13, 42, 1)),
  row("Colyseus protocol", "an acknowledgement of 100 bytes", message(10, ...times(100, 0))),
  row("Colyseus protocol", "a ping of 100 bytes", message(11, ...times(100, 0))),
  row("Colyseus protocol", "an empty message", message()),
  row("own protocol", "a type that is none", message(17, 120, 1)),
  row("own protocol", "a type of two bytes", message(17, 0xcd, 1, 0)),
  row("own protocol", "no type", message(17)),
  row("own protocol", "half an input", message(17, 2, 0x80)),
  row("own protocol", "an input and junk", message(17, 2, ...times(60, 0xff))),
  row("own protocol", "a number that never ends", message(17, 1, ...times(60, 0xff))),
  row("own protocol", "a state part of the greatest numbers", message(17, 5, ...times(20, 0xff))),
];

/** A player whose input is wrong is told so, and counted; only who cannot be understood at all is closed. */
const bomb = (name: string, ...bytes: number[]): FramesRow => ({
  ...row("msgpack bomb", `an input of ${name}`, message(...INPUT, ...bytes), "stream"),
  end: "open",
});
const bombs = [
  bomb("nothing"),
  bomb("a list of 4 billion", 0xdd, 255, 255, 255, 255),
  bomb("a list of 65,535", 0xdc, 255, 255),
  bomb("a map of 4 billion", 0xdf, 255, 255, 255, 255),
  bomb("a map of 65,535", 0xde, 255, 255),
  bomb("a text of 4 GiB", 0xdb, 255, 255, 255, 255),
  bomb("bytes of 4 GiB", 0xc6, 255, 255, 255, 255),
  bomb("an extension of 4 GiB", 0xc9, 255, 255, 255, 255, 1),
  bomb("1,500 nested lists", ...times(1500, 0x91)),
  bomb("1,500 nested maps", ...times(1500, 0x81)),
  bomb("a byte that is never used", 0xc1),
  bomb("a record of msgpackr", 0xd4, 0x72, 0x40, 0x91, 0xa1, 65),
  bomb("the key __proto__", 0x81, 0xa9, ...letters("__proto__"), 0x81, 0xa1, 65, 1),
  bomb("the key toString", 0x81, 0xa8, ...letters("toString"), 1),
  bomb("a date", 0xd7, 0xff, ...times(8, 0xff)),
  bomb("nil", 0xc0),
  bomb("a text", 0xa1, 65),
  row("type confusion", "a pause of a text", message(...PAUSE, 0xa1, 65), "stream"),
  row("msgpack bomb", "a pause of a list of 4 billion", message(...PAUSE, 0xdd, 255, 255, 255, 255), "stream"),
];

/** Whatever is said: it is answered by name, and whoever said it stays. */
const babble = (why: string, name: string, ...bytes: number[]): FramesRow => ({
  ...row(why, `a chat message of ${name}`, message(...CHAT, ...bytes)),
  end: "open",
});
const chat = [
  babble("msgpack bomb", "nothing"),
  babble("msgpack bomb", "a list of 4 billion", 0xdd, 255, 255, 255, 255),
  babble("msgpack bomb", "a map of 4 billion", 0xdf, 255, 255, 255, 255),
  babble("msgpack bomb", "4,000 nested lists", ...times(4000, 0x91)),
  babble("msgpack bomb", "4,000 nested maps", ...times(4000, 0x81)),
  babble("msgpack bomb", "a text of 4 GiB", 0x81, 0xa4, ...letters("text"), 0xdb, 255, 255, 255, 255),
  babble("prototype keys", "the key __proto__", 0x81, 0xa9, ...letters("__proto__"), 0x81, 0xa1, 65, 1),
  babble("prototype keys", "a mute of __proto__", 0x81, 0xa4, ...letters("mute"), 0xa9, ...letters("__proto__")),
  babble("type confusion", "a text that is a list", 0x81, 0xa4, ...letters("text"), 0x91, 0xa1, 65),
  babble("UTF-8", "a text that is none", 0x81, 0xa4, ...letters("text"), 0xa4, 0xed, 0xa0, 0x80, 0xff),
  babble("numbers", "a mark that is not a number", 0x81, 0xa4, ...letters("read"), 0xcb, 0x7f, 0xf8, ...times(6, 0)),
  babble("numbers", "a mark of the future", 0x81, 0xa4, ...letters("read"), 0xcf, 0, 31, ...times(6, 255)),
];

const once = (why: string, name: string, end: string, ...send: FramesRow["send"][number][]): FramesRow => ({
  kind: "frames",
  seat: "joined",
  why,
  name,
  end,
  send,
});
const others: FramesRow[] = [
  once("Colyseus protocol", "a second acknowledgement", "open", binary(10)),
  once("Colyseus protocol", "leaving", "close 4000", binary(12)),
  once("Colyseus protocol", "leaving with junk", "close 4000", binary(12, 255, 255, 255)),
  once("Colyseus protocol", "one unknown message", "open", binary(99)),
  once(
    "R13",
    "a flood of messages",
    "close 4103|close 4102|cut",
    Buffer.concat(times(6000, binary(17, 3, 0, 0, 0, 0))),
  ),
  once(
    "R13",
    "a flood of bytes",
    "close 4103|close 4102|cut",
    Buffer.concat(times(500, frame(BINARY, new Uint8Array(4096)))),
  ),
  {
    ...once(
      "Colyseus protocol",
      "25 messages before the acknowledgement",
      MALFORMED,
      ...times(INSISTENCE, binary(17, 1, 0)),
    ),
    seat: "unacknowledged",
  },
  {
    ...once("Colyseus protocol", "text before the acknowledgement", "close 4112", frame(1, "x")),
    seat: "unacknowledged",
  },
  { ...once("open echo of stock Colyseus", "text without a room", "close 4112", frame(1, "x")), seat: "none" },
  {
    ...once(
      "open echo of stock Colyseus",
      "a flood without a room",
      "close 4103|cut",
      Buffer.concat(times(20_000, binary(1))),
    ),
    seat: "none",
  },
  { ...once("open echo of stock Colyseus", "a WebSocket without a room", "close 1000|close 4109", 1100), seat: "none" },
];

export const roomRows = [...opcodes, ...named, ...bombs, ...chat, ...others];
