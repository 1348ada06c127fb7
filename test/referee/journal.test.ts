/** A match whose process is killed at any point of a tick (R17): another goes on from its journal, and nothing confirmed is lost. */
import { afterAll, describe, expect, it } from "vitest";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { ledger as game } from "../kit/games/ledger-game.ts";
import { CommandedPlay } from "../kit/memory/commanded-play.ts";
import { MortalJournal } from "../kit/memory/mortal-journal.ts";
import { Table } from "../kit/memory/table.ts";
import { rerun, seeds } from "../kit/seeds.ts";

const { tickRate: TICK_RATE } = game;
const FILE = "test/referee/journal.test.ts";
const counts = new Map<string, number>();

describe("eight clients whose referee is killed now and then", () => {
  it.each(seeds(1000, 12))("seed %i: one world, every command once, every seat kept", (seed) => {
    const journal = new MortalJournal();
    const play = new CommandedPlay(seed, undefined, journal);
    expect(play.faults(), `run again: ${rerun(FILE, seed)}`).toEqual([]);
    for (const [what, count] of play.counts) counts.set(what, (counts.get(what) ?? 0) + count);
  });

  afterAll(() => {
    if ((counts.get("given") ?? 0) < 1000) return;
    for (const what of ["before", "after"])
      for (const entry of ["frame", "standing", "keyframe"])
        expect([...counts.keys()], "what happened").toContain(`killed ${what} a ${entry}`);
  });
});

describe("a machine that stops, with the last entries not on its disk yet", () => {
  it.each(seeds(300, 20))("seed %i: everybody goes back to what is there, and is in step again", (seed) => {
    const random = new WorldRandom(seed ^ 0xd15c);
    const journal = new MortalJournal(TICK_RATE);
    const table = new Table({
      game,
      seed,
      journal,
      network: (own) => ({ delayMs: own.float() * 120, jitterMs: own.float() * 80 }),
      script: (_state, _seat, _tick, own) => ({ dx: own.int(-1, 1) }),
    });
    for (let i = 0; i < 4; i++) table.add();
    table.runTo(random.int(2, 12) * TICK_RATE);
    const [seats, tick] = [table.players.map(({ client }) => client.seat), table.match.world.tick];
    const lost = journal.lose(random.int(1, TICK_RATE));
    const { saved, standingTick } = journal.read();
    table.replaceReferee(saved, random.int(-1_000_000, 1_000_000), { journal, standingTick });
    expect(table.match.world.tick, "all that was written").toBe(tick - lost);
    for (const player of table.players) table.lose(player, random.int(1, 400));
    table.runTo(tick + 10 * TICK_RATE);
    table.settle();
    const { world } = table.match;
    const facts = table.players.map(({ client, differed, closedWith }) => ({
      ...{ tick: client.confirmedTick, hash: client.confirmed.hash(), differed, closedWith },
      mismatches: client.stats.hashMismatches,
    }));
    const expected = { tick: world.tick, hash: world.hash(), differed: 0, closedWith: undefined, mismatches: 0 };
    expect(facts, `run again: ${rerun(FILE, seed)}`).toEqual(facts.map(() => expected));
    expect(table.players.map(({ client }) => client.seat)).toEqual(seats);
  });
});
