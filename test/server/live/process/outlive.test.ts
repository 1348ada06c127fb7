/** Matches that outlive their process: it is killed, another one is started, and all who took part go on where they were. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterEach, expect, it, vi } from "vitest";
import type { SessionEnd } from "../../../../client/match/session-end.ts";
import { type JournalRecord, readRecords, writeRecord } from "../../../../server/journal/record.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { CLOSE_CODES } from "../../../../shared/engine/protocol/close-codes.ts";
import { games } from "../../../../shared/games/index.ts";
import { joinPlayer, type SocketPlayer } from "../../../kit/players/socket-player.ts";
import { joinStock } from "../../../kit/players/stock-chatter.ts";
import { StartedServer } from "../../../kit/servers/started-server.ts";
import { TYPESCRIPT } from "../../../kit/typescript.ts";
import { until } from "../../../kit/until.ts";

const game = games.find(({ name }) => name === "arena") as AnyGame;
const SEATS = 3;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

const folder = mkdtempSync(join(tmpdir(), "phalanx-outlive-"));
let server: StartedServer | undefined;
afterEach(async () => {
  await server?.kill();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** The server is killed and started again. @param between is done to what it left behind. */
async function restart(env: Readonly<Record<string, string>>, between = (): void => {}): Promise<StartedServer> {
  server!.signal("SIGKILL");
  await server!.ended;
  between();
  server = await StartedServer.start(env);
  return server;
}

/** Writes every record of the journal again, changed. */
function rewrite(change: (record: JournalRecord) => JournalRecord): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".journal"))) {
    const { records } = readRecords(readFileSync(join(folder, name)));
    writeFileSync(join(folder, name), Buffer.concat(records.map((record) => writeRecord(change(record)).slice())));
  }
}

const changeHead =
  (change: object) =>
  (record: JournalRecord): JournalRecord => {
    if (record.kind !== "open") return record;
    const head = JSON.parse(Buffer.from(record.bytes).toString()) as object;
    return { ...record, bytes: Buffer.from(JSON.stringify({ ...head, ...change })) };
  };

it("a killed process: everybody is in their seat again, and no frame is lost", { timeout: 120_000 }, async () => {
  const port = await freePort();
  const env = { PORT: String(port), JOURNAL: folder, LOG_LEVEL: "info" };
  server = await StartedServer.start(env);
  const url = `ws://127.0.0.1:${port}`;
  const players: SocketPlayer[] = [await joinPlayer(game, { url, bots: SEATS + 2 }, 1)];
  const { roomId } = players[0]!.session.room;
  for (let i = 1; i < SEATS; i++) players.push(await joinPlayer(game, { url, roomId }, i + 1));
  const sdk = new ColyseusSDK(url);
  const streamer: Room = await sdk.joinById(roomId, { name: "Stream" });
  const chatter = await joinStock(url, roomId, "Chatty");
  // Of its decoder, which says in no other way that it has lost the thread.
  const errors = vi.spyOn(console, "error").mockReturnValue(undefined);
  for (const room of [streamer, chatter.room]) room.reconnection.minUptime = 0;
  const tickOf = (room: Room): number => (room.state as { tick?: number }).tick ?? 0;
  chatter.send({ type: "say", text: "one", tag: 1 } as never);
  await until(
    "all play",
    () => players.every(({ session }) => session.client.confirmedTick > 40) && tickOf(streamer) > 40,
  );
  const seats = players.map(({ session }) => session.client.seat);
  const tickAtDeath = Math.max(...players.map(({ session }) => session.client.confirmedTick));

  await restart(env);
  await until("all play on", () => players.every(({ session }) => session.client.confirmedTick > tickAtDeath + 40));
  await until(
    "the stream goes on",
    () => tickOf(streamer) > tickAtDeath + 40 && tickOf(chatter.room) > tickAtDeath + 40,
  );
  chatter.send({ type: "say", text: "two", tag: 2 } as never);
  await until("the chat goes on", () => chatter.lines().some(({ text }) => text === "two"));

  expect(players.map(({ session }) => session.client.seat)).toEqual(seats);
  expect(players.map(({ session }) => session.client.stats.hashMismatches)).toEqual(seats.map(() => 0));
  expect(
    players.map(({ session }) => session.client.stats.snapshots),
    "only frames were sent",
  ).toEqual(seats.map(() => 1));
  expect(chatter.lines().map(({ id, text }) => ({ id, text }))).toEqual([
    { id: 1, text: "one" },
    { id: 2, text: "two" },
  ]);
  expect(errors).not.toHaveBeenCalled();
  const rooms = server.log.filter(({ msg }) => msg === "room goes on");
  expect(rooms.map(({ room }) => room)).toEqual([roomId]);
  await Promise.all([...players.map((player) => player.stop()), streamer.leave(), chatter.room.leave()]);
});

it.each([
  ["rules of another build", { logic: "0badbeef" }],
  ["a journal of another version", { version: 0 }],
])("%s: everybody is told so, with a code and a sentence", { timeout: 120_000 }, async (_what, change) => {
  const port = await freePort();
  const env = { PORT: String(port), JOURNAL: folder };
  server = await StartedServer.start(env);
  const url = `ws://127.0.0.1:${port}`;
  const player = await joinPlayer(game, { url, bots: SEATS }, 1);
  const streamer = await joinStock(url, player.session.room.roomId, "Stream");
  const ends: (SessionEnd | { code: number; reason?: string })[] = [];
  player.session.on("end", (end) => ends.push(end));
  streamer.room.onLeave((code, reason) => ends.push({ code, ...(reason === undefined ? {} : { reason }) }));
  await until("both play", () => player.session.client.confirmedTick > 10);
  await restart(env, () => rewrite(changeHead(change)));
  await until("both are told", () => ends.length === 2);
  const { code, sentence } = CLOSE_CODES["game/other-build"];
  expect(ends).toEqual([0, 1].map(() => ({ code, reason: `game/other-build: ${sentence}` })));
  expect((await fetch(`http://127.0.0.1:${port}/api/rooms`).then((answer) => answer.json())).rooms ?? []).toEqual([]);
});

it("a second server that is pointed at the same folder refuses with a sentence", { timeout: 60_000 }, async () => {
  server = await StartedServer.start({ PORT: String(await freePort()), JOURNAL: folder });
  const second = spawnSync(process.execPath, [...TYPESCRIPT, "server/boot/main.ts"], {
    env: { ...process.env, PORT: String(await freePort()), JOURNAL: folder },
    encoding: "utf8",
  });
  const whose = `process ${server.process.pid} on ${hostname()} writes its journal into ${folder}`;
  expect(second.stderr).toContain(`JOURNAL: ${whose}: end it, or give this one another folder\n`);
  expect(second.status).toBe(1);
});

it("a deploy: SIGTERM leaves the matches, and everybody is in step with the next process", {
  timeout: 120_000,
}, async () => {
  const port = await freePort();
  const env = { PORT: String(port), JOURNAL: folder, LOG_LEVEL: "info" };
  server = await StartedServer.start(env);
  const url = `ws://127.0.0.1:${port}`;
  const player = await joinPlayer(game, { url, bots: SEATS }, 1);
  const streamer = await joinStock(url, player.session.room.roomId, "Stream");
  await until("both play", () => player.session.client.confirmedTick > 30);
  const tick = player.session.client.confirmedTick;
  server.signal("SIGTERM");
  expect(await server.ended).toEqual([0, null]);
  expect(server.log.map(({ msg }) => msg)).toContain("matches are left to the next process");
  server = await StartedServer.start(env);
  await until("both play on", () => player.session.client.confirmedTick > tick + 40);
  await until("the stream goes on", () => ((streamer.room.state as { tick?: number }).tick ?? 0) > tick + 40);
  const { hashMismatches, snapshots } = player.session.client.stats;
  expect({ hashMismatches, snapshots }).toEqual({ hashMismatches: 0, snapshots: 1 });
  await Promise.all([player.stop(), streamer.room.leave()]);
});

it.each([
  ["cut in half", (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ["garbage", (bytes: Buffer) => Buffer.alloc(bytes.length, 0xa5)],
  ["empty", () => Buffer.alloc(0)],
])(
  "a journal that is %s: the server starts, and who comes back has a room again",
  { timeout: 120_000 },
  async (_what, damage) => {
    const port = await freePort();
    const env = { PORT: String(port), JOURNAL: folder };
    server = await StartedServer.start(env);
    const url = `ws://127.0.0.1:${port}`;
    const player = await joinPlayer(game, { url, bots: SEATS }, 1);
    const ends: SessionEnd[] = [];
    player.session.on("end", (end) => ends.push(end));
    await until("it plays", () => player.session.client.confirmedTick > 30);
    await restart(env, () => {
      for (const name of readdirSync(folder).filter((file) => file.endsWith(".journal")))
        writeFileSync(join(folder, name), damage(readFileSync(join(folder, name))));
    });
    const tick = player.session.client.confirmedTick;
    // Half a file is a younger match, which it goes back to; without a whole beginning the room is gone.
    await until("it plays on, or is told", () => player.session.client.confirmedTick > tick + 60 || ends.length > 0);
    expect(player.session.client.stats.hashMismatches).toBe(0);
    const other = await joinPlayer(game, { url, bots: SEATS }, 2);
    await until("another one plays", () => other.session.client.confirmedTick > 10);
    await Promise.all([player.stop(), other.stop()]);
  },
);
