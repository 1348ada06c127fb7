/** The bots of a process, without sockets: who counts as in step when something throws, and while everybody leaves. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { games } from "../../../shared/games/index.ts";
import { type FakeServer, fakeServer } from "../kit/fake-session.ts";
import { type Options, parseOptions } from "../options/options.ts";
import type { Play } from "../play.ts";
import { Tally } from "../verdict/tally.ts";
import { CrewLoop } from "./crew-loop.ts";
import type { CrewPlan, FromWorker } from "./messages.ts";
import type { Tokens } from "./tokens.ts";

const BOTS = 4;
const game = games.find(({ name }) => name === "tag")!;

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "performance"] }));
afterEach(() => void vi.useRealTimers());

interface Started {
  readonly loop: CrewLoop;
  readonly tally: Tally;
  readonly server: FakeServer;
}

function started(play: Play, { leaveMs = 0, script, tokens = async () => undefined }: Setup = {}): Started {
  const args = ["tag", "-n", String(BOTS), "--duration", "10s", "--ramp", "0"];
  const options = parseOptions([...args, ...(script === undefined ? [] : ["--script", script])], games) as Options;
  const plan: CrewPlan = { ...options, game: game.name, url: "ws://fake", logic: undefined, worker: 0, workers: 1 };
  const server = fakeServer(leaveMs);
  const tally = new Tally();
  const say = (message: FromWorker): void => {
    if (message.kind === "interval") tally.add(0, message.interval);
  };
  const loop = new CrewLoop({ game, plan, play, tokens, join: server.join, say });
  loop.go(performance.timeOrigin + performance.now());
  return { loop, tally, server };
}

interface Setup {
  readonly leaveMs?: number;
  readonly script?: string;
  readonly tokens?: Tokens;
}

const still: Play = () => ({ dx: 0, dy: 0 });

it("leaving is no part of the run, however long it takes: nobody is called away, and nobody comes", async () => {
  const { loop, tally, server } = started(still, { leaveMs: 4000 });
  await vi.advanceTimersByTimeAsync(3000);
  expect(tally.standing).toEqual({ wanted: BOTS, inStep: BOTS });
  const left = loop.stop();
  await vi.advanceTimersByTimeAsync(5000);
  await left;
  expect(tally.standing).toEqual({ wanted: BOTS, inStep: BOTS });
  expect([server.joined(), server.left()]).toEqual([BOTS, BOTS]);
});

it.each<[string, Play, RegExp]>([
  ["throws", () => JSON.parse("{"), /^\.\/my-bot\.ts failed: /],
  ["returns nothing", () => undefined, /^\.\/my-bot\.ts failed: tag\.input/],
  ["returns a promise", async () => ({ dx: 0, dy: 0 }), /^\.\/my-bot\.ts failed: tag\.input/],
  ["returns what does not fit", () => ({ dx: 1000, dy: 0 }), /^\.\/my-bot\.ts failed: tag\.input\.dx/],
])(
  "a bot whose script %s is in step with nobody, is replaced, and the script is blamed",
  async (_title, broken, said) => {
    let isBroken = false;
    const play: Play = (...given) => (isBroken ? broken(...given) : still(...given));
    const { loop, tally, server } = started(play, { script: "./my-bot.ts" });
    await vi.advanceTimersByTimeAsync(1500);
    expect(tally.standing).toEqual({ wanted: BOTS, inStep: BOTS });
    isBroken = true;
    await vi.advanceTimersByTimeAsync(900);
    void loop.stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(tally.standing).toEqual({ wanted: BOTS, inStep: 0 });
    expect(tally.count("script_errors")).toBe(BOTS);
    expect([tally.count("rejoins"), tally.count("lost")]).toEqual([0, 0]);
    expect(server.left(), "its seat is given up").toBe(BOTS);
    expect(tally.troubles).toEqual([{ atFault: "script", reason: expect.stringMatching(said), times: BOTS }]);
  },
);

it("a bot whose game's rules throw is in step with nobody, and the rules are blamed", async () => {
  const { loop, tally, server } = started(still);
  await vi.advanceTimersByTimeAsync(1500);
  server.breakRules();
  await vi.advanceTimersByTimeAsync(900);
  void loop.stop();
  expect(tally.standing).toEqual({ wanted: BOTS, inStep: 0 });
  expect([tally.count("rejoins"), tally.count("lost")]).toEqual([0, BOTS]);
  expect(tally.troubles).toMatchObject([{ atFault: "rules", times: BOTS }]);
});

it("the game's own bot is part of its rules", async () => {
  const { loop, tally } = started(() => JSON.parse("{"));
  await vi.advanceTimersByTimeAsync(500);
  void loop.stop();
  expect(tally.troubles).toMatchObject([
    { atFault: "rules", reason: expect.stringContaining("the bot of tag failed") },
  ]);
});

it("who was thrown out by a fault is replaced after a second", async () => {
  let faults = 0;
  const { loop, tally, server } = started((...given) => (faults++ < 1 ? JSON.parse("{") : still(...given)));
  await vi.advanceTimersByTimeAsync(3000);
  void loop.stop();
  expect(server.joined()).toBe(BOTS + 1);
  expect(tally.standing).toEqual({ wanted: BOTS, inStep: BOTS });
});

it("a file that makes no token is blamed for it, and a token is never told", async () => {
  const { loop, tally } = started(still, {
    tokens: async ({ bot }) => {
      if (bot === 0) throw new Error("no such user");
      return "secret-of-somebody";
    },
  });
  await vi.advanceTimersByTimeAsync(500);
  void loop.stop();
  expect(tally.count("script_errors")).toBe(1);
  expect(tally.troubles).toMatchObject([{ atFault: "script", reason: expect.stringContaining("no such user") }]);
  expect(tally.standing.inStep).toBe(BOTS - 1);
});
