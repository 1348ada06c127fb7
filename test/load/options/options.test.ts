/** The command line of `npm run bots`: what it understands, and the sentence for everything else. */
import { expect, it } from "vitest";
import { games } from "../../../shared/games/index.ts";
import { made } from "../kit/made-report.ts";
import { WRITERS } from "../report/report-files.ts";
import { COUNT_NAMES, DISTRIBUTION_NAMES } from "../verdict/metrics.ts";
import { commandOf } from "./environment.ts";
import { HELP } from "./flags.ts";
import { type Options, parseOptions } from "./options.ts";

const parse = (...args: string[]) => parseOptions(args, games);
const run = (...args: string[]): Options => {
  const parsed = parse(...args);
  if (parsed.kind !== "run") throw new Error(JSON.stringify(parsed));
  return parsed;
};

it("without flags bots play the first game of the shelf", () => {
  expect(run()).toMatchObject({
    game: games[0],
    url: undefined,
    stages: [{ bots: 20, seconds: 30 }],
    rampSeconds: 10,
    perRoom: 8,
    plane: "lockstep",
    play: "bot",
    churn: 0,
    kill: 0,
    verify: "hash",
    processes: "auto",
    maxDelayMs: 500 / games[0]!.tickRate,
  });
});

it("every flag is understood", () => {
  const options = run(
    ..."tag -n 40 --per-room 4 --duration 2min --ramp 500ms --net wifi-bad,delay=5 --play random".split(" "),
    ..."--churn 5%/min --kill 2.5%/min --verify off --processes 3 --seed 7 --max-delay 50ms".split(" "),
    ..."--url https://play.example.com/ --json a.json --html a.html --junit a.xml".split(" "),
    "--assert",
    "frame_lateness.p99.9 < 0.02s",
    "--assert=joins>=40",
  );
  expect(options).toMatchObject({
    url: "wss://play.example.com",
    stages: [{ bots: 40, seconds: 120 }],
    rampSeconds: 0.5,
    perRoom: 4,
    network: "wifi-bad,delay=5",
    play: "random",
    churn: 0.05,
    kill: 0.025,
    verify: "off",
    processes: 3,
    seed: 7,
    maxDelayMs: 50,
    files: { json: "a.json", html: "a.html", junit: "a.xml" },
  });
  expect(options.assertions).toMatchObject([
    { metric: "frame_lateness", stat: "p99.9", operator: "<", limit: 20 },
    { metric: "joins", stat: undefined, operator: ">=", limit: 40 },
  ]);
  expect(run("--duration", "1m30s", "--ramp", "0s")).toMatchObject({ stages: [{ seconds: 90 }], rampSeconds: 0 });
  expect(run("--stages", "0@5s,4@1h1m,0@5s").stages).toMatchObject([{ bots: 0 }, { seconds: 3660 }, { bots: 0 }]);
  expect(run("--json", "-").files.json).toBe("-");
  expect(run("--game", "tag").game.name).toBe("tag");
  expect(run("--plane", "stream").verify).toBe("off");
  expect(run("--stages", "50@30s,200@60s")).toMatchObject({
    stages: [
      { bots: 50, seconds: 30 },
      { bots: 200, seconds: 60 },
    ],
    rampSeconds: 10,
  });
});

it.each([
  ["--help", "help"],
  ["-h", "help"],
])("%s is the wish for help", (flag, kind) => {
  expect(parse(flag).kind).toBe(kind);
});

it("the help names every metric", () => {
  expect([...DISTRIBUTION_NAMES, ...COUNT_NAMES].filter((name) => !HELP.includes(name))).toEqual([]);
});

it.each([
  ["chess", 'There is no game "chess" on the shelf; there are arena, tag, skirmish, cards.'],
  ["tga", 'There is no game "tga" on the shelf; there are arena, tag, skirmish, cards. Did you mean tag?'],
  ["tag arena", 'One game at a time: "tag" and "arena" are given.'],
  ["tag --game arena", "The game is given twice, as tag and as --game arena; give it once."],
  ["--durtion 3s", "There is no flag --durtion. Did you mean --duration? --help lists them."],
  ["--duration", "--duration needs a value"],
  ["-n -5", "-n needs a value"],
  ["-n 5 -n 6", "--bots is given twice; give it once."],
  ["--json=", "--json is empty"],
  ["-n 0", '-n cannot be "0": give a whole number from 1 to 100000.'],
  ["-n many", '-n cannot be "many"'],
  ["--per-room 9 tag", "--per-room 9 is too many: a room of tag has 8 seats."],
  ["--duration 30", '--duration cannot be "30": give a time with its unit, such as 30s, 500ms or 1m30s.'],
  ["--duration 0s", '--duration cannot be "0s": give a time above 0, such as 30s.'],
  ["--duration 1m30", '--duration cannot be "1m30"'],
  ["--duration 25h", '--duration cannot be "25h"'],
  ["--stages 0@9s,0@9s", '--stages cannot be "0@9s,0@9s": give at least one stage with bots.'],
  ["--stages 5@0s", '--stages cannot be "0s": give a time above 0'],
  ["--token a --token-script b.ts", "--token and --token-script all say who the bots are; give one of them."],
  ["--token-secret short", "is too short; a server takes at least 32 characters."],
  ["--url ws://me:secret@a", "--url takes no password"],
  ["--ramp 40s", "--ramp 40s does not fit into 30 s; give a shorter one, or 0."],
  ["--stages 50", '--stages cannot be "50": give numbers of bots and times, such as 50@30s,200@60s.'],
  ["--stages 5@9s -n 4", "--stages says already how many bots there are and how long; leave --bots out."],
  ["--stages 5@9s --duration 4s", "leave --duration out."],
  ["--plane both", '--plane cannot be "both": give lockstep or stream.'],
  ["--net moon", '--net: There is no network called "moon"'],
  ["--play well", '--play cannot be "well": give bot or idle or random.'],
  ["--script a.ts --play idle", "--script and --play both say who plays; give one of them."],
  ["--churn 5%", '--churn cannot be "5%": give a share of the bots a minute, such as 5%/min.'],
  ["--kill 5", '--kill cannot be "5"'],
  ["--verify all", '--verify cannot be "all": give hash or off.'],
  ["--plane stream --verify hash", "leave one of the two out."],
  ["--plane stream --net lan", "leave one of the two out."],
  ["--processes 9 -n 16", "--processes 9 is too many: a room is played by one process, and there are 2 rooms."],
  ["--seed -1", "--seed needs a value"],
  ["--seed 1.5", '--seed cannot be "1.5"'],
  ["--url there", '--url cannot be "there": give the address of a server, such as ws://localhost:2567.'],
  ["--url ftp://a", '--url cannot be "ftp://a"'],
  ["--json a --html ./a", "Two reports cannot be written to ./a; give each a file of its own."],
  ["--assert frame_latenes.p99<20ms", 'there is no metric "frame_latenes". Did you mean frame_lateness?'],
  ["--assert late", '--assert cannot be "late": write it as'],
  ["--assert frame_lateness<20ms", "say which part of frame_lateness: frame_lateness.p99"],
  ["--assert frame_lateness.p999<20ms", "say which part of frame_lateness"],
  ["--assert joins.p99>3", "joins is one number; write 'joins>3'."],
  ["--assert bytes_down.mean<3ms", 'bytes_down is not measured in "ms"; give B/s.'],
  ["--plane stream --assert hash_checks>0", "there is no hash_checks on the stream plane"],
  ["--url ws://a --assert server_cpu.mean<50%", "server_cpu is known only of a server that this command starts"],
])("%s is refused", (line, sentence) => {
  const parsed = parse(...line.split(" "));
  expect(parsed.kind).toBe("wrong");
  expect(parsed.kind === "wrong" && parsed.sentence).toContain(sentence);
});

it("tokens and secrets come from the environment too, and a flag wins", () => {
  const secret = "s".repeat(32);
  const read = (args: readonly string[], environment: Readonly<Record<string, string>>) =>
    parseOptions(args, games, environment) as Options;
  expect(read([], { TOKEN_SECRET: secret, TOKEN_AUDIENCE: "us" })).toMatchObject({
    ...{ token: undefined, tokenSecret: secret, tokenAudience: "us" },
  });
  expect(read([], { BOT_TOKEN: "one", TOKEN_SECRET: "" })).toMatchObject({ token: "one", tokenSecret: undefined });
  expect(read(["--token-script", "./a.ts"], { BOT_TOKEN: "one" }).token).toBeUndefined();
});

it("what opens a server is in no command and no plan of a report", () => {
  const secret = "a secret of more than 32 characters";
  const args = ["--token-secret", secret];
  expect(commandOf(["tag", ...args], 7)).toBe("npm run bots -- tag --token-secret '***' --seed 7");
  expect(commandOf(["tag", "--token=abc"], 7)).toBe("npm run bots -- tag '--token=***' --seed 7");
  const report = made({ args });
  expect(report.plan.tokens).toBe("signed");
  for (const text of Object.values(WRITERS).map((write) => write(report))) expect(text).not.toContain(secret);
});
