/** Recordings of real rooms: every match that was played comes out the same, and whoever was there may have it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { roomOf } from "../../../../server/recordings/recording-name.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../../shared/engine/game/random.ts";
import { games } from "../../../../shared/games/index.ts";
import type { Block } from "../../../../shared/recording/block.ts";
import { Replayer } from "../../../../shared/recording/replayer.ts";
import type { Mark } from "../../../../shared/recording/roster.ts";
import { verify } from "../../../../shared/recording/verify.ts";
import { flipBit } from "../../../kit/memory/flip-bit.ts";
import { opened } from "../../../kit/memory/memory-recording.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { joinStock } from "../../../kit/players/stock-chatter.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const arena = games[0] as AnyGame;
const DEAR_MS = 2;
const dear = {
  ...arena,
  name: "dear",
  step: (state: never, context: never) => {
    for (const until = performance.now() + DEAR_MS; performance.now() < until; );
    arena.step(state, context);
  },
} as AnyGame;
const PASSWORD = "a password of the operators";

let folder: string;
let server: RealServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "phalanx-live-recordings-"));
  server = await startServer({
    games: [...games, dear],
    env: { REPLAYS: folder, REPLAYS_CHAT: "on", MONITOR_PASSWORD: PASSWORD },
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, authorization?: string): Promise<Response> =>
  fetch(
    `${server.url.replace("ws:", "http:")}${path}`,
    authorization === undefined ? {} : { headers: { authorization } },
  );

interface Played {
  readonly room: string;
  /** As the SDK has it. */
  readonly token: string;
  /** Hashes of the player's confirmed worlds. */
  readonly hashes: ReadonlyMap<number, number>;
}

const namesOf = (room: string): string[] => readdirSync(folder).filter((name) => roomOf(name) === room);

/** A match of a lockstep player and a stock client, which ends when both have left. */
async function play(game: AnyGame, ticks: number): Promise<Played> {
  const player = await joinPlayer(game, { url: server.url, name: "Ada", bots: 2 }, 1);
  const { room } = player.session;
  const token = room.reconnectionToken;
  const { roomId } = room;
  const stock = await new ColyseusSDK(server.url).joinById(roomId, { name: "Bob" });
  await until("it has been played", () => player.session.client.confirmedTick > ticks);
  await stock.leave();
  await player.stop();
  await until("the room is over", () => namesOf(roomId).length === 1);
  return { room: roomId, token, hashes: player.hashes };
}

describe.each(games as readonly AnyGame[])("a room of $name", (game) => {
  it("is recorded, and every world comes out the same", async () => {
    const { room, hashes } = await play(game, 40);
    const [name = ""] = namesOf(room);
    const recording = opened(readFileSync(join(folder, name)));
    expect(recording.head).toMatchObject({ game: game.name, room, options: { bots: 2, mode: "deadline" } });
    expect(recording.head.logic).toMatch(/^[0-9a-f]{8}$/);
    expect(verify(game, recording)).toMatchObject({ divergence: undefined, fault: undefined });
    const replayer = Replayer.open(game, recording) as Replayer<unknown, unknown>;
    const seen = new Set<string>();
    for (let tick = 0; tick <= recording.endTick; tick++) {
      expect(replayer.seek(tick)).toBeUndefined();
      if (hashes.has(tick)) expect(replayer.hash, `tick ${tick}`).toBe(hashes.get(tick));
      for (const seat of replayer.roster) seen.add(seat.name);
    }
    expect([...seen]).toEqual(expect.arrayContaining(["Ada", "Bob"]));
    expect(hashes.size).toBeGreaterThan(0);
  });
});

it("a room whose steps are dear is recorded with a keyframe a second, so that one gets to any tick soon", async () => {
  const player = await joinPlayer(dear, { url: server.url, name: "Ada", bots: 2 }, 1);
  const { roomId } = player.session.room;
  await until("it has been played", () => player.session.client.confirmedTick > 3 * dear.tickRate);
  await player.stop();
  await until("the room is over", () => namesOf(roomId).length === 1);
  const { blocks } = opened(readFileSync(join(folder, namesOf(roomId)[0]!)));
  expect(blocks.length).toBeGreaterThan(2);
  for (const { frames } of blocks.slice(0, -1)) expect(frames).toBe(dear.tickRate);
});

const marksOf = (room: string): readonly { readonly tick: number; readonly what: Mark }[] => {
  const recording = opened(readFileSync(join(folder, namesOf(room)[0]!)));
  return recording.blocks.flatMap((_, index) => (recording.block(index) as Block).marks);
};

describe("what is in no frame", () => {
  it("is marked: a desync with its field and its healing, and the chat where it is asked for", async () => {
    const player = await joinPlayer(arena, { url: server.url, name: "Ada", bots: 2, newRoom: true }, 1);
    const { client, room } = player.session;
    await until("it plays", () => client.confirmedTick > 20);
    const path = flipBit(client.confirmed, new WorldRandom(7));
    await until("it is healed", () => client.stats.heals === 1);
    const talker = await joinStock(server.url, room.roomId, "Bob");
    talker.send({ text: "well played" });
    await until("it is said", () => talker.lines().length === 1);
    await talker.room.leave();
    await player.stop();
    await until("the room is over", () => namesOf(room.roomId).length === 1);
    const marks = marksOf(room.roomId).filter(({ what }) => !["join", "leave"].includes(what.kind));
    expect(marks.map(({ what }) => [what.kind, what.seat])).toEqual([
      ["desync", client.seat],
      ["heal", client.seat],
      ["chat", expect.any(Number)],
    ]);
    expect(marks[0]!.what.text).toContain(`memory: ${path}`);
    expect(marks[2]!.what.text).toBe("Bob: well played");
  });
});

it("a match that is left to the next process has a whole recording up to there", async () => {
  const player = await joinPlayer(arena, { url: server.url, name: "Ada", bots: 2, newRoom: true }, 1);
  const { roomId } = player.session.room;
  await until("it plays", () => player.session.client.confirmedTick > 20);
  const { match } = server.room(roomId);
  server.room(roomId).suspend();
  const recording = opened(readFileSync(join(folder, namesOf(roomId)[0]!)));
  expect([recording.isWhole, recording.endTick]).toEqual([true, match.world.tick]);
  expect(verify(arena, recording)).toMatchObject({ divergence: undefined, fault: undefined });
  await player.stop();
});

describe("a recording over HTTP", () => {
  let played: Played;
  let name: string;
  beforeAll(async () => {
    played = await play(games[1] as AnyGame, 10);
    name = namesOf(played.room)[0]!;
  });

  it("is given to whoever was there, by the ticket that every client has", async () => {
    for (const token of [played.token, played.token.split(":")[1]!]) {
      const listed = await get(`/replays/${played.room}`, `Bearer ${token}`);
      expect(await listed.json()).toMatchObject([{ name }]);
      const file = await get(`/replays/${played.room}/${name}`, `Bearer ${token}`);
      expect([file.status, file.headers.get("content-type")]).toEqual([200, "application/octet-stream"]);
      expect(file.headers.get("content-disposition")).toBe(`attachment; filename=${name}`);
      expect(Buffer.from(await file.arrayBuffer()).equals(readFileSync(join(folder, name)))).toBe(true);
    }
  });

  it("is given to operators", async () => {
    const login = `Basic ${Buffer.from(`operator:${PASSWORD}`).toString("base64")}`;
    expect((await get(`/replays/${played.room}/${name}`, login)).status).toBe(200);
  });

  it("is given to nobody else", async () => {
    const other = await play(games[1] as AnyGame, 10);
    const ticket = played.token.split(":")[1]!;
    const forged = `${ticket.slice(0, -1)}${ticket.endsWith("A") ? "B" : "A"}`;
    const wrong = [undefined, "Bearer", "Bearer x", `Bearer ${forged}`, `Bearer ${other.token}`, `Bearer ${ticket}.`];
    for (const authorization of wrong)
      for (const path of [`/replays/${played.room}`, `/replays/${played.room}/${name}`]) {
        const refused = await get(path, authorization);
        expect(refused.status, String(authorization)).toBe(401);
        expect(await refused.text()).toMatch(/^replays\/ticket: /);
      }
    const wrongPassword = `Basic ${Buffer.from("operator:guess guess guess").toString("base64")}`;
    expect((await get(`/replays/${played.room}`, wrongPassword)).status).toBe(401);
  });

  it("is nothing but a recording of that room", async () => {
    const authorization = `Bearer ${played.token}`;
    const paths = [
      "..%2f..%2fetc%2fpasswd",
      "%2e%2e%2fpackage.json",
      "..%5c..%5cx",
      `${name}.part`,
      "a.phx",
      `.%2f${name}`,
    ];
    for (const path of paths) {
      const { status } = await get(`/replays/${played.room}/${path}`, authorization);
      expect([400, 404], path).toContain(status);
    }
    const another = readdirSync(folder).find((each) => each !== name)!;
    expect((await get(`/replays/${played.room}/${another}`, authorization)).status).toBe(404);
  });

  it("is not there before the room is over", async () => {
    const player = await joinPlayer(games[1] as AnyGame, { url: server.url, bots: 2 }, 1);
    const { roomId, reconnectionToken } = player.session.room;
    const listed = await get(`/replays/${roomId}`, `Bearer ${reconnectionToken}`);
    expect([listed.status, await listed.json()]).toEqual([200, []]);
    await player.stop();
  });
});
