/**
 * The player of a case: does to a server what it says, and judges what comes back: whatever it is, it must be HTTP or
 * frames of a server.
 */
import { setTimeout as after } from "node:timers/promises";
import { PROTOCOL_VERSION } from "../../shared/engine/protocol/version.ts";
import { BINARY, CLOSE, type ServerFrame } from "../kit/wire/frames.ts";
import { RawConnection } from "../kit/wire/raw-connection.ts";
import { handshake, type Seat, type Target } from "../kit/wire/target.ts";
import { type FuzzCase, ROOM, TOKEN } from "./fuzz-case.ts";
import { bytesOf } from "./mutate.ts";

/** Half a request is never answered before its time is up: nobody waits for that. */
const PATIENCE_MS = 40;
const ANSWER_MS = 4000;
const LEAVING_MS = 200;

/** RFC 6455, section 7.4: what a close frame may say. */
const isSendable = (code: number): boolean =>
  (code >= 3000 && code <= 4999) || (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code));

async function takeSeat({ on, from }: FuzzCase, target: Target): Promise<Seat> {
  if (on === "spectator") return target.reserve("lockstep", { from });
  const ask = { plane: on, protocol: PROTOCOL_VERSION };
  const { status, body } = await target.ask(`joinById/${target.roomId}`, { from, options: ask });
  // Every seat is taken, or held for somebody whose connection a case has cut.
  if (status !== 200) return target.reserve("lockstep", { from, options: { plane: on } });
  return JSON.parse(body) as Seat;
}

async function open(fuzzed: FuzzCase, target: Target): Promise<RawConnection> {
  if (fuzzed.on !== "connection" && fuzzed.on !== "websocket")
    return target.enter(await takeSeat(fuzzed, target), fuzzed.from);
  const connection = await RawConnection.open(target.port, fuzzed.from);
  if (fuzzed.on === "connection") return connection;
  connection.write(handshake());
  if (!(await connection.until(() => connection.statuses === "101", ANSWER_MS))) throw new Error("no handshake");
  return connection;
}

/** The bytes of a piece, with what only this server knows. */
function filled(piece: Uint8Array, { tokens, roomId }: Target): Uint8Array {
  const text = Buffer.from(piece).toString("latin1");
  return bytesOf(text.replaceAll(TOKEN, tokens.valid!).replaceAll(ROOM, roomId));
}

function judgeFrames(frames: readonly ServerFrame[]): string | undefined {
  for (const { opcode, isMasked, payload } of frames) {
    if (isMasked) return "the server masked a frame";
    if (opcode !== BINARY && opcode < CLOSE) return `the server sent a frame of opcode ${opcode}`;
    if (opcode >= CLOSE && payload.length > 125) return "the server sent a control frame of more than 125 bytes";
    if (opcode === CLOSE && payload.length > 0 && !isSendable(payload.readUInt16BE(0)))
      return `the server closed with ${payload.readUInt16BE(0)}`;
  }
  return undefined;
}

/** What is wrong with the answer; undefined when nothing is. @throws Error when the server lets nobody in any more. */
export async function play(fuzzed: FuzzCase, target: Target): Promise<string | undefined> {
  const connection = await open(fuzzed, target);
  try {
    for (const piece of fuzzed.pieces) {
      connection.write(fuzzed.kind === "http" ? filled(piece, target) : piece);
      if (fuzzed.kind !== "room") await after(0);
    }
    const isAnswered = () =>
      fuzzed.kind === "http" ? connection.statuses !== "" : connection.frames.some(({ opcode }) => opcode === CLOSE);
    await connection.until(isAnswered, fuzzed.kind === "room" ? LEAVING_MS : PATIENCE_MS);
    if (connection.text !== "" && !connection.text.startsWith("HTTP/1.1 ")) return "the server did not answer in HTTP";
    return connection.statuses.startsWith("101") ? judgeFrames(connection.frames) : undefined;
  } finally {
    connection.end();
  }
}
