/** A match without a server: the referee, the player and the bots in one place, moved on by whoever draws it. */
import { describe, expect, it } from "vitest";
import { LocalMatch } from "../../../client/local/local-match.ts";
import type { MatchSource } from "../../../client/match/match-source.ts";
import { RULES_FAILED, SAMPLE_FAILED, type SessionEnd } from "../../../client/match/session-end.ts";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { defineGame } from "../../../shared/engine/game/define-game.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { games } from "../../../shared/games/index.ts";
import { walk } from "../../kit/walk.ts";

const DRAW_MS = 16;

/** Draws from `from` on for so many milliseconds. */
function draw(source: MatchSource<unknown>, from: number, forMs: number): number {
  let now = from;
  for (; now < from + forMs; now += DRAW_MS) source.advance(now);
  return now;
}

const neutral = (game: AnyGame) => () => inputCodecOf(game.input, game.name).create();

describe.each(games.map((game) => [game.name, game as AnyGame] as const))("%s", (_name, game) => {
  const open = (options: object = {}) =>
    new LocalMatch<unknown, unknown>(game, {
      ...{ sample: neutral(game), name: "Ada", bots: 4, seed: 7 },
      ...options,
    });

  it("is played with bots in the other seats, tick by tick, and every digest of the referee's is the player's", () => {
    const source = open();
    expect(source.picture()).toBeUndefined();
    draw(source, 5000, 10_000);
    const { stats, ticksAhead, roundTripAt, ratesAt } = source.figures;
    const { tick } = source.confirmed!;
    expect(Math.abs(tick - 10 * game.tickRate), "ticks in ten seconds").toBeLessThanOrEqual(2);
    expect(source.picture()!.tick - source.picture()!.confirmedTick).toBe(ticksAhead);
    expect(stats.hashChecks).toBeGreaterThan(30);
    expect([stats.hashMismatches, stats.snapshots, stats.malformed]).toEqual([0, 1, 0]);
    expect(source.confirmed!.hash()).toBeTypeOf("number");
    expect([roundTripAt.call(source.figures, 0), ratesAt.call(source.figures, 0)]).toEqual([undefined, undefined]);
    const roster = [...source.roster().values()];
    expect(roster.map(({ kind }) => kind).sort()).toEqual(["bot", "bot", "bot", "player"]);
    expect(source.roster().get(source.seat!)).toMatchObject({ name: "Ada", label: "Ada", kind: "player" });
    expect([source.kind, source.phase, source.plane, source.isOnline]).toEqual([
      "offline",
      "playing",
      "lockstep",
      true,
    ]);
  });

  it("has as many bots as the game needs, even where none was asked for", () => {
    const source = open({ bots: 0 });
    draw(source, 0, 1000);
    expect([source.phase, source.roster().size]).toEqual(["playing", game.seats.min]);
  });

  it("goes on among bots for who only watches", () => {
    const source = open({ watch: true });
    draw(source, 0, 2000);
    expect(source.seat).toBeUndefined();
    expect([...source.roster().values()].map(({ kind }) => kind)).toEqual(["bot", "bot", "bot", "bot"]);
    expect(source.picture()!.tick).toBeGreaterThan(game.tickRate);
  });

  it("stands still while nobody looks, and goes on from there; a long gap is no catch-up", () => {
    const source = open();
    let now = draw(source, 0, 2000);
    const { tick } = source.confirmed!;
    source.isHidden = true;
    now = draw(source, now, 5000);
    expect(source.confirmed!.tick).toBe(tick);
    source.isHidden = false;
    now = draw(source, now, 1000);
    expect(Math.abs(source.confirmed!.tick - tick - game.tickRate)).toBeLessThanOrEqual(1);
    draw(source, now + 60_000, 1000);
    expect(source.confirmed!.tick - tick).toBeLessThanOrEqual(2.5 * game.tickRate);
    expect(source.figures.stats.hashMismatches).toBe(0);
  });

  it("pauses as soon as its player wants it, and goes on", () => {
    const source = open();
    let now = draw(source, 0, 1000);
    source.wishPause(true);
    now = draw(source, now, 500);
    const { tick } = source.confirmed!;
    now = draw(source, now, 3000);
    expect([source.phase, source.confirmed!.tick]).toEqual(["paused", tick]);
    expect(source.roster().get(source.seat!)!.wantsPause).toBe(true);
    source.wishPause(false);
    draw(source, now, 2000);
    expect(source.phase).toBe("playing");
    expect(source.confirmed!.tick).toBeGreaterThan(tick + game.tickRate);
  });
});

describe("the player's own input", () => {
  it("is in the next picture, and in the confirmed world a tick later", () => {
    const source = new LocalMatch(walk, { sample: () => ({ dx: 1 }), name: "Ada", bots: 0, seed: 1 });
    draw(source as MatchSource<unknown>, 0, 2000);
    const { state, confirmed, tick, confirmedTick } = source.picture()!;
    const moved = (world: typeof state) => world.at.get(source.seat!)!;
    expect(moved(confirmed)).toBeGreaterThan(walk.tickRate);
    expect(moved(state) - moved(confirmed)).toBe(tick - confirmedTick);
    expect(source.figures.stats.mispredictions, "but for the tick it joined in").toBeLessThanOrEqual(1);
  });
});

describe("an end", () => {
  const endOf = (game: AnyGame, sample: () => object): SessionEnd[] => {
    const source = new LocalMatch<unknown, unknown>(game, { sample: sample as never, name: "Ada", bots: 0, seed: 1 });
    const ends: SessionEnd[] = [];
    source.on("end", (end) => ends.push(end));
    draw(source, 0, 3000);
    return ends;
  };

  it("by rules that throw is told once, with the tick", () => {
    const broken = defineGame({
      ...walk,
      step(state, context) {
        if (context.tick === 7) throw new Error("no such wall");
        walk.step(state, context);
      },
    });
    const ends = endOf(broken as AnyGame, () => ({ dx: 0 }));
    expect(ends.length).toBe(1);
    expect(ends[0]).toMatchObject({ code: RULES_FAILED, reason: expect.stringContaining("at tick 7: no such wall") });
  });

  it("by a wrong sample is told as what it is", () => {
    expect(endOf(walk as AnyGame, () => ({ dx: 300 }))).toMatchObject([{ code: SAMPLE_FAILED }]);
  });
});
