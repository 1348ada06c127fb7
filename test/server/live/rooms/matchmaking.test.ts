/** Matchmaking under a crowd, with stock SDK clients: nobody is sent to a room whose seats are taken or reserved. */
import { matchMaker, type Room } from "@colyseus/core";
import { ColyseusSDK, type Room as Joined } from "@colyseus/sdk";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { games } from "../../../../shared/games/index.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const SEATS = 8;
const CROWD = 100;
const ABSENT = 40;

type Reserve = (...values: unknown[]) => Promise<boolean>;

let server: RealServer;
/** How often a room that was chosen had no seat: each is a wait of up to seconds, and after five of them "full". */
let turnedAway = 0;
/** How long rooms from now on keep a reservation. */
let reservationSeconds: number;
const joined: Joined[] = [];

beforeAll(async () => {
  server = await startServer({ games });
  matchMaker.getHandler("tag").on("create", (room: Room) => {
    room.seatReservationTimeout = reservationSeconds;
    const reserving = room as unknown as { _reserveSeat: Reserve };
    const reserve = reserving._reserveSeat;
    reserving._reserveSeat = async (...values) => {
      const isReserved = await reserve(...values);
      if (!isReserved) turnedAway++;
      return isReserved;
    };
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  turnedAway = 0;
  reservationSeconds = 15;
});
afterEach(async () => {
  await Promise.all(joined.splice(0).map((room) => room.leave()));
  await Promise.all(server.app.registry.rooms.map(({ id }) => server.room(id).disconnect()));
  await until("every room is gone", () => server.app.registry.count === 0);
});

async function join(): Promise<Joined> {
  const room = await new ColyseusSDK(server.url).joinOrCreate("tag");
  joined.push(room);
  return room;
}

/** Reserves a seat, and does not come to it. */
async function reserve(): Promise<string> {
  const { roomId } = (await matchMaker.controller.invokeMethod("joinOrCreate", "tag", {})) as { roomId: string };
  return roomId;
}

const times = <T>(count: number, act: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, act));

it(`${CROWD} at once all get a seat where they are sent first, and no room is half full`, async () => {
  const rooms = await times(CROWD, join);
  expect(turnedAway).toBe(0);
  expect(new Set(rooms.map(({ roomId }) => roomId)).size).toBe(Math.ceil(CROWD / SEATS));
}, 60_000);

it(`of ${ABSENT} reservations that nobody comes to, nobody else is told that a room is full`, async () => {
  await times(ABSENT, reserve);
  await times(SEATS * 2, join);
  expect(turnedAway).toBe(0);
}, 60_000);

it("two at once for the last seat: one has it, the other one a room of its own, and neither waits", async () => {
  const { roomId } = await join();
  for (let i = 2; i < SEATS; i++) await join();
  const last = await times(2, join);
  expect(last.filter((room) => room.roomId === roomId)).toHaveLength(1);
  expect(turnedAway).toBe(0);
});

it("a reservation that runs out lists its room again; until then it can be watched by its id", async () => {
  reservationSeconds = 1;
  const { roomId } = await join();
  expect(new Set(await times(SEATS - 1, reserve)), "the room has its last seat reserved").toEqual(new Set([roomId]));
  const watcher = await new ColyseusSDK(server.url).joinById(roomId, { watch: true });
  joined.push(watcher);
  expect((await join()).roomId).not.toBe(roomId);
  await until("they have run out, and it is listed", () => !isHidden(roomId));
  expect((await join()).roomId).toBe(roomId);
  expect(turnedAway).toBe(0);
});

it("a player who leaves a full room makes it found at once", async () => {
  const rooms = [await join()];
  const [{ roomId }] = rooms as [Joined];
  while (rooms.length < SEATS) rooms.push(await join());
  expect(isHidden(roomId)).toBe(true);
  await joined.splice(3, 1)[0]!.leave();
  await until("the seat is free", () => server.room(roomId).match.seats.held("player") === SEATS - 1);
  expect((await join()).roomId).toBe(roomId);
});

it("a reservation whose owner came and failed to join is free again", async () => {
  const { roomId } = await join();
  const room = server.room(roomId);
  const { onJoin } = room;
  await times(SEATS - 2, reserve);
  room.onJoin = () => {
    throw new Error("sabotage");
  };
  await expect(join()).rejects.toThrow();
  room.onJoin = onJoin;
  await until("it is listed", () => !isHidden(roomId));
  expect((await join()).roomId).toBe(roomId);
});

/** Whether matchmaking passes over a room. */
const isHidden = (roomId: string): boolean =>
  (server.room(roomId) as unknown as { _listing: { private: boolean } })._listing.private;
