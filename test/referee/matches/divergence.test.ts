/** R7: a world that is not the referee's is noticed on both sides and healed by what differs; seeds make matches. */
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { games } from "../../../shared/games/index.ts";
import { Table } from "../../kit/memory/table.ts";
import { botScript } from "../../kit/scripts.ts";

const network = () => ({ delayMs: 30, jitterMs: 10 });

function playTo(game: AnyGame, seed: number, ticks: number): Table<unknown, unknown> {
  const table = new Table<unknown, unknown>({ game, seed, network, script: botScript(game) });
  table.add();
  table.add();
  table.runTo(ticks);
  return table;
}

describe("a client whose world is not the referee's", () => {
  it("is noticed by client and referee, and healed by what differs", () => {
    const table = playTo(games[0] as AnyGame, 3, 200);
    const [victim, witness] = table.players as [(typeof table.players)[0], (typeof table.players)[0]];
    // One bit of the victim's random state: the world it steps from now on is another one.
    const snapshot = victim.client.confirmed.snapshot();
    snapshot[4]! ^= 1;
    expect(victim.client.confirmed.restore(snapshot)).toBe(true);
    table.runTo(300);
    table.settle();
    expect(victim.client.stats.hashMismatches).toBeGreaterThan(0);
    expect(table.match.hashes.counts.differs).toBeGreaterThan(0);
    expect(victim.client.stats, "no second snapshot").toMatchObject({ heals: 1, snapshots: 1 });
    expect(table.match.sessions.healing.counts).toEqual({ byDifference: 1, whole: 0 });
    expect(victim.differed, "for less than a second").toBeLessThan(20);
    expect(witness.client.stats.hashMismatches).toBe(0);
    expect(victim.client.confirmed.hash()).toBe(table.hashes[300]);
  });
});

it.each(games.map((game) => [game.name, game as AnyGame] as const))(
  "%s: the same seed gives the same match, another seed another one",
  (_name, game) => {
    const [first, again, other] = [7, 7, 8].map((seed) => playTo(game, seed, 400).hashes);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  },
);
