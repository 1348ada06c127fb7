/**
 * The buffer that all connections are read into: nothing keeps its bytes, and here they are other bytes after every
 * read.
 */
import type { Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { WebSocket, WebSocketServer } from "ws";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../../shared/engine/game/random.ts";
import { games } from "../../../../shared/games/index.ts";
import { hashesOf } from "../../../kit/after-tick.ts";
import { flipBit } from "../../../kit/memory/flip-bit.ts";
import { pause } from "../../../kit/pause.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { joinStock } from "../../../kit/players/stock-chatter.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const POISON = 0xa5;
const LINES = 5;
const HEALS = 3;

/** The smallest world there is: what a client shows of it is one short frame. */
const tag = games.find(({ name }) => name === "tag") as AnyGame;

let server: RealServer;
let poisoned = 0;
beforeAll(async () => {
  server = await startServer({ games });
  const { wss } = server.app.transport as unknown as { readonly wss: WebSocketServer };
  wss.on("connection", (ws: WebSocket) => poison(Reflect.get(ws, "_socket") as Socket));
});
afterAll(() => server.stop());

function poison(socket: Socket): void {
  const symbol = Object.getOwnPropertySymbols(socket).find(({ description }) => description === "kBuffer");
  const shared = Reflect.get(socket, symbol!) as Buffer;
  const handle = Reflect.get(socket, "_handle") as { onread(buffer: unknown): unknown };
  const { onread } = handle;
  handle.onread = (buffer) => {
    onread.call(handle, buffer);
    shared.fill(POISON);
    poisoned++;
  };
}

it("lockstep and stream clients play, chat and are healed as ever", async () => {
  const player = await joinPlayer(tag, { url: server.url, newRoom: true, bots: 2, name: "Ada" }, 1);
  const { roomId } = player.session.room;
  const witness = await joinPlayer(tag, { url: server.url, roomId, name: "Bo" }, 2);
  const stock = await joinStock(server.url, roomId, "Lin");
  const { match } = server.room(roomId);
  const hashes = hashesOf(match);
  const { client } = player.session;
  await until("they play", () => client.confirmedTick > 20 && witness.session.client.confirmedTick > 20);

  const random = new WorldRandom(3);
  for (let heal = 1; heal <= HEALS; heal++) {
    flipBit(client.confirmed, random);
    await until("it is healed", () => client.stats.heals === heal);
    expect(client.confirmed.hash()).toBe(hashes.get(client.confirmedTick));
    await until("it is in step", () => client.confirmedTick > match.world.tick - 3);
    await pause(300);
  }
  expect(match.sessions.healing.counts).toEqual({ byDifference: HEALS, whole: 0 });

  for (let i = 0; i < LINES; i++) {
    stock.send({ text: `line ${i} 帧同步`, tag: i });
    stock.room.send("input", { dx: 1, dy: -1 });
    await pause(40);
  }
  await until("every line is back", () => stock.lines().length + stock.errors.length === LINES);
  expect(stock.errors).toEqual([]);
  expect(stock.lines().map(({ text }) => text)).toEqual(Array.from({ length: LINES }, (_, i) => `line ${i} 帧同步`));
  await until("they step on", () => witness.session.client.confirmedTick > client.stats.heals + 40);

  const { answers } = match.sessions;
  for (const bad of ["malformed", "input/invalid", "input/not-accepted", "state/malformed", "acknowledgement/ahead"])
    expect(answers.has(bad as never), bad).toBe(false);
  for (const { hashes: own, session } of [player, witness]) {
    expect(session.client.stats.snapshots, "nobody was lost").toBe(1);
    expect(own.get(session.client.confirmedTick)).toBe(hashes.get(session.client.confirmedTick));
  }
  expect(poisoned).toBeGreaterThan(50);
  await stock.room.leave();
  await Promise.all([player.stop(), witness.stop()]);
});
