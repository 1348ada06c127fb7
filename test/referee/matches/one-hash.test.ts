/** R6 and R7 in memory: whoever plays, joins late or sits behind a bad network ends with the referee's hash. */
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { games } from "../../../shared/games/index.ts";
import { Table } from "../../kit/memory/table.ts";
import { botScript } from "../../kit/scripts.ts";
import { rerun, seedsOf } from "../../kit/seeds.ts";

const TICKS = process.env.CI ? 5000 : 800;
const LATE_JOIN_TICK = TICKS / 2;

/** Eight clients and a late joiner play a match of `TICKS` ticks. */
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

describe.each(games.map((game) => [game.name, game] as const))("%s in memory", (name, game) => {
  // Two hundred take minutes more: SEEDS=200.
  it.each(seedsOf(name, 14, 2))("seed %i: 8 clients and one late joiner end with one hash", (seed) => {
    const table = play(game, seed);
    const facts = table.players.map(({ id, client, compared, differed }) => ({
      id,
      tick: client.confirmedTick,
      hash: client.confirmed.hash(),
      differed,
      mismatches: client.stats.hashMismatches,
      snapshots: client.stats.snapshots,
      hasPlayed: compared > TICKS / 3,
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
    expect(facts, `run again: ${rerun("test/referee/matches/one-hash.test.ts", seed)}`).toEqual(expected);
    // A client next door to the server hardly ever guesses; a table of them does.
    const rollbacks = table.players.reduce((sum, { client }) => sum + client.stats.rollbacks, 0);
    expect(rollbacks, "rollbacks happened").toBeGreaterThan(TICKS / 10);
    expect(table.match.intake.counts.accepted, "inputs arrived").toBeGreaterThan(TICKS / 5);
  });
});
