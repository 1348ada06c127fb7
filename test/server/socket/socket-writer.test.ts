/** Writing without the stream: in order whatever else writes, nothing lost where the kernel is full, and safe where it cannot be done. */
import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readDirectly } from "../../../server/socket/direct-read.ts";
import { SocketWriter } from "../../../server/socket/socket-writer.ts";
import { until } from "../../kit/until.ts";

/** More than the buffers of both ends take. */
const MUCH = 16 * 1024 * 1024;

let server: Server;
const open: Socket[] = [];
beforeEach(async () => {
  // As sockets of HTTP servers are.
  server = createServer({ allowHalfOpen: true });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
  server.close();
});

/** Both ends of a connection; the far end reads nothing before it is told to. */
async function pair() {
  const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
  const far = dial({ port: (server.address() as { port: number }).port, host: "127.0.0.1", allowHalfOpen: true });
  const near = await accepted;
  open.push(near, far);
  for (const socket of [near, far]) socket.on("error", () => {});
  const got: Buffer[] = [];
  let count = 0;
  far.on("data", (bytes) => {
    got.push(bytes);
    count += bytes.length;
  });
  far.pause();
  return { near, far, line: new SocketWriter(near), got: () => Buffer.concat(got), count: () => count };
}

const filled = (length: number, value: number): Buffer => Buffer.alloc(length, value);

describe("a plain connection", () => {
  it("is written to past its stream, in order with what others write through it", async () => {
    const { near, far, line, got } = await pair();
    const throughStream = vi.spyOn(near, "write");
    line.write(Buffer.of(1));
    near.write(Buffer.of(2));
    near.cork();
    near.write(Buffer.of(3));
    line.write(Buffer.of(4));
    near.uncork();
    line.write(Buffer.of(5));
    expect(
      throughStream.mock.calls.map(([bytes]) => (bytes as Buffer)[0]),
      "past it, but for what comes behind something that waits in it",
    ).toEqual([2, 3, 4]);
    far.resume();
    await until("all came", () => got().length === 5);
    expect([...got()]).toEqual([1, 2, 3, 4, 5]);
    await until("nothing waits", () => near.writableLength === 0);
    line.write(Buffer.of(6));
    expect(throughStream).toHaveBeenCalledTimes(3);
    await until("the last came", () => got().length === 6);
  });

  it("keeps what a full kernel does not take, and several of them at once do not mix", async () => {
    const ends = [await pair(), await pair()];
    for (const [i, { near, line }] of ends.entries()) {
      line.write(filled(MUCH, i + 1));
      expect([line.unsentBytes, near.writableLength], "not the stream's").toEqual([MUCH, 0]);
      line.write(Buffer.of(i + 11));
      expect([line.unsentBytes, near.writableLength], "which has what comes next").toEqual([MUCH + 1, 1]);
    }
    for (const [i, { far, line, got, count }] of ends.entries()) {
      far.resume();
      await until("all came", () => count() === MUCH + 1);
      expect(got().equals(Buffer.concat([filled(MUCH, i + 1), Buffer.of(i + 11)]))).toBe(true);
      await until("nothing waits", () => line.unsentBytes === 0);
    }
  });

  it("is ended when the other end is gone while something waits", async () => {
    const { near, far, line } = await pair();
    line.write(filled(MUCH, 1));
    far.resetAndDestroy();
    await until("it is gone", () => near.destroyed && !line.isOpen);
    await until("nothing waits", () => line.unsentBytes === 0);
    expect(() => line.write(Buffer.of(1)), "too late, and harmless").not.toThrow();
  });

  it("writes nothing from a close on, and says so itself when the other end has none", async () => {
    const ends = [await pair(), await pair()];
    ends[0]!.line.isOpen = false;
    ends[1]!.near.resume();
    ends[1]!.far.end();
    await until("its end has come", () => !ends[1]!.line.isOpen);
    for (const { near, far, line, got } of ends) {
      line.write(Buffer.of(1));
      near.end(Buffer.of(2));
      far.resume();
      await until("all came", () => got().length > 0);
      expect([...got()]).toEqual([2]);
    }
  });

  it("tells what it has written like any other", async () => {
    const { near, line } = await pair();
    line.write(filled(1000, 1));
    expect(near.bytesWritten).toBe(1000);
  });
});

it("what is read is handed over without Node's own call, which would look at the socket", async () => {
  const { near } = await pair();
  const handle = (near as unknown as { _handle: { onread: unknown } })._handle;
  const before = handle.onread;
  expect(readDirectly(near, () => {})).toBe(true);
  expect([typeof before, handle.onread === before]).toEqual(["function", false]);
});

describe("on a Node that does not show its inside", () => {
  it("a connection is written to through its stream, and read without a look at what is not there", async () => {
    vi.resetModules();
    vi.doMock("../../../server/socket/stream-wrap.ts", () => ({ streamWrap: undefined }));
    const blind = await import("../../../server/socket/socket-writer.ts");
    const { readDirectly: readBlind } = await import("../../../server/socket/direct-read.ts");
    vi.doUnmock("../../../server/socket/stream-wrap.ts");
    const { near, far, got } = await pair();
    const line = new blind.SocketWriter(near);
    const throughStream = vi.spyOn(near, "write");
    const read: string[] = [];
    expect(readBlind(near, (buffer, count) => read.push(buffer.toString("utf8", 0, count)))).toBe(true);
    near.resume();
    far.resume();
    far.write("up");
    line.write(Buffer.of(1));
    line.write(Buffer.of(2));
    await until("both came", () => got().length === 2 && read.length === 1);
    expect([[...got()], read, throughStream.mock.calls.length]).toEqual([[1, 2], ["up"], 2]);
  });
});

it("a prefetch looks at the connection and changes nothing, open, waiting, closed, or without a handle", async () => {
  const { near, far, line, count } = await pair();
  const look = vi.spyOn((near as unknown as { _handle: { writeQueueSize: number } })._handle, "writeQueueSize", "get");
  line.prefetch();
  expect(look, "Node's own count of what waits").toHaveBeenCalledTimes(1);
  line.write(filled(MUCH, 1));
  line.prefetch();
  expect(line.unsentBytes).toBe(MUCH);
  far.resume();
  await until("all came", () => count() === MUCH);
  near.destroy();
  await until("closed", () => near.closed);
  line.prefetch();
  new SocketWriter({
    _handle: null,
    writableLength: 0,
    write: vi.fn(),
    once: vi.fn().mockReturnThis(),
  } as never).prefetch();
});

it("what waits is kept from the collector until it is written, and its failure ends the connection", async () => {
  const requests: { buffer?: Uint8Array; oncomplete?: (status: number) => void }[] = [];
  class WriteWrap {
    constructor() {
      requests.push(this);
    }
  }
  vi.resetModules();
  const streamWrap = { WriteWrap, streamBaseState: [1], kLastWriteWasAsync: 0, kReadBytesOrError: 0 };
  vi.doMock("../../../server/socket/stream-wrap.ts", () => ({ streamWrap }));
  const { SocketWriter: FullLine } = await import("../../../server/socket/socket-writer.ts");
  vi.doUnmock("../../../server/socket/stream-wrap.ts");
  const destroy = vi.fn();
  class TCP {
    writeBuffer = () => 0;
  }
  const once = vi.fn().mockReturnThis();
  const line = new FullLine({ _handle: new TCP(), writableLength: 0, write: vi.fn(), once, destroy } as never);
  const bytes = Buffer.of(1);
  line.write(bytes);
  expect([requests[0]!.buffer, line.unsentBytes]).toEqual([bytes, 1]);
  requests[0]!.oncomplete!(0);
  expect([destroy.mock.calls.length, line.unsentBytes]).toEqual([0, 0]);
  line.write(bytes);
  requests[1]!.oncomplete!(-32);
  expect(destroy).toHaveBeenCalledTimes(1);
});

describe("where it cannot be done", () => {
  const fake = (handle: object | null) => {
    const write = vi.fn();
    return {
      write,
      line: new SocketWriter({ _handle: handle, writableLength: 0, write, once: vi.fn().mockReturnThis() } as never),
    };
  };

  it.each([
    ["a socket that is gone", null],
    ["one of TLS", new (class TLSWrap {})()],
  ])("%s is written to through its stream", (_what, handle) => {
    const { write, line } = fake(handle);
    const bytes = Buffer.of(1);
    line.write(bytes);
    expect(write.mock.calls).toEqual([[bytes]]);
  });

  it("a write that fails is made again through the stream, which fails in its own way", () => {
    const writeBuffer = vi.fn(() => -32);
    class TCP {
      writeBuffer = writeBuffer;
    }
    const { write, line } = fake(new TCP());
    const bytes = Buffer.of(1);
    line.write(bytes);
    expect([writeBuffer.mock.calls.length, write.mock.calls]).toEqual([1, [[bytes]]]);
    expect(line.unsentBytes).toBe(0);
  });
});
