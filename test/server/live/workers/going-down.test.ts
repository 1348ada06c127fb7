/** Several workers go down in order, whoever is signalled; a wrong setting ends the start with its sentence; late heads are cut as in one process. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { ColyseusSDK } from "@colyseus/sdk";
import { afterEach, expect, it } from "vitest";
import { CLOSE_CODES } from "../../../../shared/engine/protocol/close-codes.ts";
import { isGone } from "../../../kit/is-gone.ts";
import { SeveralWorkers } from "../../../kit/servers/several-workers.ts";
import { TYPESCRIPT } from "../../../kit/typescript.ts";
import { until } from "../../../kit/until.ts";

const LONG_MS = 120_000;
let workers: SeveralWorkers | undefined;
afterEach(() => workers?.stop());

it("SIGTERM to all at once, as terminals do it, is one signal; a second ends the matches, and all processes", {
  timeout: LONG_MS,
}, async () => {
  workers = await SeveralWorkers.start(2, { JOURNAL: "none", SHUTDOWN_SECONDS: "600" });
  const { server, url } = workers;
  const rooms = [...(await workers.roomOfEach("tag")).values()];
  const clients = await Promise.all(rooms.map((room) => new ColyseusSDK(url).joinById(room, {})));
  const notices: string[] = [];
  const ends: number[] = [];
  for (const client of clients) {
    client.onMessage("notice", ({ name }: { name: string }) => notices.push(name));
    client.onMessage("chat", () => {});
    client.onLeave((code) => ends.push(code));
  }
  const pids = [...workers.pids().values()];
  server.signalAll("SIGTERM");
  await until("players are told once", () => notices.length === 2);
  expect(ends).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(ends, "the matches go on").toEqual([]);
  server.signal("SIGTERM");
  expect(await server.ended).toEqual([0, null]);
  await until("the clients are closed", () => ends.length === 2);
  expect(ends).toEqual([CLOSE_CODES["server/shutdown"].code, CLOSE_CODES["server/shutdown"].code]);
  expect(notices).toEqual(["server/shutdown", "server/shutdown"]);
  expect(pids.filter((pid) => !isGone(pid))).toEqual([]);
});

it("a worker that is told to end does so in order, and is replaced", { timeout: LONG_MS }, async () => {
  workers = await SeveralWorkers.start(2, { JOURNAL: "none" });
  const pid = workers.pids().get(2)!;
  process.kill(pid, "SIGTERM");
  await until("another one is there", () => workers!.pids().get(2) !== pid);
  expect(workers.said("a worker has ended; another one is started")).toMatchObject([{ worker: 2, pid, code: 0 }]);
});

it("a head that does not come in time is cut by a worker, too", { timeout: LONG_MS }, async () => {
  workers = await SeveralWorkers.start(2, { JOURNAL: "none", HEADER_SECONDS: "1" });
  const socket = connect(workers.server.port, "127.0.0.1");
  let said = "";
  socket.on("data", (bytes: Buffer) => {
    said += bytes;
  });
  socket.write("GET / HTTP/1.1\r\nHost: a");
  await once(socket, "close");
  expect(said).toMatch(/^HTTP\/1\.1 408 /);
});

it.each([
  [{ TLS_CERT: "a.pem", TLS_KEY: "b.pem" }, /TLS_CERT works with WORKERS=1 alone/],
  [{ TOKEN_KEY: "nowhere.pem" }, /TOKEN_KEY=nowhere\.pem/],
])("%o ends the start with a sentence", { timeout: LONG_MS }, (env, sentence) => {
  const command = [...TYPESCRIPT, "server/boot/main.ts"];
  const settings = { ...process.env, PORT: "0", WORKERS: "2", JOURNAL: "none", ...env };
  const { status, stderr } = spawnSync(process.execPath, command, { env: settings, encoding: "utf8" });
  expect(stderr).toMatch(sentence);
  expect(status).toBe(1);
});
