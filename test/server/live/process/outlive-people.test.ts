/** The people of rooms whose process was killed: they are counted before they are back, waited for, and chat as they did. */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterEach, describe, expect, it } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import type { ChatPerson } from "../../../../shared/engine/protocol/chat.ts";
import { games } from "../../../../shared/games/index.ts";
import { joinPlayer, type SocketPlayer } from "../../../kit/players/socket-player.ts";
import { joinStock, type StockChatter } from "../../../kit/players/stock-chatter.ts";
import { MortalServer } from "../../../kit/servers/mortal-server.ts";
import { TYPESCRIPT } from "../../../kit/typescript.ts";
import { until } from "../../../kit/until.ts";

const arena = games[0] as AnyGame;
const TICKS = 40;
const LONG_MS = 120_000;
const MONITOR_PASSWORD = "twelve characters or more";
const LOGIN = { authorization: `Basic ${btoa(`operator:${MONITOR_PASSWORD}`)}` };

let server: MortalServer;
afterEach(() => server.stop());

const tickOf = ({ session }: SocketPlayer): number => session.client.confirmedTick;
const play = (options: object, seed: number): Promise<SocketPlayer> =>
  joinPlayer(arena, { url: server.url, ...options }, seed);

/** Whoever does not come back after its connection is lost. */
function deserts(room: Room): Room {
  room.reconnection.enabled = false;
  return room;
}

it("are counted right after a restart: a full room is full, ROOMS is reached, and the figures have them", {
  timeout: LONG_MS,
}, async () => {
  const command = [process.execPath, ...TYPESCRIPT, "test/kit/servers/counting-server.ts"];
  server = await MortalServer.start({ MONITOR_PASSWORD, RETURN_SECONDS: "60" }, command);
  const first = await play({ newRoom: true }, 1);
  const { roomId } = first.session.room;
  const sdk = new ColyseusSDK(server.url);
  const others = [];
  for (let i = 1; i < arena.seats.max; i++) others.push(deserts(await sdk.joinById(roomId, {})));
  const gone = others.map((room) => new Promise((resolve) => room.onLeave(resolve)));
  await until("they play", () => tickOf(first) > TICKS);
  const figure = async (name: string): Promise<number> =>
    Number(new RegExp(`^${name} (.*)$`, "m").exec(await server.text("/metrics", LOGIN))?.[1]);
  expect(await figure("phalanx_players")).toBe(arena.seats.max);
  /** What Colyseus has counted. */
  const counted = async (): Promise<unknown> => {
    const said = () => server.log.filter(({ msg }) => msg === "counted");
    const { length } = said();
    server.signal("SIGUSR2");
    await until("it says so", () => said().length > length);
    const { rooms, all } = said().at(-1)!;
    return { rooms, all };
  };
  const full = { rooms: [arena.seats.max], all: arena.seats.max };
  expect(await counted()).toEqual(full);

  await server.restart({ ROOMS: "1" });
  await Promise.all(gone);
  expect(await figure("phalanx_players")).toBe(arena.seats.max);
  await until("who comes back is here", () => server.log.some(({ msg }) => msg === "somebody came back"));
  expect(await counted(), "who is not back yet, too").toEqual(full);
  expect(await figure("phalanx_players_away")).toBe(arena.seats.max - 1);
  expect(await figure('phalanx_rooms\\{game="arena"\\}')).toBe(1);
  await expect(sdk.joinById(roomId, {}), "their seats are theirs").rejects.toThrow(/room\/full|already full|locked/);
  await expect(sdk.joinOrCreate("arena"), "it is not offered to strangers").rejects.toThrow(/as many rooms as it can/);
  // When they have not come for half a minute, their seats are free, and somebody else is counted in their place.
  let late: Room | undefined;
  for (let i = 0; i < 60 && late === undefined; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    late = await sdk.joinById(roomId, {}).catch(() => undefined);
  }
  expect(late?.roomId).toBe(roomId);
  await until("the match goes on", () => first.session.roster().size === 2);
  expect(await figure("phalanx_players")).toBe(2);
  expect(await counted(), "and nobody who does not come").toEqual({ rooms: [2], all: 2 });
  await Promise.all([late!.leave(), first.stop()]);
});

describe("are waited for", () => {
  const missing = async (seconds: string) => {
    server = await MortalServer.start({ RETURN_SECONDS: seconds });
    const player = await play({ newRoom: true, name: "Ada" }, 1);
    const lin = deserts(await new ColyseusSDK(server.url).joinById(player.session.room.roomId, { name: "Lin" }));
    await until("both play", () => tickOf(player) > TICKS);
    await server.restart();
    await until("Ada is back", () => server.log.some(({ msg }) => msg === "somebody came back"));
    const awaited = () =>
      [...player.session.roster().values()].filter(({ isAwaited }) => isAwaited).map(({ name }) => name);
    return { player, lin, awaited };
  };

  it("as long as RETURN_SECONDS says: ticks stand still, everybody is told for whom, and go on when they are back", {
    timeout: LONG_MS,
  }, async () => {
    const { player, lin, awaited } = await missing("60");
    await until("it is told that ticks stand still, and for whom", () => player.session.client.isHalted);
    await until("and for whom", () => awaited().join() === "Lin");
    const tick = tickOf(player);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(tickOf(player)).toBe(tick);
    const back = await new ColyseusSDK(server.url).reconnect(lin.reconnectionToken);
    await until("they play on", () => tickOf(player) > tick + TICKS);
    expect(awaited()).toEqual([]);
    expect(player.session.client.isHalted).toBe(false);
    expect(player.session.client.stats).toMatchObject({ hashMismatches: 0, snapshots: 1 });
    await Promise.all([back.leave(), player.stop()]);
  });

  it("and no longer: the match goes on without who does not come, whose seat is held", {
    timeout: LONG_MS,
  }, async () => {
    const { player, awaited } = await missing("3");
    await until("it stands still for Lin", () => player.session.client.isHalted && awaited().join() === "Lin");
    const tick = tickOf(player);
    await until("they play on", () => tickOf(player) > tick + TICKS);
    expect(awaited()).toEqual([]);
    expect([...player.session.roster().values()].map(({ name, isAway }) => [name, isAway])).toEqual([
      ["Ada", false],
      ["Lin", true],
    ]);
    expect(player.session.client.stats).toMatchObject({ hashMismatches: 0, snapshots: 1 });
    await player.stop();
  });

  it("not at all with RETURN_SECONDS=0", { timeout: LONG_MS }, async () => {
    const { player } = await missing("0");
    const halts: boolean[] = [];
    const tick = tickOf(player);
    await until("they play on", () => {
      halts.push(player.session.client.isHalted);
      return tickOf(player) > tick + TICKS;
    });
    expect(halts).not.toContain(true);
    expect(player.session.client.stats.hashMismatches).toBe(0);
    await player.stop();
  });
});

it("chat as they did: what was delivered and read, whom they muted, and who was silenced by the room", {
  timeout: LONG_MS,
}, async () => {
  server = await MortalServer.start();
  const ada = await joinStock(server.url, undefined, "Ada");
  const { roomId } = ada.room;
  const [bo, cy, dee] = [
    await joinStock(server.url, roomId, "Bo"),
    await joinStock(server.url, roomId, "Cy"),
    await joinStock(server.url, roomId, "Dee"),
  ];
  const idOf = ({ room }: StockChatter): string => room.sessionId;
  const texts = (chatter: StockChatter): string[] => chatter.lines().map(({ text }) => text);
  /** What somebody knows of another one, the latest. */
  const seenBy = (chatter: StockChatter, of: StockChatter): Partial<ChatPerson> =>
    Object.assign(
      {},
      ...chatter.news.flatMap(({ people = [], marks = [] }) =>
        [...people, ...marks].filter(({ id }) => id === idOf(of)),
      ),
    );
  for (const text of ["one", "two"]) ada.send({ text });
  await until("all have it", () => [bo, cy, dee].every((chatter) => texts(chatter).length === 2));
  bo.send({ read: 1 });
  bo.send({ delivered: 2 });
  bo.send({ mute: idOf(cy) });
  await until("Bo's marks are seen", () => seenBy(ada, bo).delivered === 2);
  await until("Cy is muted", () => seenBy(bo, cy).isMuted === true);
  // Whoever does nothing but being refused is silenced.
  for (let i = 0; i < 40; i++) dee.send({ text: "" });
  await until("Dee is silenced", () => dee.errors.some(({ name }) => name === "chat/muted-by-room"));
  const before = [ada, bo, cy, dee].map(({ news }) => news.length);

  await server.restart();
  await until("all are told anew", () => [ada, bo, cy, dee].every(({ news }, i) => news.length > before[i]!));
  const since = (chatter: StockChatter, i: number): StockChatter => ({
    ...chatter,
    news: chatter.news.slice(before[i]!),
  });
  await until("who is there", () => seenBy(since(bo, 1), cy).isMuted === true);
  await until("Bo's marks", () => seenBy(since(ada, 0), bo).delivered === 2);
  expect(seenBy(since(ada, 0), bo)).toMatchObject({ name: "Bo", delivered: 2, read: 1 });
  await until("how much is unread", () => since(bo, 1).news.some(({ unread }) => unread === 1));

  const refused = dee.errors.length;
  dee.send({ text: "let me" });
  await until("Dee is still silenced", () => dee.errors.length > refused);
  expect(dee.errors.at(-1)!.name).toBe("chat/muted-by-room");
  cy.send({ text: "from Cy" });
  ada.send({ text: "from Ada" });
  await until("Bo has Ada's", () => texts(bo).at(-1) === "from Ada");
  await until("Dee has both", () => texts(dee).length === 4);
  expect(texts(dee)).toEqual(["one", "two", "from Cy", "from Ada"]);
  expect(texts(bo), "Cy is muted by Bo").toEqual(["one", "two", "from Ada"]);
  expect(ada.lines().map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  bo.send({ unmute: idOf(cy) });
  await until("what was withheld", () => texts(bo).includes("from Cy"));
  await Promise.all([ada, bo, cy, dee].map(({ room }) => room.leave()));
});
