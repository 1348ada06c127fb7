/**
 * The outflow of a socket is known while one large piece is half gone: over TCP, over TLS, and where Node does not show
 * it.
 */
import { connect, createServer, type Server, type Socket } from "node:net";
import { expect, it } from "vitest";
import { SocketWriter } from "../../../server/socket/socket-writer.ts";
import { GuardedServer } from "../../kit/servers/guarded-server.ts";
import { until } from "../../kit/until.ts";

/** More than the kernel takes between two sockets of one machine. */
const MUCH = 12 * 1024 * 1024;

async function expectToSee(
  line: SocketWriter,
  far: { pause(): void; resume(): void },
  write: (bytes: Buffer) => void,
): Promise<void> {
  const before = line.writtenBytes;
  far.pause();
  write(Buffer.alloc(MUCH));
  write(Buffer.alloc(1000));
  const written = line.writtenBytes - before;
  expect(written).toBeGreaterThanOrEqual(MUCH + 1000);
  const gone = (): number => line.takenBytes - before;
  const first = gone();
  expect(first).toBeLessThan(written);
  const seen = new Set<number>();
  // A little at a time, so that the kernel is not emptied at once.
  let isReading = true;
  const reading = setInterval(() => {
    far.resume();
    setImmediate(() => isReading && far.pause());
  }, 2);
  await until("it sees most of it go, and not at once", () => {
    seen.add(gone());
    return gone() > 0.9 * MUCH;
  });
  expect(seen.size, "steps of one piece").toBeGreaterThan(2);
  expect([...seen], "never less").toEqual([...seen].sort((a, b) => a - b));
  clearInterval(reading);
  isReading = false;
  far.resume();
  await until("all is gone", () => line.unsentBytes === 0);
  expect([line.takenBytes, line.writtenBytes - before]).toEqual([line.writtenBytes, written]);
}

it("over TCP, directly and through the stream", async () => {
  let server!: Server;
  const accepted = new Promise<Socket>((resolve) => {
    server = createServer(resolve).listen(0, "127.0.0.1");
  });
  await new Promise((resolve) => server.once("listening", resolve));
  const far = connect((server.address() as { port: number }).port, "127.0.0.1");
  const near = await accepted;
  const line = new SocketWriter(near);
  await expectToSee(line, far, (bytes) => line.write(bytes));
  await expectToSee(line, far, (bytes) => void near.write(bytes));
  for (const end of [near, far, server]) "destroy" in end ? end.destroy() : end.close();
});

it("over TLS", async () => {
  const server = await GuardedServer.start(true);
  const { client, ws } = await server.open();
  await expectToSee(ws.line, client, (bytes) => ws.send(bytes));
  await server.stop();
});

it("a socket that does not show it is known by whole pieces", () => {
  const socket = { _handle: null, writableLength: 0, write: () => true, once: () => socket };
  const line = new SocketWriter(socket as never);
  line.write(Buffer.alloc(7));
  expect([line.writtenBytes, line.takenBytes]).toEqual([7, 7]);
  socket.writableLength = 7;
  expect([line.unsentBytes, line.takenBytes]).toEqual([7, 0]);
});
