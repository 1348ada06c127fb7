/** A stock socket as rooms use it: every frame becomes a message, all bytes are counted, and closes are known. */
import { expect, it } from "vitest";
import { type StockWebSocket, stockSocket } from "../../../server/colyseus/stock-socket.ts";
import { webSocketFrame } from "../../../server/socket/web-socket-frame.ts";

class FakeSocket implements StockWebSocket {
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: Uint8Array[] = [];
  readonly closes: unknown[] = [];

  send(data: Uint8Array): void {
    this.sent.push(data);
  }

  close(...how: unknown[]): void {
    this.closes.push(how);
  }
}

const LENGTHS = [0, 1, 123, 124, 65_533, 65_534, 70_000];
const payload = (length: number): Uint8Array => new Uint8Array(length).fill(length % 251);

it("sends the payload of each frame of one write as a message of its own", () => {
  const ws = new FakeSocket();
  const frames = Buffer.concat(LENGTHS.map((length) => webSocketFrame(17, 3, payload(length))));
  // Somewhere in a larger buffer, as all that Node allocates.
  const held = Buffer.concat([Buffer.of(9, 9, 9), frames]).subarray(3);
  stockSocket(ws).line.write(held);
  expect(ws.sent.map((data) => [data[0], data[1], data.length])).toEqual(LENGTHS.map((length) => [17, 3, length + 2]));
  for (const [i, data] of ws.sent.entries())
    expect(Buffer.from(data.subarray(2)).equals(payload(LENGTHS[i]!))).toBe(true);
  expect(stockSocket(ws).line.writtenBytes, "headers included").toBe(frames.length);
});

it("knows what of it is taken, by whichever way it was written, and never less than before", () => {
  const ws = new FakeSocket();
  const { line } = stockSocket(ws);
  ws.send(payload(98));
  expect([line.writtenBytes, line.takenBytes]).toEqual([100, 100]);
  line.write(webSocketFrame(17, 3, payload(96)));
  ws.bufferedAmount = 60;
  expect([line.writtenBytes, line.takenBytes, line.unsentBytes]).toEqual([200, 140, 60]);
  ws.bufferedAmount = 90;
  expect(line.takenBytes).toBe(140);
});

it("writes nothing to what is being closed, and knows by what code this side did it", () => {
  const ws = new FakeSocket();
  const socket = stockSocket(ws);
  expect(socket.closedWith).toBeUndefined();
  ws.close(4113, "out");
  ws.close(1000);
  ws.readyState = 2;
  socket.line.write(webSocketFrame(17, 3, payload(1)));
  expect([socket.closedWith, ws.sent, ws.closes]).toEqual([
    4113,
    [],
    [
      [4113, "out"],
      [1000, undefined],
    ],
  ]);
  expect(stockSocket(ws), "one for each connection").toBe(socket);
});
