/** Schema patches read back into plain data: what a client of the stream plane draws. */
import { describe, expect, it } from "vitest";
import { StreamWorld } from "../../../client/stream/stream-world.ts";
import { StateMirror } from "../../../server/stream/state-mirror.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { games } from "../../../shared/games/index.ts";
import { Driver } from "../../contract/driver.ts";

describe.each(games.map((game) => [game.name, game] as const))("%s", (_name, game) => {
  const world = new Simulation<unknown, unknown>(game as never, 3);
  const driver = new Driver(game, 4);
  const mirror = new StateMirror(game as never);
  const schema = mirror.create(world.state as never);
  const streamed = new StreamWorld<unknown, unknown>(game as never);

  it("is read back as the server has it, map by number, with the world before it", () => {
    expect([streamed.state, streamed.previous, streamed.tick]).toEqual([undefined, undefined, 0]);
    let before: unknown;
    for (let tick = 1; tick <= 200; tick++) {
      world.step(driver.next(world));
      mirror.update(world.state as never, schema);
      streamed.take({ tick, world: schema }, tick * 50);
      expect(streamed.state).toEqual(world.state);
      if (before !== undefined) expect(streamed.previous).toEqual(before);
      before = structuredClone(world.state);
    }
    expect(streamed.tick).toBe(200);
  });

  it("is drawn from the last world to the newest within one tick", () => {
    const tickMs = 1000 / game.tickRate;
    const moments = [9_999, 10_000, 10_000 + tickMs / 2, 10_000 + tickMs, 99_999];
    expect(moments.map((now) => streamed.alpha(now))).toEqual([0, 0, 0.5, 1, 1]);
  });

  it("does not change when the same tick comes again, and is gone when it is out of date", () => {
    const { state } = streamed;
    streamed.take({ tick: 200, world: schema }, 20_000);
    expect(streamed.state).toBe(state);
    expect(streamed.alpha(20_000)).toBe(1);
    streamed.clear();
    expect([streamed.state, streamed.previous]).toEqual([undefined, undefined]);
  });
});
