/** The runner of a row: does what it says and reports how it ended, in the words of the rows. */
import { CLOSE, frame, PING, PONG } from "../kit/wire/frames.ts";
import { RawConnection } from "../kit/wire/raw-connection.ts";
import { handshake, type Target } from "../kit/wire/target.ts";
import type { FramesRow, HttpRow, Row } from "./row.ts";

const PATIENCE_MS = 6000;
const ACKNOWLEDGE = frame(2, Uint8Array.of(10));
const ALIVE = "are you there";

/** What became of an open WebSocket: closed with a code, cut, or still answering. */
export async function endOf(connection: RawConnection): Promise<string> {
  connection.write(frame(PING, ALIVE));
  const closed = () => connection.frames.find(({ opcode }) => opcode === CLOSE);
  const isAlive = () =>
    connection.frames.some(({ opcode, payload }) => opcode === PONG && payload.toString() === ALIVE);
  await connection.until(() => closed() !== undefined || isAlive(), PATIENCE_MS);
  // A close may be under way behind the pong.
  if (closed() === undefined && isAlive()) await connection.until(() => closed() !== undefined, 50);
  const last = closed();
  if (connection.frames.some(({ isMasked }) => isMasked)) return "a masked frame (RFC 6455 5.1)";
  if (last !== undefined) return last.payload.length < 2 ? "close" : `close ${last.payload.readUInt16BE(0)}`;
  if (connection.isClosed) return "cut";
  return isAlive() ? "open" : "silence";
}

async function runHttp({ send, from }: HttpRow, target: Target): Promise<string> {
  const connection = await RawConnection.open(target.port, from);
  await connection.play(typeof send === "function" ? send(target) : send);
  const isUpgraded = () => connection.statuses.endsWith("101");
  await connection.until(() => connection.isClosed || isUpgraded(), PATIENCE_MS);
  const { statuses, isClosed } = connection;
  connection.end();
  return statuses || (isClosed ? "cut" : "silence");
}

async function open({ seat, plane }: FramesRow, target: Target): Promise<RawConnection> {
  if (seat === "none") {
    const connection = await RawConnection.open(target.port);
    connection.write(handshake());
    await connection.until(() => connection.statuses === "101", PATIENCE_MS);
    return connection;
  }
  const connection = await target.enter(await target.reserve(plane));
  if (seat === "joined") connection.write(ACKNOWLEDGE);
  return connection;
}

async function runFrames(row: FramesRow, target: Target): Promise<string> {
  const connection = await open(row, target);
  await connection.play(row.send);
  const end = await endOf(connection);
  connection.end();
  return end;
}

export function runRow(row: Row, target: Target): Promise<string> {
  switch (row.kind) {
    case "http":
      return runHttp(row, target);
    case "frames":
      return runFrames(row, target);
    case "flow":
      return row.run(target);
  }
}
