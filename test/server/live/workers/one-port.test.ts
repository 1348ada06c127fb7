/** Several workers behind one port: rooms of all of them are found and joined through it, and nobody notices whose they are. */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plainRecord } from "../../../../client/stream/plain-record.ts";
import { codecOf } from "../../../../shared/engine/codec/codec.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { joinPlayer, type SocketPlayer } from "../../../kit/players/socket-player.ts";
import { SeveralWorkers } from "../../../kit/servers/several-workers.ts";
import { until } from "../../../kit/until.ts";
import { frame, PING, PONG } from "../../../kit/wire/frames.ts";
import { RawConnection } from "../../../kit/wire/raw-connection.ts";
import { handshake } from "../../../kit/wire/target.ts";

const TICKS = 60;
const arena = games.find(({ name }) => name === "arena") as AnyGame;
const codec = codecOf<object>(arena.state, arena.name);

let workers: SeveralWorkers;
let url: string;
beforeAll(async () => {
  workers = await SeveralWorkers.start(2);
  ({ url } = workers);
});
afterAll(() => workers.stop());

/** The worlds of a lockstep client by tick, and of a stock client. */
function compare(lockstep: SocketPlayer, stock: Room) {
  const worlds = new Map<number, object>();
  const streamed = new Map<number, unknown>();
  const timer = setInterval(() => {
    const { confirmed } = lockstep.session.client;
    if (worlds.has(confirmed.tick)) return;
    const copy = codec.create();
    codec.copy(confirmed.state as object, copy);
    worlds.set(confirmed.tick, copy);
  }, 5);
  stock.onStateChange((state: { tick: number; world: { toJSON(): unknown } }) => {
    streamed.set(state.tick, plainRecord(codec.layout, state.world));
  });
  return { worlds, streamed, stop: () => clearInterval(timer) };
}

it("twelve clients in four rooms of two workers: one world in each, whoever was asked and whatever plane", async () => {
  const join = (roomId: string, seed: number) => joinPlayer(arena, { url, roomId }, seed);
  // A room to which nobody comes is closed after some seconds, however busy the machine is.
  const pair = async () => Promise.all([...(await workers.roomOfEach("arena")).values()].map(join));
  const hosts = [...(await pair()), ...(await pair())];
  const rooms = hosts.map(({ session }) => session.room.roomId);
  const guests = await Promise.all(rooms.map((roomId, i) => join(roomId, 100 + i)));
  const stock = await Promise.all(rooms.map((roomId) => new ColyseusSDK(url).joinById(roomId, {})));
  const pairs = hosts.map((host, i) => compare(host, stock[i]!));
  const start = Math.max(...hosts.map(({ session }) => session.client.confirmedTick));
  const commonOf = (i: number) => [...guests[i]!.hashes].filter(([tick]) => hosts[i]!.hashes.has(tick));
  await until("they play", () =>
    [...hosts, ...guests].every(({ session }) => session.client.confirmedTick > start + TICKS),
  );
  await until("both have looked at the same ticks", () => guests.every((_, i) => commonOf(i).length > TICKS / 2));
  for (const [i, { session }] of guests.entries()) {
    const common = commonOf(i);
    for (const [tick, hash] of common) expect(hash, `tick ${tick}`).toBe(hosts[i]!.hashes.get(tick));
    expect(session.client.stats.hashMismatches).toBe(0);
  }
  for (const { worlds, streamed, stop } of pairs) {
    stop();
    const common = [...streamed].filter(([tick]) => worlds.has(tick));
    expect(common.length).toBeGreaterThan(TICKS / 4);
    for (const [tick, world] of common) expect(world, `the streamed world at tick ${tick}`).toEqual(worlds.get(tick));
  }
  await Promise.all([...hosts, ...guests].map((player) => player.stop()));
  await Promise.all(stock.map((room) => room.leave()));
});

it("those who come at once all come in, and no byte that follows a handshake is lost on the way to its worker", async () => {
  const rooms = [...(await workers.roomOfEach("arena")).values(), ...(await workers.roomOfEach("arena")).values()];
  const asked = Array.from({ length: 24 }, (_, i) => rooms[i % rooms.length]!);
  // Asked for and come to in one go, so that sockets of one worker are on their way while it has others to pass on.
  const answers = await Promise.all(
    asked.map(async (room, i) => {
      const seat = await workers.ask<{ processId: string; sessionId: string }>("POST", `/matchmake/joinById/${room}`);
      const path = `/${seat.processId}/${room}?sessionId=${seat.sessionId}`;
      const connection = await RawConnection.open(workers.server.port);
      const pongs = (): string[] =>
        connection.frames.filter(({ opcode }) => opcode === PONG).map(({ payload }) => Buffer.from(payload).toString());
      const pings = ["1", "2", "3"].map((text) => frame(PING, text));
      await connection.play([
        Buffer.concat([Buffer.from(handshake({}, path)), pings[0]!]),
        i % 4,
        pings[1]!,
        1,
        pings[2]!,
      ]);
      await connection.until(() => pongs().length === pings.length, 20_000);
      connection.end();
      return `${connection.statuses} ${pongs()}`;
    }),
  );
  expect(answers).toEqual(asked.map(() => "101 1,2,3"));
});

it("who looks for a room is given one of any worker, and a seat is come back to through any", async () => {
  const [room, empty] = [...(await workers.roomOfEach("tag")).values()];
  const host = await new ColyseusSDK(url).joinById(room!, {});
  await until("the other one is over", () => workers.said("room closed").some((line) => line.room === empty));
  for (let i = 0; i < 6; i++) {
    const { roomId } = await workers.ask<{ roomId: string }>("POST", "/matchmake/joinOrCreate/tag");
    expect(roomId).toBe(room);
  }
  const { reconnectionToken } = host;
  for (let i = 0; i < 12; i++) {
    const body = JSON.stringify({ reconnectionToken: reconnectionToken.split(":")[1] });
    const seat = await workers.ask<{ sessionId: string }>("POST", `/matchmake/reconnect/${room}`, {}, body);
    expect(seat.sessionId).toBe(host.sessionId);
  }
  await host.leave();
});
