/** R7 in memory: one bit of one client's world flipped every second, each found, named and healed. */
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { games } from "../../../shared/games/index.ts";
import type { DesyncReport } from "../../../shared/referee/desync/desync-report.ts";
import { flipBit } from "../../kit/memory/flip-bit.ts";
import { Table } from "../../kit/memory/table.ts";
import { botScript } from "../../kit/scripts.ts";

const SECONDS = process.env.CI ? 120 : 40;

function open(game: AnyGame, seed: number) {
  const reports: DesyncReport[] = [];
  const table = new Table<unknown, unknown>({
    game,
    seed,
    network: () => ({ delayMs: 40, jitterMs: 20 }),
    script: botScript(game),
    onReport: (report) => void reports.push(report),
  });
  const [victim, witness] = [table.add(), table.add()];
  table.runTo(3 * game.tickRate);
  return { table, victim, witness, reports };
}

/** Rules that look up what a number of their world stands for throw where the number was flipped to one that stands for nothing. */
const LOOKS_UP = ["skirmish"];
/** In seconds: rules that throw twice within ten are taken to have a fault of their own. */
const LOOKS_UP_EACH = 11;

const shelf = games.map((game) => [game.name, game as AnyGame] as const);

describe.each(shelf.filter(([name]) => !LOOKS_UP.includes(name)))("%s", (_name, game) => {
  it(`a flipped bit a second, ${SECONDS} times: each is found, named by its field, and healed within a second`, () => {
    const { table, victim, witness, reports } = open(game, 11);
    const random = new WorldRandom(5);
    const flips: { tick: number; path: string }[] = [];
    let unhealed = 0;
    for (let second = 3; second < 3 + SECONDS; second++) {
      table.runTo(second * game.tickRate);
      const { client } = victim;
      flips.push({ tick: client.confirmedTick, path: flipBit(client.confirmed, random) });
      table.runTo((second + 1) * game.tickRate);
      if (client.confirmed.hash() !== table.hashes[client.confirmedTick]) unhealed++;
    }
    expect(unhealed).toBe(0);
    expect(reports.map(({ tick, culprit, differences }) => ({ tick, culprit, path: differences[0]?.path }))).toEqual(
      flips.map(({ tick, path }) => ({ tick, culprit: "memory", path })),
    );
    expect(victim.client.stats).toMatchObject({ heals: SECONDS, snapshots: 1, malformed: 0 });
    expect([victim.closedWith, victim.plane], "only healed").toEqual([undefined, "lockstep"]);
    expect(witness.client.stats).toMatchObject({ hashMismatches: 0, snapshots: 1, heals: 0 });
    expect(witness.differed).toBe(0);
  });
});

describe.each(shelf.filter(([name]) => LOOKS_UP.includes(name)))("%s", (_name, game) => {
  it("a flipped bit now and then: each is found and healed, or has made the rules throw and the world was fetched anew", () => {
    const { table, victim, witness, reports } = open(game, 11);
    const random = new WorldRandom(2);
    const flips: number[] = [];
    let thrown = 0;
    for (let second = 3; second < 3 + 2 * SECONDS; second += LOOKS_UP_EACH) {
      table.runTo(second * game.tickRate);
      const { client } = victim;
      const { snapshots } = client.stats;
      const tick = client.confirmedTick;
      flipBit(client.confirmed, random);
      table.runTo((second + 1) * game.tickRate);
      expect(client.confirmed.hash(), `after ${tick}`).toBe(table.hashes[client.confirmedTick]);
      if (client.stats.snapshots > snapshots) thrown++;
      else flips.push(tick);
    }
    expect(thrown, "by chance, some are of the kind").toBeGreaterThan(0);
    expect(reports.map(({ tick, culprit }) => ({ tick, culprit }))).toEqual(
      flips.map((tick) => ({ tick, culprit: "memory" })),
    );
    expect(victim.client.stats).toMatchObject({ heals: flips.length, snapshots: 1 + thrown, malformed: 0 });
    expect([victim.closedWith, victim.plane], "only healed").toEqual([undefined, "lockstep"]);
    expect(witness.client.stats).toMatchObject({ hashMismatches: 0, snapshots: 1, heals: 0 });
    expect(witness.differed).toBe(0);
  });
});
