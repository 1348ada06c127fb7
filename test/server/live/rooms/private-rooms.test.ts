/** A private room is joined by who knows its id, and by nobody else; and what of all rooms is told to strangers. */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Session } from "../../../../client/session/session.ts";
import type { RoomList } from "../../../../server/observe/room-list.ts";
import { roomListOf } from "../../../../server/observe/room-list.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const PASSWORD = "a long sentence";
const CROWD = 4;
const tag = games.find(({ name }) => name === "tag") as AnyGame;

let server: RealServer;
const joined: Room[] = [];
beforeAll(async () => {
  server = await startServer({ games, env: { MONITOR_PASSWORD: PASSWORD } });
});
afterAll(() => server.stop());
afterEach(async () => {
  await Promise.all(joined.splice(0).map((room) => room.leave()));
  await until("every room is gone", () => server.app.registry.count === 0);
});

const sdk = (): ColyseusSDK => new ColyseusSDK(server.url);
async function kept(joining: Promise<Room>): Promise<Room> {
  const room = await joining;
  joined.push(room);
  return room;
}
const crowd = (): Promise<Room[]> => Promise.all(Array.from({ length: CROWD }, () => kept(sdk().joinOrCreate("tag"))));
const idsOf = (rooms: readonly Room[]): string[] => rooms.map(({ roomId }) => roomId);

describe.each(["create", "joinOrCreate"] as const)("a private room, by %s", (method) => {
  it("is joined by its id and found by no search, not even by one that waits while it is made", async () => {
    const [own, ...others] = await Promise.all([kept(sdk()[method]("tag", { private: true })), crowd(), crowd()]);
    const { roomId } = own;
    expect(idsOf(others.flat())).not.toContain(roomId);
    expect(idsOf(await crowd())).not.toContain(roomId);
    await expect(kept(sdk().join("tag"))).resolves.not.toMatchObject({ roomId });
    expect((await kept(sdk().joinById(roomId))).roomId).toBe(roomId);
    expect((await kept(sdk().joinById(roomId, { watch: true }))).roomId).toBe(roomId);
    // A seat that becomes free lists a room, but not this one.
    await joined.splice(joined.indexOf(own), 1)[0]!.leave();
    await until("the seat is free", () => server.room(roomId).match.seats.held("player") === 1);
    expect(idsOf(await crowd())).not.toContain(roomId);
  });

  it("is a room of one's own, whatever rooms there are", async () => {
    const open = await kept(sdk().joinOrCreate("tag"));
    const own = await Promise.all([1, 2].map(() => kept(sdk()[method]("tag", { private: true }))));
    expect(new Set(idsOf([open, ...own])).size).toBe(3);
  });
});

it("our own session makes one, too, and anyone who is sent the id comes in", async () => {
  const sample = () => ({ dx: 0, dy: 0 });
  const own = await Session.join<unknown, unknown>(tag, { url: server.url, private: true, sample });
  const { roomId } = own.room;
  const friend = await Session.join<unknown, unknown>(tag, { url: server.url, roomId, private: true, sample });
  expect(friend.room.roomId).toBe(roomId);
  expect(idsOf(await crowd())).not.toContain(roomId);
  await Promise.all([own.leave(), friend.leave()]);
});

it("an id is long enough not to be guessed: nine of 64 letters", async () => {
  const ids = new Set<string>();
  for (let i = 0; i < 5; i++) ids.add((await kept(sdk().create("tag", { private: true }))).roomId);
  expect(ids.size).toBe(5);
  for (const id of ids) expect(id).toMatch(/^[\w-]{9}$/);
});

it("private is a yes or a no", async () => {
  await expect(sdk().create("tag", { private: "yes" })).rejects.toThrow("join/option: private must be true or false");
});

describe("/api/rooms", () => {
  const get = async (authorization?: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${server.port}/api/rooms`, { headers: authorization ? { authorization } : {} });

  it("by itself tells of the rooms that are not private, and nothing of who is in them", async () => {
    const [open, own] = [await kept(sdk().create("tag")), await kept(sdk().create("tag", { private: true }))];
    const text = await (await get()).text();
    expect(JSON.parse(text)).toMatchObject({
      games: games.map(({ name }) => name),
      counts: { tag: { rooms: 2, players: 2, bots: 0 } },
      rooms: [{ id: open.roomId, seats: { players: 1 } }],
    });
    for (const id of [own.roomId, own.sessionId, open.sessionId]) expect(text).not.toContain(id);
  });

  it("tells operators everything, and nobody who only says so", async () => {
    const { roomId, sessionId } = await kept(sdk().create("tag", { private: true }));
    const answer = await get(`Basic ${Buffer.from(`me:${PASSWORD}`).toString("base64")}`);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { rooms } = (await answer.json()) as RoomList;
    expect(rooms).toMatchObject([{ id: roomId, isPrivate: true, clients: [{ id: sessionId }] }]);
    expect((await get(`Basic ${Buffer.from("me:a wrong one").toString("base64")}`)).status).toBe(401);
    expect((await get("Bearer junk")).status).toBe(401);
  });

  it("as ROOM_LIST=counts tells how much is going on, and no id at all", async () => {
    const open = await kept(sdk().create("tag"));
    const list = roomListOf(["tag"], server.app.registry.reports(), "counts");
    expect(list).toEqual({ games: ["tag"], counts: { tag: { rooms: 1, players: 1, bots: 0 } }, rooms: [] });
    expect(JSON.stringify(list)).not.toContain(open.roomId);
  });
});
