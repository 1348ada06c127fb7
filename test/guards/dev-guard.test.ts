/** A match of a development room tells what is wrong with its game, each thing once, and goes on (or ends, plainly). */
import { afterEach, describe, expect, it } from "vitest";
import { DevGuard } from "../../guards/dev-guard.ts";
import { loadSentence } from "../../guards/load-error.ts";
import { installTraps } from "../../guards/traps/traps.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { defineGame } from "../../shared/engine/index.ts";
import { games } from "../../shared/games/index.ts";
import type { Match } from "../../shared/referee/match.ts";
import type { MakeGuard } from "../../shared/referee/match-guard.ts";
import { hiddenState } from "../kit/games/broken-games.ts";
import { matchInMemory } from "../kit/memory/delivery.ts";
import { forgetMatches } from "../kit/memory/played-matches.ts";
import { bugs } from "./bug.ts";
import { parts, type World } from "./corpus/parts.ts";

let uninstall = (): void => {};
afterEach(() => {
  uninstall();
  // Rules that are broken on purpose do not come out again.
  forgetMatches();
});

/** A match with four bots, whose guard's warnings are kept; `clock.now` is the time. */
function guarded(game: AnyGame, clock = { now: 0 }) {
  uninstall = installTraps();
  const warnings: string[] = [];
  // A logger looks at the clock, and is no rule.
  const warn = (sentence: string): void => void warnings.push(`${Date.now() > 0 ? "" : "?"}${sentence}`);
  const guard: MakeGuard = (literal) => new DevGuard(literal, { warn, now: () => clock.now });
  const match = matchInMemory(game, { seed: 3, bots: 4, pack: (_type, payload) => payload, guard });
  return { match, warnings, play: (ticks: number) => playTicks(match, ticks) };
}

const playTicks = (match: Pick<Match<unknown, unknown>, "closeTick">, ticks: number): void => {
  for (let i = 0; i < ticks; i++) match.closeTick();
};

const bug = (name: string): Promise<AnyGame> => bugs.find((one) => one.name === name)!.load();

const game = (step: (state: World, tick: number) => void): AnyGame =>
  defineGame({ ...parts, name: "coins", step: (state, { tick }) => step(state, tick) });

describe("a match of a development room", () => {
  it.each(games.map((one) => [one.name, one as AnyGame] as const))(
    "has nothing to say of %s, and plays it alike",
    (_name, one) => {
      const { match, warnings, play } = guarded(one);
      play(400);
      expect(warnings).toEqual([]);
      const plain = matchInMemory(one, { seed: 3, bots: 4, pack: (_type, payload) => payload });
      playTicks(plain, 400);
      expect(match.world.hash()).toBe(plain.world.hash());
    },
  );

  it("tells state outside of the schema by path, once, and goes on", () => {
    const { match, warnings, play } = guarded(hiddenState() as AnyGame);
    play(20);
    expect(match.world.tick).toBe(20);
    expect(warnings).toEqual([
      expect.stringMatching(/^hidden-state, tick 0, after rollback: stepping .*\ncount: was 1, is 2 the second time\n/),
    ]);
  });

  it("tells what rules call by line, once a line, and goes on", async () => {
    const { match, warnings, play } = guarded(await bug("cosine"));
    play(20);
    expect(match.world.tick).toBe(20);
    expect(warnings).toEqual([
      expect.stringMatching(/^test\/guards\/corpus\/cosine\.ts:9:\d+: Math\.cos is not the same/),
    ]);
  });

  it("tells one object in two places, and goes on", async () => {
    const { match, warnings, play } = guarded(await bug("shared-object"));
    play(20);
    expect(match.world.tick).toBe(20);
    expect(warnings).toEqual([
      expect.stringMatching(
        /corpus\/shared-object\.ts:10:\d+: shared-object\.players\[1\]: is the same object as .* \(tick 0\)$/,
      ),
    ]);
  });

  it("tells rules that fail only the second time, and goes on with the first world", () => {
    let calls = 0;
    const { match, warnings, play } = guarded(
      game((state, tick) => {
        if (++calls > 1 && tick === 0) throw new Error("only once");
        state.count = tick;
      }),
    );
    play(3);
    expect([match.world.tick, match.world.state]).toMatchObject([3, { count: 2 }]);
    expect(warnings[0]).toMatch(/tick 0, after rollback: .*\nstep: was ends, is throws Error: only once/);
  });

  it.each([
    [
      "not-a-number",
      "not-a-number.players[0].heat: NaN is not a value; look for 0 / 0 or a property that is not there",
    ],
    [
      "fraction-in-integer",
      "fraction-in-integer.players[0].x: 0.5 is not a whole number; round it or declare t.float64()",
    ],
    ["undeclared-property", "undeclared-property.players[0].bonus: is not declared in BrokenPlayer"],
  ])(
    "ends for a value that does not fit (%s), with the line that wrote it when the record is older",
    async (name, words) => {
      const { match, play } = guarded(await bug(name));
      // In tick 0 the players are made: their line cannot be watched.
      expect(() => play(1)).toThrow(words);
      expect(match.world.tick).toBe(0);
    },
  );

  it("names the line that wrote a value that does not fit", () => {
    const { play } = guarded(
      game((state, tick) => {
        if (tick === 2) state.players.get(1)!.x = 0.5;
      }),
    );
    expect(() => play(5)).toThrow(
      /^coins\.players\[1\]\.x: 0\.5 is not a whole number; .* \(written at test\/guards\/dev-guard\.test\.ts:\d+:\d+\)$/,
    );
  });

  it("names the line of a bot that writes into the world", async () => {
    const { warnings, play } = guarded(await bug("bot-writes"));
    play(5);
    expect(warnings.slice(1), "the writer's line, and nothing about the clock of whoever tells it").toEqual([]);
    expect(warnings[0]).toMatch(
      /^test\/guards\/corpus\/bot-writes\.ts:9:\d+: the bot changed count from \d+ to \d+; a bot only reads/,
    );
  });

  it("tells an infinite number once", async () => {
    const { warnings, play } = guarded(await bug("infinite-heat"));
    play(20);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^infinite-heat\.players\[\d\]\.heat is infinite after tick 0: was something divided by 0\?$/,
      ),
    ]);
  });

  it("ends at tick 0 when the rules throw there, with their own error", () => {
    const { play } = guarded(
      game(() => {
        throw new Error("a rule that fails");
      }),
    );
    expect(() => play(1)).toThrow("a rule that fails");
  });
});

describe("a game that cannot be loaded", () => {
  it.each([
    ["wrong-setup", "wrong-setup.count: -1 does not fit"],
    ["lossy-type", "lossy-type.speed: t.number() is lossy on the wire"],
    ["misspelt-member", "misspelt-member.onJoin: is not part of a game"],
  ])("is told in one sentence, with the line of defineGame: %s", async (name, words) => {
    const error = await bug(name).catch((reason: unknown) => reason);
    expect(loadSentence(error)).toMatch(new RegExp(`^test/guards/corpus/${name}\\.ts:\\d+:\\d+: `));
    expect(loadSentence(error)).toContain(words);
  });
});

describe("rules that take longer than a tick has", () => {
  it("are told every ten seconds, and are stepped once only most of the time, so that the room goes on", () => {
    const clock = { now: 0 };
    let steps = 0;
    const slow = game(() => {
      steps++;
      clock.now += 100;
    });
    const { warnings, play } = guarded(slow, clock);
    play(100);
    expect(warnings[0]).toBe("the rules of coins took 100 ms at tick 0; a tick has 50 ms");
    expect(warnings.length).toBe(1 + Math.floor(clock.now / 10_000));
    expect(steps).toBeLessThan(130);
  });

  it("are not told when they are quick", () => {
    const clock = { now: 0 };
    const quick = game(() => {
      clock.now += 5;
    });
    const { warnings, play } = guarded(quick, clock);
    play(100);
    expect(warnings).toEqual([]);
  });
});
