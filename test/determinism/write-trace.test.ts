/** The trace of what rules write: it changes nothing of what they do, and names every write. */
import { expect, it } from "vitest";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { games } from "../../shared/games/index.ts";
import { fromHex } from "./inside/hex.ts";
import { record, steps } from "./inside/recording.ts";
import { traceTick } from "./inside/trace-tick.ts";
import { WriteTrace } from "./inside/write-trace.ts";

it.each(games.map((game) => [game.name, game as AnyGame] as const))(
  "a watched tick of %s is the same tick",
  (_, game) => {
    const { match } = record(game, { game: game.name, seed: 3, ticks: 400 });
    const snapshots = Array.from(steps(game, match), (world) => world.snapshot());
    let writes = 0;
    for (let tick = 0; tick < match.ticks; tick += 37) {
      const traced = traceTick(game, { match, tick });
      expect(fromHex(traced.snapshot)).toEqual(snapshots[tick + 1]);
      writes += traced.writes.length;
    }
    expect(writes).toBeGreaterThan(50);
  },
);

it("notes records, lists and maps with their paths, and leaves no view in the state", () => {
  const state = { list: [{ x: 1 }, { x: 2 }], map: new Map([[3, { x: 3 }]]), one: { x: 4 } };
  const trace = new WriteTrace();
  const seen = trace.watch(state);
  seen.list.push({ x: 5 });
  for (const [, item] of seen.map) item.x = -0;
  seen.map.set(4, seen.one);
  seen.list = seen.list.filter(({ x }) => x > 1);
  seen.map.delete(3);
  expect(trace.writes.map(({ path, value }) => `${path}=${value}`)).toEqual([
    'list[2]={"x":5}',
    "list.length=3",
    "map[3].x=-0",
    'map[4]={"x":4}',
    'list=[{"x":2},{"x":5}]',
    "map[3]=deleted",
  ]);
  expect(structuredClone(state)).toEqual({ list: [{ x: 2 }, { x: 5 }], map: new Map([[4, { x: 4 }]]), one: { x: 4 } });
});
