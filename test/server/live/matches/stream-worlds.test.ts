/** The stream plane over real sockets: what stock SDK clients and the page have of the guide's `presses`, word for word. */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plainRecord } from "../../../../client/stream/plain-record.ts";
import { StreamWorld } from "../../../../client/stream/stream-world.ts";
import { codecOf } from "../../../../shared/engine/codec/codec.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { afterTick } from "../../../kit/after-tick.ts";
import { SampleGames } from "../../../kit/games/sample-games.ts";
import { samples } from "../../../kit/games/samples.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const DELAY_SECONDS = 1;
const TICKS = 30;

interface Seen {
  readonly tick: number;
  /** Hands and pile as anybody reads them. */
  readonly table: unknown;
  readonly onPage: unknown;
}

interface Hands {
  readonly hands: Map<string | number, { readonly cards: Iterable<number>; readonly hasPlayed: boolean }>;
  readonly pile: Iterable<number>;
}

const tableOf = ({ hands, pile }: Hands): unknown => ({
  hands: Array.from(hands, ([seat, { cards, hasPlayed }]) => [Number(seat), [...cards], hasPlayed]),
  pile: [...pile],
});

const sampleGames = new SampleGames();
let presses: AnyGame;
let server: RealServer;
beforeAll(async () => {
  const sample = samples.find(({ document, name }) => document === "shared/README.md" && name === "presses")!;
  presses = await sampleGames.load(sample);
  server = await startServer({ games: [presses] });
});
afterAll(async () => {
  await server.stop();
  sampleGames.remove();
});

/** Notes what this client has at each tick. */
function watch(room: Room): Seen[] {
  const seen: Seen[] = [];
  const page = new StreamWorld<unknown, unknown>(presses);
  room.onStateChange((state: { tick: number; world: Hands }) => {
    page.take(state, 0);
    if (state.tick === undefined || state.tick === seen.at(-1)?.tick) return;
    seen.push({ tick: state.tick, table: tableOf(state.world), onPage: page.state });
  });
  return seen;
}

it("a stock SDK has every card of every hand, whether it came early, late, again, or watches with a delay", async () => {
  const sdk = () => new ColyseusSDK(server.url);
  const codec = codecOf<object>(presses.state, "presses");
  const early = await sdk().create("presses", { bots: 3, spectatorDelay: DELAY_SECONDS });
  const { match } = server.room(early.roomId);
  const worlds = new Map<number, object>();
  afterTick(match, (tick) => {
    const copy = codec.create();
    codec.copy(match.world.state as object, copy);
    worlds.set(tick, copy);
  });
  const clients = [{ name: "early", seen: watch(early) }];
  const delayed = await sdk().joinById(early.roomId, { watch: true });
  clients.push({ name: "delayed", seen: watch(delayed) });
  // One of ours, which goes to the stream plane and back.
  const mover = await joinPlayer(presses, { url: server.url, roomId: early.roomId, name: "Ada" }, 1);
  await until("some cards were played", () => match.world.tick > TICKS);
  const late = await sdk().joinById(early.roomId, { watch: false });
  clients.push({ name: "late", seen: watch(late) });
  mover.session.prefer("stream");
  await until("it streams", () => mover.session.plane === "stream");
  early.reconnection.minUptime = 0;
  early.connection.close(4010);
  const cut = match.world.tick;
  await until("it is back", () => (clients[0]!.seen.at(-1)?.tick ?? 0) > cut + TICKS);
  const moved = mover.session.picture(performance.now())!;
  expect(codec.diff(moved.state as object, worlds.get(moved.tick)!, 1), "our page").toEqual([]);
  const end = match.world.tick;
  for (const { name, seen } of clients) {
    await until(`${name} saw the end`, () => (seen.at(-1)?.tick ?? 0) >= end);
    const known = seen.filter(({ tick }) => worlds.has(tick));
    expect(known.length, name).toBeGreaterThan(TICKS / 2);
    for (const { tick, table, onPage } of known) {
      expect(table, `${name} at tick ${tick}`).toEqual(tableOf(worlds.get(tick) as Hands));
      expect(codec.diff(onPage as object, worlds.get(tick)!, 1), `${name}'s page at tick ${tick}`).toEqual([]);
    }
  }
  const cards = [...(worlds.get(end) as Hands).hands.values()].flatMap((hand) => [...hand.cards]);
  expect(cards.length, "there are cards to be seen").toBeGreaterThan(0);
  expect(plainRecord(codec.layout, (late.state as { world: unknown }).world)).toHaveProperty("hands");
  await Promise.all([mover.stop(), ...[early, late, delayed].map((room) => room.leave())]);
}, 90_000);
