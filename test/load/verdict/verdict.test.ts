/** The verdict on a run, and its reports, from figures made up here. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Happening } from "../bots/messages.ts";
import { type Made, made } from "../kit/made-report.ts";
import { htmlOf } from "../report/html.ts";
import { junitOf } from "../report/junit.ts";
import { summaryOf } from "../report/summary.ts";
import { type AtFault, messageOf, PARTIES, ScriptFault, whoEnded, whoRefused } from "./at-fault.ts";

const refused: Happening = { kind: "refused", at: 1, bot: 3, atFault: "server", reason: "room/full <script>" };
const threw: Happening = { kind: "threw", at: 1, bot: 3, atFault: "script", reason: "./my-bot.ts failed: oh no" };
const desync: Happening = { kind: "desync", at: 0.5, bot: 3, room: "abc", tick: 77 };
const join: Happening = { kind: "join", at: 0.5, bot: 4, room: "abc", ms: 123 };

const died = (atFault: AtFault) => ({ how: "process 1 of 2 that played bots ended (SIGKILL)", atFault });

it.each<[string, Made, string, number, string]>([
  ["all is well", {}, "passed", 0, "All 6 conditions held."],
  ["an assertion holds", { args: ["--assert", "frame_lateness.p99<20ms"] }, "passed", 0, "All 7"],
  ["an assertion fails", { args: ["--assert", "frame_lateness.p99<2ms"] }, "failed", 99, "frame_lateness.p99<2ms"],
  ["what was never measured fails", { args: ["--assert", "rejoin_time.p99<9s"] }, "failed", 99, "rejoin_time.p99<9s"],
  ["a world differed", { counts: { hash_mismatches: 1 } }, "failed", 99, "Worlds differed from the server's: 2 times."],
  ["nobody looks at hashes", { args: ["--verify", "off"], counts: { hash_mismatches: 1 } }, "passed", 0, "All 4"],
  ["nothing was compared", { counts: { hash_checks: 0 } }, "failed", 99, "hash_checks>0"],
  ["a bot was thrown out", { counts: { lost: 1 } }, "failed", 99, "lost==0"],
  ["a bot's code threw", { counts: { script_errors: 1 } }, "failed", 99, "script_errors==0"],
  ["a bot is away", { inStep: 9 }, "failed", 99, "not_in_step==0"],
  ["the timer was late", { delay: 80 }, "inconclusive", 3, "woke 80 ms late at its p99"],
  ["the timer may be late", { delay: 80, args: ["--max-delay", "1s"] }, "passed", 0, "All 6"],
  ["there was no CPU left", { cpu: 99 }, "inconclusive", 3, "used 99 % of a core"],
  ["a process died", { ending: { deaths: [died("generator")] } }, "inconclusive", 3, "SIGKILL"],
  ["a desync is one on any machine", { cpu: 99, counts: { hash_mismatches: 1 } }, "failed", 99, "Worlds differed"],
  ["the server died", { ending: { aborted: { atFault: "server", sentence: "It is gone." } } }, "aborted", 1, "gone."],
  ["Ctrl-C", { ending: { interrupted: "Ctrl-C" } }, "interrupted", 130, "Stopped by Ctrl-C"],
  ["a cancelled job", { ending: { interrupted: "SIGTERM" } }, "interrupted", 143, "Stopped by SIGTERM"],
  ["a closed terminal", { ending: { interrupted: "SIGHUP" } }, "interrupted", 129, "Stopped by SIGHUP"],
])("%s", (_title, options, outcome, exitCode, sentence) => {
  const { verdict } = made(options);
  expect(verdict).toMatchObject({ outcome, exitCode });
  expect(verdict.sentence).toContain(sentence);
});

describe("the party at fault", () => {
  const refusedBy = (error: unknown): Happening => ({
    ...{ kind: "refused", at: 1, bot: 3, atFault: whoRefused(error), reason: messageOf(error) },
  });
  const lostBy = (code: number, reason: string): Happening => ({
    ...{ kind: "lost", at: 1, bot: 3, atFault: whoEnded({ code, reason }), reason },
  });
  const of = (code: unknown, message: string): Error => Object.assign(new Error(message), { code });
  const lost = { lost: 1 };
  const busy = { delay: 80, args: ["--script", "./my-bot.ts"] };

  it.each<[AtFault | undefined, string, Made]>([
    ["script", "a bot's code throws", { counts: { script_errors: 1 }, happenings: [threw] }],
    ["script", "a token's code throws", { inStep: 9, happenings: [refusedBy(new ScriptFault("./tokens.ts failed"))] }],
    ["script", "a bot's code takes the whole time", { ...busy, scriptTime: 95 }],
    ["script", "a bot's code never ends", { ending: { deaths: [died("script")] } }],
    ["tokens", "the server wants one", { inStep: 9, happenings: [refusedBy(of(401, "join/token: a valid token"))] }],
    ["rules", "a world differs", { counts: { hash_mismatches: 1 } }],
    ["rules", "they throw on the client", { counts: lost, happenings: [lostBy(0, "the rules of tag failed here")] }],
    ["rules", "they throw on the server", { counts: lost, happenings: [lostBy(4100, "room/crashed: ...")] }],
    ["client", "it fails by itself", { counts: lost, happenings: [lostBy(-2, "a fault of this client at tick 3")] }],
    ["server", "it fails in a tick", { counts: lost, happenings: [lostBy(4116, "room/fault: ...")] }],
    ["build", "other rules", { inStep: 9, happenings: [refusedBy(of(400, "game/other-build: reload"))] }],
    ["build", "another protocol", { inStep: 9, happenings: [refusedBy(of(400, "protocol/version: reload"))] }],
    ["limits", "too often", { inStep: 9, happenings: [refusedBy(of(429, "too many requests from this address"))] }],
    ["limits", "too many", { inStep: 9, happenings: [refusedBy(of(503, "this server has as many rooms as it can"))] }],
    ["server", "it is not there", { inStep: 9, happenings: [refusedBy(of("ECONNREFUSED", "fetch failed"))] }],
    ["server", "it went down", { counts: lost, happenings: [lostBy(4106, "server/shutdown: ...")] }],
    [
      "server",
      "it was there again",
      { counts: lost, happenings: [lostBy(1006, "lost")], ending: { wasServerDown: true } },
    ],
    ["server", "what it says of itself", { args: ["--assert", "server_tick.p99<1ms"] }],
    ["line", "a connection is lost", { counts: lost, happenings: [lostBy(1006, "the connection was lost")] }],
    ["line", "no answer to a join", { inStep: 9, happenings: [refusedBy(of("ECONNRESET", "fetch failed"))] }],
    ["line", "too slow to read", { counts: lost, happenings: [lostBy(4107, "client/too-slow: ...")] }],
    ["line", "a bad network on purpose", { args: ["--net", "3g", "--assert", "frame_lateness.p99<2ms"] }],
    ["generator", "no CPU left", { cpu: 99 }],
    ["generator", "its timer was late, and no script took the time", { ...busy, scriptTime: 5 }],
    ["generator", "a process was killed", { ending: { deaths: [died("generator")] } }],
    [undefined, "somebody is away, and nothing says why", { inStep: 9 }],
    [undefined, "all is well", {}],
    [undefined, "stopped by the user", { inStep: 9, ending: { interrupted: "Ctrl-C" }, happenings: [threw] }],
  ])("%s: %s", (atFault, _title, options) => {
    const { verdict } = made(options);
    expect(verdict.atFault).toBe(atFault);
    if (atFault === undefined) expect(verdict.sentence).not.toContain("At fault");
    else expect(verdict.sentence).toContain(`At fault: ${atFault} (`);
    if (atFault !== "server") expect(verdict.sentence, "nobody else is blamed").not.toContain("Read its log");
  });

  it("has a planted cause here, each of them", () => {
    const text = readFileSync(new URL(import.meta.url), "utf8");
    expect(Object.keys(PARTIES).filter((party) => !text.includes(`    ["${party}", `))).toEqual([]);
  });

  it("is the one that most troubles point at", () => {
    const limit = refusedBy(of(429, "too many requests from this address"));
    const { verdict } = made({ inStep: 9, happenings: [threw, limit, limit] });
    expect(verdict.sentence).toContain("2 times: too many requests from this address. All bots come from one address");
    expect(verdict.sentence).toContain("EXEMPT=");
  });
});

it("who was refused is told with the reason, once", () => {
  expect(made({ inStep: 9, happenings: [refused] }).verdict.sentence).toContain("1 time: room/full <script>. Read");
});

it("the HTML report has the verdict first, everything else after it, and needs nothing from elsewhere", () => {
  const html = htmlOf(made({ happenings: [refused, desync, join], counts: { hash_mismatches: 1 } }));
  const parts = [
    '<h1 class="failed">',
    "hash_mismatches==0",
    "Frame lateness over time",
    "Bytes per player and second",
    "Churn, kills and recovery",
    "Rooms x lateness",
    "abc, &lt; 10 ms: 8 of 10 frames",
    "Slowest joins",
    "room/full &lt;script&gt;",
    "First desync (1 in all)",
    "found at tick 77",
    "a CPU",
    "npm run bots -- --seed 7",
  ];
  const places = parts.map((part) => html.indexOf(part));
  expect(places.filter((place) => place === -1)).toEqual([]);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(html).not.toMatch(/<script|https?:|<link|@import|url\(/);
});

it("the JUnit report has a case for each condition, and an error when there is nothing to judge", () => {
  const failed = junitOf(made({ inStep: 9 }));
  expect(failed).toContain('tests="7" failures="1" errors="0"');
  expect(failed).toMatch(/name="not_in_step==0[^>]*><failure message="was 1"/);
  expect(junitOf(made({ cpu: 99 }))).toMatch(
    /errors="1"[\s\S]*<error message="[^"]*The bots&#39; own machine was the limit/,
  );
});

it("the text at the end names the machine, the seed and the command", () => {
  const text = summaryOf(made({ happenings: [desync] }));
  expect(text).toContain("PASSED");
  expect(text).toContain("first desync: room abc, tick 77");
  expect(text).toContain("a CPU, 2 cores");
  expect(text).toContain("$ npm run bots -- --seed 7");
});
