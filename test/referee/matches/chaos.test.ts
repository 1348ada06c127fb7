/**
 * Chaos in memory (R1, R3, R4, R6 to R8, R14, R17): whoever drops, returns, stalls, sleeps, leaves, joins or changes planes,
 * and whenever the referee itself is killed: one hash at the end.
 */
import { afterAll, describe, expect, it } from "vitest";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { games } from "../../../shared/games/index.ts";
import { ClosedFrames } from "../../kit/memory/closed-frames.ts";
import { MortalJournal } from "../../kit/memory/mortal-journal.ts";
import { Table } from "../../kit/memory/table.ts";
import type { TablePlayer } from "../../kit/memory/table-player.ts";
import { botScript } from "../../kit/scripts.ts";
import { rerun, seedsOf } from "../../kit/seeds.ts";

const TICKS = process.env.CI ? 3000 : 2000;
const CLIENTS = 8;
/** Every so many ticks something happens to somebody. */
const EVENT_TICKS = 10;

type Player = TablePlayer<unknown, unknown>;
type Event = (table: Table<unknown, unknown>, player: Player, random: WorldRandom) => void;

/** What may happen to a player; each is counted. */
const EVENTS: Record<string, Event> = {
  drop: (table, player, random) => table.cut(player, random.int(10, 8000)),
  "drop for a minute": (table, player, random) => table.cut(player, random.int(60_000, 70_000)),
  stall: (table, player, random) => {
    player.up.hold(table.now + random.int(200, 15_000));
    player.down.hold(table.now + random.int(200, 15_000));
  },
  sleep: (table, player, random) => {
    player.nextDrawAt = table.now + random.int(200, 20_000);
  },
  leave: (table, player) => table.remove(player),
  plane: (_table, player) => player.client.line.plane(player.shown === "lockstep" ? "stream" : "lockstep"),
  network: (_table, player, random) =>
    player.changeNetwork({
      delayMs: random.float() * 200,
      jitterMs: random.float() * 100,
      lossRate: random.float() * 0.05,
    }),
};

function play(game: AnyGame, seed: number) {
  const random = new WorldRandom(seed ^ 0xc4a05);
  const journal = new MortalJournal();
  const table = new Table<unknown, unknown>({
    game,
    seed,
    journal,
    network: (own) => ({ delayMs: own.float() * 120, jitterMs: own.float() * 80 }),
    script: botScript(game),
  });
  const closed = new ClosedFrames(table.match);
  const counts = new Map<string, number>();
  let brought = 0;
  const look = (): number => (brought += table.match.sessions.answers.get("ready") ?? 0);
  const events: Record<string, Event> = {
    ...EVENTS,
    /** Another referee goes on with what is written down, and everybody has lost their connection. */
    restart: () => {
      const { saved, standingTick } = journal.read();
      look();
      table.replaceReferee(saved, random.int(-1_000_000, 1_000_000), { journal, standingTick });
      closed.watch(table.match);
      for (const player of table.players) if (!player.isCut) table.lose(player, random.int(1, 400));
    },
  };
  const clients = Math.min(CLIENTS, game.seats.max);
  for (let i = 0; i < clients; i++) table.add();
  for (let tick = EVENT_TICKS; tick < TICKS; tick += EVENT_TICKS) {
    table.runTo(tick);
    const [name, happen] = random.pick(Object.entries(events));
    const player = table.players.length === 0 ? undefined : random.pick(table.players);
    if (player !== undefined && !player.isCut) {
      happen(table, player, random);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    if (table.players.length < clients && random.chance(0.5)) table.add();
  }
  // Everybody comes back, and to lockstep.
  for (const player of table.players) player.restore();
  table.runTo(TICKS + 10 * game.tickRate);
  for (const { plane, shown, client } of table.players)
    if (plane === "stream" || shown === "stream") client.line.plane("lockstep");
  table.runTo(TICKS + 20 * game.tickRate);
  table.settle();
  return { table, closed, counts, kinds: Object.keys(events).length, brought: look() };
}

const happened = new Set<string>();
afterAll(() => {
  if (happened.size > 0) expect([...happened], "what happened").toContain("restart");
});

describe.each(games.map((game) => [game.name, game as AnyGame] as const))("%s in chaos", (_name, game) => {
  it.each(seedsOf(game.name, 60, 1))("seed %i: everybody who is there ends with one hash", (seed) => {
    const { table, closed, counts, kinds, brought } = play(game, seed);
    const { match } = table;
    const facts = table.players.map(({ id, client, differed, closedWith }) => ({
      ...{ id, tick: client.confirmedTick, hash: client.confirmed.hash(), differed, closedWith },
      mismatches: client.stats.hashMismatches,
    }));
    const expected = table.players.map(({ id }) => ({
      ...{ id, tick: match.world.tick, hash: match.world.hash(), differed: 0, closedWith: undefined },
      mismatches: 0,
    }));
    expect(facts, `run again: ${rerun("test/referee/matches/chaos.test.ts", seed)}`).toEqual(expected);
    expect(table.players.length).toBeGreaterThan(0);
    // R1: what was closed once is what the log says, and what everybody was sent.
    expect(closed.changed, "closed frames that changed").toEqual([]);
    // No seat is played by two: every held seat has one holder, every holder one seat.
    expect(closed.doubled, "holders with two seats, or seats with two holders").toEqual([]);
    for (const name of counts.keys()) happened.add(name);
    // Somebody who is away for a minute keeps others from happening to them.
    expect(counts.size, "kinds of events that happened").toBeGreaterThanOrEqual(kinds - 2);
    expect(brought, "clients were brought to the present").toBeGreaterThan(15);
  });
});
