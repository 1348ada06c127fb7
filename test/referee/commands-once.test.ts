/** Commands in memory (R15, R16): whatever happens to a line, each is applied exactly once or its sender is told that it was not. */
import { afterAll, describe, expect, it } from "vitest";
import { ledger } from "../kit/games/ledger-game.ts";
import { CommandedPlay, type LedgerMatch } from "../kit/memory/commanded-play.ts";
import { Table } from "../kit/memory/table.ts";
import { rerun, seeds } from "../kit/seeds.ts";

const FILE = "test/referee/commands-once.test.ts";
const counts = new Map<string, number>();

describe("eight clients that give commands on lines that lose, hold up and break", () => {
  it.each(seeds(300, 12))("seed %i: each is applied once, in order, in one world, or reported", (seed) => {
    const play = new CommandedPlay(seed);
    expect(play.faults(), `run again: ${rerun(FILE, seed)}`).toEqual([]);
    for (const [what, count] of play.counts) counts.set(what, (counts.get(what) ?? 0) + count);
  });

  afterAll(() => {
    if ((counts.get("given") ?? 0) < 1000) return;
    for (const what of [
      "applied",
      "command/refused",
      "command/too-many",
      "cut",
      "stall",
      "plane",
      "pause",
      "sleep",
      "another",
      "reload",
    ])
      expect([...counts.keys()], "what happened").toContain(what);
    expect(counts.get("given on the stream plane")).toBeGreaterThan(10);
  });
});

it("given at the end of the prediction window of a client with an input delay, while the referee stands still, is not too early", () => {
  const table = new Table({
    ...{ game: ledger, seed: 1, inputDelay: 8 },
    network: () => ({ delayMs: 20 }),
    script: () => ({ dx: 0 }),
  });
  const { client } = table.add();
  table.runTo(40);
  // A server that hangs: nobody is told of it, and clients go on guessing.
  table.wait(3000);
  const { tick } = table.match.world;
  for (const until = table.now + 2000; table.now < until; ) table.step();
  expect(client.predictedTick - tick, "the whole window").toBeGreaterThanOrEqual(ledger.tickRate);
  const number = client.give("bell");
  table.runTo(tick + 40);
  expect(client.commands.takeSettled()).toMatchObject([{ number, outcome: { isApplied: true } }]);
});

describe("a referee is found out that", () => {
  const plays = (sabotage: (match: LedgerMatch) => void): string[] => {
    const found: string[] = [];
    for (let seed = 1; seed <= 5 && found.length === 0; seed++)
      found.push(...new CommandedPlay(seed, sabotage).faults());
    return found;
  };
  /** Wrongs the commands of every fifth frame that has any. */
  const wronging =
    (wrong: (commands: { number: number }[]) => void) =>
    ({ commands }: LedgerMatch): void => {
      const collect = commands.collect.bind(commands);
      let frames = 0;
      commands.collect = (seat, tick, into) => {
        const before = into.length;
        collect(seat, tick, into);
        if (into.length > before && ++frames % 5 === 0) wrong(into);
      };
    };

  it("drops one", () => {
    expect(plays(wronging((commands) => commands.pop())).join("\n")).toMatch(/nobody said|said to be/);
  });

  it("applies one twice", () => {
    expect(plays(wronging((commands) => commands.push({ ...commands.at(-1)!, number: 2 ** 31 }))).join("\n")).toMatch(
      /applied twice/,
    );
  });

  it("forgets which numbers it has had", () => {
    const forget = ({ commands }: LedgerMatch): void => {
      const accept = commands.accept.bind(commands);
      commands.accept = (seat, command, openTick) => {
        const taken = accept(seat, command, openTick);
        if (seat !== undefined && taken !== "waiting" && taken.isApplied) {
          commands.load([{ seat, next: command.number, waiting: [], outcomes: [] }], () => true);
          return accept(seat, command, openTick);
        }
        return taken;
      };
    };
    expect(plays(forget).join("\n")).toMatch(/applied twice/);
  });
});
