/** The short ways in and out over real sockets, plain and TLS: the same as `ws` alone, in order, and no private name gone. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { streamWrap } from "../../../../server/socket/stream-wrap.ts";
import { webSocketFrame } from "../../../../server/socket/web-socket-frame.ts";
import { anyCuts, chunksOf, rightStream } from "../../../kit/parts/any-stream.ts";
import { WirePeer } from "../../../kit/parts/wire-peer.ts";
import { turn } from "../../../kit/parts/wire-socket.ts";
import { type Accepted, GuardedServer } from "../../../kit/servers/guarded-server.ts";
import { until } from "../../../kit/until.ts";
import { BINARY, close, frame, PING, times } from "../../../kit/wire/frames.ts";

const RUNS = 25;
const OPCODE = 13;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** What becomes of a stream by `ws` alone. */
async function stock(stream: readonly Buffer[]): Promise<WirePeer> {
  const peer = new WirePeer({});
  await peer.socket.receive(Buffer.concat(stream));
  await peer.settle();
  await peer.end();
  return peer;
}

/** Notes messages by whichever way they come. */
function listen(ws: Accepted, events: string[]): void {
  ws.onFrame = (payload) => events.push(`message ${hex(payload)}`);
  ws.on("message", (payload: Buffer) => events.push(`message ${hex(payload)}`));
  ws.on("ping", (payload) => events.push(`ping ${hex(payload)}`));
  ws.on("pong", (payload) => events.push(`pong ${hex(payload)}`));
  ws.on("close", (code, reason) => events.push(`closed ${code} ${reason}`));
}

describe.each([
  ["ws", false],
  ["wss", true],
])("%s", (_name, isSecure) => {
  let server: GuardedServer;
  beforeAll(async () => {
    server = await GuardedServer.start(isSecure);
  });
  afterAll(() => server.stop());

  it("what it uses of ws and of Node is still there", async () => {
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: { ws: string } };
    expect(dependencies.ws, "ws is pinned exactly: hardened-socket.ts reads what it does not promise").toMatch(
      /^[\d.]+$/,
    );
    const { client, ws } = await server.openBytes();
    const receiver = Reflect.get(ws, "_receiver") as Record<string, unknown>;
    const types = { _state: "number", _bufferedBytes: "number", _fragmented: "number", _errored: "boolean" };
    const methods = { _write: "function", write: "function", writableLength: "number" };
    for (const [name, type] of Object.entries({ ...types, ...methods }))
      expect(typeof receiver[name], `ws has changed: its receiver's ${name}, which hardened-socket.ts reads`).toBe(
        type,
      );
    expect(receiver._state, "ws has changed: a receiver between two frames has another state").toBe(0);
    const symbols = Object.getOwnPropertySymbols(ws._socket).map(({ description }) => description);
    for (const name of ["kBuffer", "kBufferGen", "kBufferCb"])
      expect(symbols, `Node has changed: ${name} of sockets, which direct-read.ts sets, is gone`).toContain(name);
    const handle = Reflect.get(ws._socket, "_handle") as Record<string, unknown>;
    for (const name of ["useUserBuffer", "writeBuffer", "onread"])
      expect(typeof handle[name], `Node has changed: ${name} of a socket's handle is gone`).toBe("function");
    expect(handle.writeQueueSize, "Node has changed: a look at what waits, which prefetches, finds nothing").toBe(0);
    expect(streamWrap, "Node has changed: it shows nothing of what stream-wrap.ts looks for").toBeDefined();
    const throughStream = vi.spyOn(ws._socket, "write");
    ws.line.write(webSocketFrame(OPCODE, 1, new Uint8Array(9)));
    expect(throughStream.mock.calls.length, "past the stream, but for TLS").toBe(isSecure ? 1 : 0);
    throughStream.mockRestore();
    const payloads: Uint8Array[] = [];
    ws.onFrame = (payload) => payloads.push(payload);
    const lies = Object.getOwnPropertySymbols(ws._socket).find(({ description }) => description === "kBuffer")!;
    for (let i = 1; i <= 2; i++) {
      const sent = frame(BINARY, `hello ${i}`);
      client.write(sent);
      await until("the message is here", () => payloads.length === i);
      expect(
        (Reflect.get(ws._socket, lies) as Buffer).subarray(0, sent.length),
        "messages are not read into the shared buffer any more",
      ).toEqual(sent);
    }
    expect(payloads[1], "one view for all payloads of a length").toBe(payloads[0]);
    client.destroy();
  });

  it("any right stream, cut anywhere: the same messages and answers, in the same order", async () => {
    const ending = frame(PING, "the end");
    await fc.assert(
      fc.asyncProperty(rightStream, anyCuts, fc.boolean(), async (stream, cuts, isPatient) => {
        const expected = await stock([...stream, ending]);
        const events: string[] = [];
        const pair = await server.openBytes(Buffer.alloc(0), (ws) => listen(ws, events));
        for (const chunk of [...chunksOf(stream, cuts), ending]) {
          pair.client.write(chunk);
          if (isPatient) for (let i = 0; i < 3; i++) await turn();
        }
        await until("the end is answered", () => pair.frames.at(-1)?.payload.toString() === "the end");
        pair.client.end();
        await until("the server knows that it is over", () => pair.ws.readyState === WebSocket.CLOSED);
        expect(events).toEqual(expected.events);
        expect(pair.frames.map(({ opcode, payload }) => `${opcode} ${hex(payload)}`)).toEqual(expected.answers);
      }),
      { numRuns: RUNS },
    );
  });

  it("frames that come with the handshake come first", async () => {
    const events: string[] = [];
    const all = Buffer.concat(Array.from({ length: 9 }, (_, i) => frame(BINARY, Uint8Array.of(i))));
    const { client } = await server.openBytes(all.subarray(0, 30), (ws) => listen(ws, events));
    client.write(all.subarray(30));
    await until("all are here", () => events.length === 9);
    expect(events).toEqual(Array.from({ length: 9 }, (_, i) => `message 0${i}`));
    client.destroy();
  });

  it("no bytes of a client end the process: what waits behind an error is not read", async () => {
    const events: string[] = [];
    const { client, ws } = await server.openBytes(Buffer.alloc(0), (one) => listen(one, events));
    client.write(Buffer.concat(times(800, frame(BINARY, "x"))));
    while (events.length < 9) await turn();
    client.write(close(999, "why"));
    for (let i = 0; i < 20; i++) await turn();
    client.write(Buffer.concat(times(9, frame(BINARY, "and more"))));
    expect(events.length, "most still wait").toBeLessThan(700);
    await until("it is closing", () => ws.readyState !== WebSocket.OPEN);
    client.end();
    await until("it is closed", () => ws.readyState === WebSocket.CLOSED);
    expect(events).toEqual([...times(800, "message 78"), "closed 1002 "]);
  });

  it("who stops writing and still reads is answered to the end", async () => {
    const { client, ws } = await server.openBytes();
    const got: string[] = [];
    ws.onFrame = (payload) => got.push(payload.toString());
    client.write(frame(BINARY, "last"));
    client.end();
    await until("it is closed", () => ws.readyState === WebSocket.CLOSED);
    expect(got).toEqual(["last"]);
    ws.line.write(webSocketFrame(OPCODE, 1, new Uint8Array(9)));
    ws.send("x", () => {});
  });

  it("finished frames and those of ws arrive in the order of the calls, whatever their size", async () => {
    const { client, ws } = await server.open();
    const got: Buffer[] = [];
    client.on("message", (bytes: Buffer) => got.push(bytes));
    const sizes = [0, 1, 122, 123, 124, 125, 65_532, 65_533, 65_534, 65_535, 200_000];
    for (const [i, size] of sizes.entries()) {
      ws.line.write(webSocketFrame(OPCODE, i, new Uint8Array(size).fill(i)));
      ws.send(Uint8Array.of(i));
    }
    await until("all are here", () => got.length === sizes.length * 2);
    for (const [i, size] of sizes.entries()) {
      const expected = Buffer.from([OPCODE, i, ...new Uint8Array(size).fill(i)]);
      expect(got[i * 2]!.equals(expected), `a payload of ${size} bytes`).toBe(true);
      expect(got[i * 2 + 1]).toEqual(Buffer.of(i));
    }
    client.terminate();
  });

  it("to a slow reader too; what waits is counted whichever way it was sent; after the close nothing is", async () => {
    const { client, ws } = await server.open();
    const got: number[] = [];
    client.on("message", (bytes: Buffer) => got.push(bytes.readUInt32BE(2)));
    client.pause();
    const payload = Buffer.alloc(16 * 1024);
    const write = (number: number): void => {
      payload.writeUInt32BE(number);
      if (number % 2 === 0) ws.line.write(webSocketFrame(OPCODE, 1, payload));
      else ws.send(Buffer.concat([Buffer.of(OPCODE, 1), payload]));
    };
    let sent = 0;
    // Until the kernel takes no more.
    while (ws.line.unsentBytes < 1_000_000 && sent < 10_000) {
      write(sent++);
      if (sent % 16 === 0) await turn();
    }
    await turn();
    const before = ws.line.unsentBytes;
    write(sent++);
    const byOne = ws.line.unsentBytes - before;
    write(sent++);
    expect([byOne, ws.line.unsentBytes - before - byOne]).toEqual(times(2, payload.length + 2 + 4));
    client.resume();
    await until("all are here", () => got.length === sent);
    expect(got).toEqual(Array.from({ length: sent }, (_, i) => i));
    await until("nothing waits", () => ws.line.unsentBytes === 0);
    ws.close(4000, "enough");
    ws.line.write(webSocketFrame(OPCODE, 1, payload));
    expect(ws.line.unsentBytes, "at most the close waits").toBeLessThan(100);
    await until("it is closed", () => client.readyState === WebSocket.CLOSED);
    expect(got.length).toBe(sent);
  });
});
