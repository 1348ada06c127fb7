/** The TCP proxy of the test kit by itself, between plain sockets: what goes in comes out, late, in order, and bounded. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bothWays } from "../../../../shared/netsim/conditions.ts";
import { TcpProxy } from "../../../kit/lines/tcp-proxy.ts";
import { pause } from "../../../kit/pause.ts";
import { until } from "../../../kit/until.ts";

/** Timers know whole milliseconds. What a line was told is the least that a trip takes, however busy the machine is. */
const ROUNDED_MS = 1;

let server: Server;
let accepted: Socket[];
let proxy: TcpProxy;
/** What the server does with a connection; echoes unless a test says otherwise. */
let serve: (socket: Socket) => void;

beforeEach(async () => {
  accepted = [];
  serve = (socket) => void socket.pipe(socket);
  server = createServer((socket) => {
    accepted.push(socket);
    socket.on("error", () => {});
    serve(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  proxy = await TcpProxy.listen({ port: (server.address() as AddressInfo).port });
});
afterEach(async () => {
  await proxy.close();
  for (const socket of accepted) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

/** A client of the proxy, what it has received, and the error it was closed with. */
function client() {
  const socket = connect({ port: proxy.port, host: "127.0.0.1" });
  const seen = { socket, chunks: [] as Buffer[], length: 0, error: undefined as string | undefined, isClosed: false };
  socket.on("data", (bytes: Buffer) => {
    seen.chunks.push(bytes);
    seen.length += bytes.length;
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    seen.error = error.code;
  });
  socket.on("close", () => {
    seen.isClosed = true;
  });
  return seen;
}

/** Bytes that show it when some are missing or out of order. */
const pattern = (length: number): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 255));

it("passes bytes unchanged and in order over a network that is late, uneven and lossy", async () => {
  proxy.change(bothWays({ delayMs: 5, jitterMs: 20, lossRate: 0.1, stallMs: 30 }));
  const sent = pattern(100_000);
  const each = client();
  each.socket.write(sent);
  await until("everything is back", () => each.length === sent.length);
  expect(Buffer.concat(each.chunks).equals(sent)).toBe(true);
});

it("delays each way, for connections that are open already too", async () => {
  const each = client();
  const roundTrip = async (): Promise<number> => {
    const [start, before] = [performance.now(), each.length];
    each.socket.write("ping");
    await until("the echo", () => each.length > before);
    return performance.now() - start;
  };
  await roundTrip();
  // Others on this machine only make a trip longer: the shortest of three is the line's.
  const shortest = async (): Promise<number> => Math.min(await roundTrip(), await roundTrip(), await roundTrip());
  const undelayed = await shortest();
  proxy.change({ up: bothWays({ delayMs: 150 }).up, down: bothWays({ delayMs: 50 }).down });
  const slow = await shortest();
  expect(slow, "both delays, each once").toBeGreaterThanOrEqual(150 + 50 - ROUNDED_MS);
  proxy.change({ up: bothWays({ delayMs: 300 }).up, down: bothWays({ delayMs: 100 }).down });
  expect([undelayed < slow, slow < (await shortest())], "less, and more").toEqual([true, true]);
});

it("lets through no more than the bandwidth", async () => {
  proxy.change({ up: bothWays().up, down: bothWays({ bytesPerSecond: 100_000 }).down });
  const each = client();
  const start = performance.now();
  each.socket.write(pattern(50_000));
  await until("everything is back", () => each.length === 50_000);
  expect(performance.now() - start).toBeGreaterThanOrEqual((50_000 / 100_000) * 1000 - ROUNDED_MS);
});

it("that reads no more makes the sender wait, holds little, and goes on where it stopped", async () => {
  const sent = pattern(32 * 1024 * 1024);
  serve = () => {};
  const each = client();
  await until("it is connected", () => accepted.length === 1);
  const { down } = proxy.connections[0]!;
  down.pause();
  const sender = accepted[0]!;
  sender.write(sent);
  const before: number[] = [];
  await until("the sender is stuck", () => {
    before.push(sender.writableLength);
    return before.length > 50 && before.at(-1) === before.at(-50);
  });
  expect(sender.writableLength, "most of it is still with the sender").toBeGreaterThan(16 * 1024 * 1024);
  expect(down.waitingBytes).toBeLessThanOrEqual(512 * 1024);
  down.resume();
  let most = 0;
  await until("everything has come", () => {
    most = Math.max(most, down.waitingBytes);
    return sender.writableLength === 0;
  });
  expect(most).toBeLessThanOrEqual(512 * 1024);
  await until("nothing is missing", () => each.length === sent.length);
  expect(Buffer.concat(each.chunks).equals(sent)).toBe(true);
});

it("holds little while the receiver does not read, and goes on when it does", async () => {
  serve = (socket) => void socket.pause();
  const length = 32 * 1024 * 1024;
  const each = client();
  each.socket.write(pattern(length));
  await until("it is connected", () => proxy.connections.length === 1);
  const { up } = proxy.connections[0]!;
  let most = 0;
  const until500 = performance.now() + 500;
  await until("half a second is over", () => {
    most = Math.max(most, up.waitingBytes);
    return performance.now() > until500;
  });
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(512 * 1024);
  expect(each.socket.writableLength).toBeGreaterThan(0);
  let received = 0;
  accepted[0]!.on("data", (bytes: Buffer) => {
    received += bytes.length;
  });
  accepted[0]!.resume();
  await until("everything has come", () => received === length);
});

it("passes an end on after everything before it, and is rid of the connection", async () => {
  proxy.change(bothWays({ delayMs: 30, jitterMs: 30 }));
  const each = client();
  each.socket.end(pattern(20_000));
  await until("it is closed", () => each.isClosed);
  expect([each.error, each.length]).toEqual([undefined, 20_000]);
  await until("nothing is left", () => proxy.connections.length === 0);
});

it("cuts both ends with a reset, and what was under way is lost", async () => {
  const each = client();
  each.socket.write("hello");
  await until("the echo", () => each.length === 5);
  proxy.change(bothWays({ delayMs: 200 }));
  let isServerClosed = false;
  accepted[0]!.on("close", () => {
    isServerClosed = true;
  });
  each.socket.write("never heard");
  proxy.cutAll();
  await until("both are closed", () => each.isClosed && isServerClosed);
  expect([each.error, each.length, proxy.connections.length]).toEqual(["ECONNRESET", 5, 0]);
});

it("refuses new connections for a while, and only new ones", async () => {
  const old = client();
  await until("it is connected", () => accepted.length === 1);
  proxy.refuse(300);
  const turnedAway = client();
  await until("it is turned away", () => turnedAway.isClosed);
  expect([turnedAway.error, proxy.refused, accepted.length]).toEqual(["ECONNRESET", 1, 1]);
  old.socket.write("hello");
  await until("the old one goes on", () => old.length === 5);
  await pause(310);
  const welcome = client();
  welcome.socket.write("hello");
  await until("a new one is served", () => welcome.length === 5);
});

it("resets a client when there is no server behind it", async () => {
  await new Promise((resolve) => server.close(resolve));
  const each = client();
  await until("it is closed", () => each.isClosed);
  expect(proxy.connections).toEqual([]);
  server.listen(0, "127.0.0.1");
});
