/**
 * The envelope of Colyseus's messages, both ways. Every message of a joined client is judged before Colyseus reads it.
 * Our own bytes take the short way to the match; of the rest only what the room understands passes. Measured reason: an
 * unregistered message type of 87 characters ends the process in stock Colyseus 0.18, and its input opcode can hang it.
 */
import { getMessageBytes, Protocol } from "@colyseus/core";
import { CHAT } from "../../shared/engine/protocol/chat.ts";

/** The opcode of a message of bytes: `BYTES_MESSAGE type payload`, with a type of one byte. */
export const BYTES_MESSAGE = Protocol.ROOM_DATA_BYTES;
/** The first bytes of a full state, and of a patch; then come the bytes of @colyseus/schema's encoder. */
export const FULL_STATE = Uint8Array.of(Protocol.ROOM_STATE);
export const STATE_PATCH = Uint8Array.of(Protocol.ROOM_STATE_PATCH);
/** "Back to the state itself", which has the number 0: an encoder leaves that out at its beginning. */
export const TO_ROOT = Uint8Array.of(255, 0);

/** A message of a named type, as `client.send` makes it; not queued by Colyseus when it goes out by `client.raw`. */
export const namedMessage = (type: string, message: unknown): Uint8Array =>
  getMessageBytes.raw(Protocol.ROOM_DATA, type, message);

const SMALL_TALK: readonly unknown[] = [Protocol.ROOM_DATA, Protocol.JOIN_ROOM, Protocol.PING, Protocol.LEAVE_ROOM];

/** Whether it is one of the few things that a room without a game has to hear: messages of named types, a join's acknowledgement, the SDK's ping, a leave. */
export const isSmallTalk = (message: unknown, mostBytes: number): boolean =>
  message instanceof Uint8Array && message.length <= mostBytes && SMALL_TALK.includes(message[0]);

/** The kind of a client's message. */
export type GateVerdict =
  /** A message of `Up`: its type; its payload begins at byte 2. */
  | { readonly kind: "bytes"; readonly type: number; readonly frame: Uint8Array }
  /** For Colyseus: join acknowledgement, or a ping of the SDK. */
  | { readonly kind: "colyseus" }
  /** For Colyseus, whatever the client has said before: it wants to go. */
  | { readonly kind: "leave" }
  /** `room.send("input", ...)` of a stream client: its msgpack payload. */
  | { readonly kind: "input"; readonly payload: Uint8Array }
  /** `room.send("pause", ...)` of a stock client: its msgpack payload. */
  | { readonly kind: "pause"; readonly payload: Uint8Array }
  /** `room.send("chat", ...)` of any client: its msgpack payload. */
  | { readonly kind: "chat"; readonly payload: Uint8Array }
  /** `room.send(name, ...)` of a stock client with another name, perhaps that of a command: its msgpack payload. */
  | { readonly kind: "named"; readonly name: string; readonly payload: Uint8Array }
  /** Not for this room. */
  | { readonly kind: "stranger" };

const COLYSEUS = { kind: "colyseus" } as const;
const LEAVE = { kind: "leave" } as const;
const STRANGER = { kind: "stranger" } as const;

/** Highest message type that Colyseus's number codec writes as one byte. */
const MOST_FIXINT = 127;
/** msgpack: a text of so many bytes at most has its length in its first byte. */
const SHORT_TEXT = 0xa0;
const LONGEST_SHORT_TEXT = 31;
/** A message of a named type: the opcode, then the text with its length in front (msgpack). */
const header = (type: string): readonly number[] => [
  Protocol.ROOM_DATA,
  SHORT_TEXT + type.length,
  ...[...type].map((letter) => letter.charCodeAt(0)),
];
const INPUT_HEADER = header("input");
const PAUSE_HEADER = header("pause");
const CHAT_HEADER = header(CHAT);
/** msgpack of a flat input of 63 named fields stays below this. */
const LONGEST_INPUT_BYTES = 2048;
/** A line of a thousand characters, each of four bytes, and what is around it; or a command of 2 KB. */
const LONGEST_CHAT_BYTES = 4096;
/** These carry one byte of meaning. */
const LONGEST_CONTROL_BYTES = 16;

const opensWith = (frame: Uint8Array, opening: readonly number[]): boolean =>
  opening.every((byte, i) => frame[i] === byte);

function judgeNamed(frame: Uint8Array): GateVerdict {
  if (frame.length > LONGEST_CHAT_BYTES) return STRANGER;
  if (opensWith(frame, CHAT_HEADER)) return { kind: "chat", payload: frame.subarray(CHAT_HEADER.length) };
  const isShort = frame.length <= LONGEST_INPUT_BYTES;
  if (opensWith(frame, INPUT_HEADER))
    return isShort ? { kind: "input", payload: frame.subarray(INPUT_HEADER.length) } : STRANGER;
  if (opensWith(frame, PAUSE_HEADER))
    return isShort ? { kind: "pause", payload: frame.subarray(PAUSE_HEADER.length) } : STRANGER;
  const name = nameIn(frame);
  return name === undefined ? STRANGER : { kind: "named", name, payload: frame.subarray(2 + name.length) };
}

/** A short name of letters and digits; undefined when it is none, and so nothing that a game can have. */
function nameIn(frame: Uint8Array): string | undefined {
  const length = frame[1]! - SHORT_TEXT;
  if (!(length >= 1 && length <= LONGEST_SHORT_TEXT) || frame.length < 2 + length) return undefined;
  const name = String.fromCharCode(...frame.subarray(2, 2 + length));
  return /^[a-zA-Z0-9]+$/.test(name) ? name : undefined;
}

/** Where the payload of a message of `Up` begins. */
export const UP_PAYLOAD_AT = 2;

export function classifyMessage(frame: unknown): GateVerdict {
  if (!(frame instanceof Uint8Array) || frame.length === 0) return STRANGER;
  switch (frame[0]) {
    case Protocol.ROOM_DATA_BYTES: {
      const type = frame[1];
      if (type === undefined || type > MOST_FIXINT) return STRANGER;
      return { kind: "bytes", type, frame };
    }
    case Protocol.ROOM_DATA:
      return judgeNamed(frame);
    case Protocol.LEAVE_ROOM:
      return LEAVE;
    case Protocol.JOIN_ROOM:
    case Protocol.PING:
      return frame.length <= LONGEST_CONTROL_BYTES ? COLYSEUS : STRANGER;
    default:
      return STRANGER;
  }
}
