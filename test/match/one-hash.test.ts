/** R6 and R7 in memory: whoever plays, joins late or sits behind a bad network ends with the referee's hash. */
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { games } from "../../shared/games/index.ts";
import { botScript } from "../kit/scripts.ts";
import { rerun, seeds } from "../kit/seeds.ts";
import { Table } from "../kit/table.ts";

const TICKS = 5000;
const LATE_JOIN_TICK = 2500;
const FILE = "test/match/one-hash.test.ts";

function play(game: AnyGame, seed: number): Table<unknown, unknown> {
  const table = new Table<unknown, unknown>({
    game,
    seed,
    network: (random) => ({ delayMs: random.float() * 120, jitterMs: random.float() * 80 }),
    script: botScript(game),
  });
  const clients = Math.min(8, game.seats.max);
  for (let i = 0; i < clients; i++) table.add();
  table.runTo(LATE_JOIN_TICK);
  // A ninth where there is a seat for it; at a smaller table the first one's seat passes to it.
  if (game.seats.max === clients) table.remove(table.players[0]!);
  table.add();
  table.runTo(TICKS);
  table.settle();
  return table;
}

describe.each(games.map((game) => [game.name, game] as const))("%s in memory", (_name, game) => {
  it.each(seeds(200, 5))("seed %i: 8 clients and one late joiner end with one hash", (seed) => {
    const table = play(game, seed);
    const facts = table.players.map(({ id, client, compared, differed }) => ({
      id,
      tick: client.confirmedTick,
      hash: client.confirmed.hash(),
      differed,
      mismatches: client.stats.hashMismatches,
      snapshots: client.stats.snapshots,
      hasPlayed: compared > 1000 && client.stats.rollbacks > 100,
    }));
    const expected = table.players.map(({ id }) => ({
      id,
      tick: TICKS,
      hash: table.hashes[TICKS],
      differed: 0,
      mismatches: 0,
      snapshots: 1,
      hasPlayed: true,
    }));
    expect(facts, `run again: ${rerun(FILE, seed)}`).toEqual(expected);
    expect(table.match.intake.counts.accepted, "inputs arrived").toBeGreaterThan(TICKS / 5);
  });

  it("the same seed gives the same match, another seed another one", () => {
    const hashes = [7, 7, 8].map((seed) => play(game, seed).hashes);
    expect(hashes[0]).toEqual(hashes[1]);
    expect(hashes[0]).not.toEqual(hashes[2]);
  });
});

describe("a client whose rules are not the referee's", () => {
  it("is noticed by client and referee, and healed by a snapshot", () => {
    const game = games[0]! as AnyGame;
    const table = new Table<unknown, unknown>({
      game,
      seed: 3,
      network: () => ({ delayMs: 30, jitterMs: 10 }),
      script: botScript(game),
    });
    const [victim, witness] = [table.add(), table.add()];
    table.runTo(200);
    // One bit of the victim's random state: the world it steps from now on is another one.
    const snapshot = victim.client.confirmed.snapshot();
    snapshot[4]! ^= 1;
    expect(victim.client.confirmed.restore(snapshot)).toBe(true);
    table.runTo(300);
    table.settle();
    expect(victim.client.stats.hashMismatches).toBeGreaterThan(0);
    expect(table.match.desyncs.counts.differs).toBeGreaterThan(0);
    expect(victim.client.stats.snapshots).toBeGreaterThan(1);
    expect(witness.client.stats.hashMismatches).toBe(0);
    expect(victim.client.confirmed.hash()).toBe(table.hashes[300]);
  });
});

it("the random stream of a table is not the one of its world", () => {
  expect(new WorldRandom(1 ^ 0x5eed).uint32()).not.toBe(new WorldRandom(1).uint32());
});
