/** The waits of a match, and its delayed spectators, after a kill of its process: both are as before. */
import { ColyseusSDK } from "@colyseus/sdk";
import { afterEach, expect, it } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { joinPlayer, type SocketPlayer } from "../../../kit/players/socket-player.ts";
import { MortalServer } from "../../../kit/servers/mortal-server.ts";
import { until } from "../../../kit/until.ts";

const arena = games[0] as AnyGame;
const TICKS = 40;
const LONG_MS = 120_000;
const STAND_MS = 1500;

let server: MortalServer;
afterEach(() => server.stop());

const tickOf = ({ session }: SocketPlayer): number => session.client.confirmedTick;
const play = (options: object, seed: number): Promise<SocketPlayer> =>
  joinPlayer(arena, { url: server.url, ...options }, seed);
const namesIn = ({ session }: SocketPlayer, which: "isAwaited" | "wantsPause"): string[] =>
  [...session.roster().values()].filter((person) => person[which]).map(({ name }) => name);

async function standsStill(player: SocketPlayer): Promise<number> {
  const tick = tickOf(player);
  await new Promise((resolve) => setTimeout(resolve, STAND_MS));
  expect(tickOf(player)).toBe(tick);
  return tick;
}

function allInStep(players: readonly SocketPlayer[]): void {
  for (const { session } of players) expect(session.client.stats).toMatchObject({ hashMismatches: 0, snapshots: 1 });
  const [first, ...others] = players;
  for (const { hashes } of others)
    for (const [tick, hash] of hashes)
      if (first!.hashes.has(tick)) expect(hash, `tick ${tick}`).toBe(first!.hashes.get(tick));
}

it("delayed spectators of both planes see all of the past, and nothing of the future", {
  timeout: LONG_MS,
}, async () => {
  const delay = 3;
  const delayTicks = delay * arena.tickRate;
  server = await MortalServer.start();
  const player = await play({ newRoom: true, bots: 8, spectatorDelay: delay }, 1);
  const { roomId } = player.session.room;
  const watcher = await play({ roomId, watch: true }, 2);
  const stock = await new ColyseusSDK(server.url).joinById(roomId, { watch: true });
  stock.reconnection.minUptime = 0;
  /** Ticks that the stream plane showed, and how far behind the player, who is a little behind the server. */
  const shown: { readonly tick: number; readonly lag: number }[] = [];
  stock.onStateChange(({ tick }: { tick?: number }) => {
    // There is nothing to be seen of a match that is younger than the delay.
    if (tick !== undefined || shown.length > 0) shown.push({ tick: tick!, lag: tickOf(player) - tick! });
  });
  const lags: number[] = [];
  const look = setInterval(() => {
    if (watcher.session.client.isSynced) lags.push(tickOf(player) - tickOf(watcher));
  }, 20);
  const seen = (): number => shown.at(-1)?.tick ?? 0;
  await until("both watch", () => tickOf(watcher) > TICKS && seen() > TICKS);
  const died = tickOf(player);

  await server.restart();
  await until("both see what was the future then", () => tickOf(watcher) > died + TICKS && seen() > died + TICKS);
  clearInterval(look);
  // What is on its way to the player meanwhile is no second: half of the delay tells the past from the present.
  expect(Math.min(...lags)).toBeGreaterThan(delayTicks / 2);
  expect(Math.min(...shown.map(({ lag }) => lag))).toBeGreaterThan(delayTicks / 2);
  const ticks = shown.map(({ tick }) => tick);
  expect(ticks, "never back").toEqual(ticks.toSorted((a, b) => a - b));
  const jumps = ticks.slice(1).map((tick, i) => tick - ticks[i]!);
  expect(Math.max(...jumps), "without a gap").toBeLessThan(delayTicks / 2);
  allInStep([player, watcher]);
  const common = [...watcher.hashes.keys()].filter((tick) => player.hashes.has(tick));
  expect(Math.min(...common), "from before").toBeLessThan(died);
  expect(Math.max(...common), "to long after").toBeGreaterThan(died);
  await Promise.all([player.stop(), watcher.stop(), stock.leave()]);
});

it("a pause lasts, and a vote counts: one before the kill and one after it end and begin one", {
  timeout: LONG_MS,
}, async () => {
  server = await MortalServer.start();
  const ada = await play({ newRoom: true, name: "Ada" }, 1);
  const { roomId } = ada.session.room;
  const all = [ada, await play({ roomId, name: "Bo" }, 2), await play({ roomId, name: "Cy" }, 3)];
  const [, bo, cy] = all;
  await until("all play", () => all.every((player) => tickOf(player) > TICKS));
  ada.session.wishPause(true);
  await until("the wish is seen", () => namesIn(cy!, "wantsPause").join() === "Ada");
  await server.restart();
  const tick = tickOf(ada);
  await until("all play on", () => all.every((player) => tickOf(player) > tick + TICKS));
  expect(namesIn(cy!, "wantsPause")).toEqual(["Ada"]);
  bo!.session.wishPause(true);
  await until("two of three pause it", () => all.every(({ session }) => session.phase === "paused"));
  await server.restart();
  await until("all are back", () => server.log.filter(({ msg }) => msg === "somebody came back").length === 3);
  await standsStill(ada);
  expect(all.map(({ session }) => session.phase)).toEqual(["paused", "paused", "paused"]);
  expect(namesIn(cy!, "wantsPause")).toEqual(["Ada", "Bo"]);
  ada.session.wishPause(false);
  await until("it goes on", () => all.every(({ session }) => session.phase === "playing"));
  const later = tickOf(ada);
  await until("all play on", () => all.every((player) => tickOf(player) > later + TICKS));
  allInStep(all);
  await Promise.all(all.map((player) => player.stop()));
});

it("a host room has the same host", { timeout: LONG_MS }, async () => {
  server = await MortalServer.start();
  const host = await play({ newRoom: true, pause: "host", name: "Host" }, 1);
  const guest = await play({ roomId: host.session.room.roomId, name: "Guest" }, 2);
  await until("both play", () => tickOf(host) > TICKS && tickOf(guest) > TICKS);
  await server.restart();
  const tick = tickOf(host);
  await until("both play on", () => tickOf(host) > tick + TICKS && tickOf(guest) > tick + TICKS);
  guest.session.wishPause(true);
  const later = tickOf(host);
  await until("the guest changes nothing", () => tickOf(host) > later + TICKS);
  host.session.wishPause(true);
  await until("the host does", () => guest.session.phase === "paused");
  allInStep([host, guest]);
  await Promise.all([host.stop(), guest.stop()]);
});

it("a strict room waits for every input, and for who is away as long as stallTimeout says", {
  timeout: LONG_MS,
}, async () => {
  server = await MortalServer.start();
  const ada = await play({ newRoom: true, mode: "strict", stallTimeout: 4, name: "Ada" }, 1);
  const lin = await play({ roomId: ada.session.room.roomId, name: "Lin" }, 2);
  await until("both play", () => tickOf(ada) > TICKS && tickOf(lin) > TICKS);
  await server.restart();
  const tick = tickOf(ada);
  await until("both play on", () => tickOf(ada) > tick + TICKS && tickOf(lin) > tick + TICKS);
  lin.pause();
  await until("it waits for Lin", () => ada.session.client.isHalted && namesIn(ada, "isAwaited").join() === "Lin");
  const stood = await standsStill(ada);
  await until("and not for ever", () => tickOf(ada) > stood + TICKS);
  lin.resume();
  await until("Lin is in step again", () => tickOf(lin) > tickOf(ada) - 10);
  allInStep([ada, lin]);
  await Promise.all([ada.stop(), lin.stop()]);
});
