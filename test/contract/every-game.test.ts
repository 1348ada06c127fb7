/** Registering a game tests it: the contract suite over the whole shelf, and over games that must fail it. */
import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { lintPath, print } from "../../guards/lint/lint.ts";
import { StateMirror } from "../../server/stream/state-mirror.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { games } from "../../shared/games/index.ts";
import { buildAsPage } from "../kit/browsers/page-built.ts";
import * as brokenCommands from "../kit/games/broken-commands.ts";
import * as broken from "../kit/games/broken-games.ts";
import { checkStream } from "./check-stream.ts";
import { checkBots, checkBuild, checkHostileSnapshots, checkRules, checkSnapshots, checkSync } from "./contract.ts";
import { checkGolden, FOLDER, GAMES, readGolden, recordGolden } from "./golden-match.ts";

/** On a laptop a part of what CI plays. */
const share = process.env.CI ? 1 : 1 / 5;
const shelf = games.map((game) => [game.name, game as AnyGame] as const);

it("every game on the shelf has a name of its own", () => {
  const names = games.map(({ name }) => name as string);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

/** Of the whole shelf. */
const findings = lintPath("shared/games").map(print);
let built: readonly AnyGame[];
beforeAll(async () => {
  const page = await buildAsPage({ shelf: "shared/games/index.ts" });
  built = (await page.load("shelf")).games as AnyGame[];
  await page.remove();
});

describe.each(shelf)("%s keeps the contract", (name, game) => {
  it("steps to the same world again after a rollback, at every tick", () => {
    expect(checkSync(game, 2000 * share, 1)).toBeUndefined();
  });

  it("passes the lint and the run-time guard", () => {
    expect(findings).toEqual([]);
    expect(checkRules(game, 1000 * share, 5)).toBeUndefined();
  });

  it("comes back from its snapshot at every tick of a run", () => {
    expect(checkSnapshots(game, 1000 * share, 2)).toBeUndefined();
  });

  it("is played by its bots", () => {
    expect(checkBots(game, 5000 * share, 3)).toBeUndefined();
  });

  it(`arrives on the stream plane as the referee has it, at every one of ${500 * share} ticks`, () => {
    expect(checkStream(game, 500 * share, 6)).toBeUndefined();
  });

  it("refuses hostile snapshots without throwing", () => {
    expect(checkHostileSnapshots(game, 4)).toBeUndefined();
  });

  it(`is the same game in the built page, at every one of ${2000 * share} ticks`, () => {
    expect(checkBuild(game, built.find((one) => one.name === name)!, 2000 * share, 6)).toBeUndefined();
  });

  it("comes to the worlds of its golden match", () => {
    // A new game has none yet; without one it must at least agree with itself.
    expect(checkGolden(game, readGolden(name) ?? recordGolden(game))).toBeUndefined();
  });
});

it("every golden match is of a game that is here", () => {
  const names = readdirSync(FOLDER).map((file) => file.replace(/\.phx$/, ""));
  expect(names.filter((name) => !GAMES.some((game) => game.name === name))).toEqual([]);
});

describe("the contract fails for a broken game", () => {
  it("whose state hides in a variable", () => {
    expect(checkSync(broken.hiddenState(), 50, 1)).toMatch(/after rollback: [\s\S]*\ncount: was /);
  });

  it("that keeps a reference across ticks", () => {
    expect(checkSync(broken.staleReference(), 50, 1)).toMatch(/after (snapshot|rollback)/);
  });

  it("whose world never changes", () => {
    expect(checkSnapshots(broken.frozen(), 50, 1)).toBe("the state never changed in 50 ticks: nothing was tested");
  });

  it("whose world is not what the stream plane shows", () => {
    const game = games[0] as AnyGame;
    const mirror = new StateMirror<unknown, unknown>(game);
    const standing = { create: () => mirror.create(), update() {} };
    expect(checkStream(game, 50, 1, standing)).toMatch(/^tick 2: the early client has another world: arena\./);
  });

  it("whose values outgrow their types, with the path", () => {
    expect(() => checkSnapshots(broken.outgrowing(20), 50, 1)).toThrow(/outgrowing\.count: -1/);
  });

  it("whose bot wants what its input cannot hold", () => {
    expect(() => checkBots(broken.greedyBot(), 50, 1)).toThrow(/greedy-bot\.input\.dx: 300/);
  });

  it("whose bot writes into the world", () => {
    expect(() => checkBots(broken.meddlingBot(), 50, 1)).toThrow(/tick 0: the bot of seat 0 changed the world/);
  });

  it("whose accepts throws for what a cheater may give, with the command", () => {
    expect(() => checkSync(brokenCommands.throwingAccepts(), 200, 1)).toThrow(
      /^tick \d+: throwing-accepts\.commands\.hit\.accepts: Cannot read properties of undefined/,
    );
  });

  it("whose apply throws for what a cheater may give, with the command, its seat and its fields", () => {
    expect(() => checkSync(brokenCommands.throwingApply(), 200, 1)).toThrow(
      /Cannot read properties of undefined.*\(in the command hit of seat \d \{ id: -?\d+, shout: ".*" \}\)$/u,
    );
  });

  it("whose accepts writes into the world", () => {
    expect(() => checkRules(brokenCommands.writingAccepts(), 50, 1)).toThrow(/accepts changed ticks from 1 to 2/);
  });

  it("whose bots give what is never accepted, with the reason", () => {
    expect(checkBots(brokenCommands.refusedBots(), 50, 1)).toBe(
      "the bots gave 196 commands, and the rules accepted none; the last was refused: hit: not today",
    );
  });

  it("that cuts an emoji of a command in two", () => {
    expect(() => checkSync(brokenCommands.cuttingApply(), 500, 1)).toThrow(
      /cutting-apply\.title: .* has half an emoji at 4/,
    );
  });

  it("that calls what rules must not, with the line", () => {
    expect(() => checkRules(broken.clocked(), 50, 1)).toThrow(
      /^tick 0: test\/kit\/games\/broken-games\.ts:\d+:\d+: Math\.random gives .* \(step of clocked, tick 0\)$/,
    );
  });

  it("that throws", () => {
    expect(() => checkBots(broken.throwing(20), 50, 1)).toThrow("a rule that fails");
  });

  it("whose outcome differs from run to run", () => {
    const clocked = broken.clocked();
    expect(checkGolden(clocked, recordGolden(clocked, 50))).toMatch(
      /^the rules of clocked changed: they come to another world between tick \d+ and \d+; if that is meant: npm run golden -- clocked$/,
    );
  });

  const tag = shelf.find(([name]) => name === "tag")![1];
  const golden = readGolden("tag")!;

  it("whose rules were changed in one tick, with the fields and the command that records it anew", () => {
    const changed: AnyGame = {
      ...tag,
      step(state, context) {
        tag.step(state, context);
        if (context.tick === 777) context.random.int(0, 1);
      },
    };
    const found = checkGolden(changed, golden);
    expect(found).toMatch(
      /^the rules of tag changed: they come to another world between tick 77\d and 78\d \(at tick \d+: /,
    );
    expect(found).toMatch(/: random is [-\d ]+ and was [-\d ]+.*\); if that is meant: npm run golden -- tag$/);
  });

  it("whose declaration was changed", () => {
    const other = shelf.find(([name]) => name === "arena")![1];
    expect(checkGolden({ ...other, name: "tag" }, golden)).toMatch(
      /it is of another build\. The rules of tag changed; /,
    );
  });
});
