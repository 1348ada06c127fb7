/** What a run comes to, and what its reports say, from figures made up here. */
import { expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { htmlOf } from "./html.ts";
import { junitOf } from "./junit.ts";
import type { Happening } from "./messages.ts";
import type { CountName } from "./metrics.ts";
import { type Options, parseOptions } from "./options.ts";
import { Recorder } from "./recorder.ts";
import { type Report, reportOf } from "./report.ts";
import { ServerTally } from "./server-tally.ts";
import { summaryOf } from "./summary.ts";
import { Tally } from "./tally.ts";
import type { Ending } from "./verdict.ts";

interface Made {
  readonly args?: readonly string[];
  readonly counts?: Partial<Record<CountName, number>>;
  readonly inStep?: number;
  readonly delay?: number;
  readonly cpu?: number;
  readonly happenings?: readonly Happening[];
  readonly ending?: Partial<Ending>;
}

/** Two seconds of ten bots that went well, but for what is said. */
function made({
  args = [],
  counts = {},
  inStep = 10,
  delay = 1,
  cpu = 50,
  happenings = [],
  ending,
}: Made = {}): Report {
  const options = parseOptions([...args, "--seed", "7"], games) as Options;
  const tally = new Tally();
  for (const second of [0, 1]) {
    const recorder = new Recorder();
    recorder.record("frame_lateness", 5);
    recorder.record("generator_delay", delay);
    recorder.record("generator_cpu", cpu);
    for (const [name, count] of Object.entries({ joins: 5, hash_checks: 9, ...counts }))
      recorder.count(name as CountName, count);
    const rooms = { abc: [0, 0, 0, 4, 0, 0, 0, 0, 0, 1] };
    tally.add(0, {
      second,
      measured: recorder.take(),
      wanted: 10,
      inStep,
      rooms,
      happenings: second === 0 ? happenings : [],
    });
  }
  tally.finish();
  return reportOf({
    options,
    processes: 1,
    tally,
    server: new ServerTally("arena"),
    ending: { aborted: undefined, isInterrupted: false, deaths: [], ...ending },
    environment: {
      ...{ node: "v20", cpu: "a CPU", cores: 2, load: 1, date: "today", commit: "abc" },
      ...{ phalanx: "0.1.0", colyseus: "0.18" },
    },
    command: "npm run bots -- --seed 7",
  });
}

it.each<[string, Made, string, number, string]>([
  ["all is well", {}, "passed", 0, "All 5 conditions held."],
  ["an assertion holds", { args: ["--assert", "frame_lateness.p99<20ms"] }, "passed", 0, "All 6"],
  ["an assertion fails", { args: ["--assert", "frame_lateness.p99<2ms"] }, "failed", 99, "frame_lateness.p99<2ms"],
  ["what was never measured fails", { args: ["--assert", "rejoin_time.p99<9s"] }, "failed", 99, "rejoin_time.p99<9s"],
  ["a world differed", { counts: { hash_mismatches: 1 } }, "failed", 99, "Worlds differed from the server's: 2 times."],
  ["nobody looks at hashes", { args: ["--verify", "off"], counts: { hash_mismatches: 1 } }, "passed", 0, "All 3"],
  ["nothing was compared", { counts: { hash_checks: 0 } }, "failed", 99, "hash_checks>0"],
  ["a bot was thrown out", { counts: { lost: 1 } }, "failed", 99, "lost==0"],
  ["a bot is away", { inStep: 9 }, "failed", 99, "not_in_step==0"],
  ["the timer was late", { delay: 80 }, "inconclusive", 3, "woke 80 ms late at its p99"],
  ["the timer may be late", { delay: 80, args: ["--max-delay", "1s"] }, "passed", 0, "All 5"],
  ["there was no CPU left", { cpu: 99 }, "inconclusive", 3, "used 99 % of a core"],
  ["a process died", { ending: { deaths: ["process 1 of 2 ended (SIGKILL)"] } }, "inconclusive", 3, "SIGKILL"],
  ["a desync is one on any machine", { cpu: 99, counts: { hash_mismatches: 1 } }, "failed", 99, "Worlds differed"],
  ["the server died", { ending: { aborted: "It is gone." } }, "aborted", 1, "It is gone."],
  ["Ctrl-C", { ending: { isInterrupted: true } }, "interrupted", 130, "Stopped by Ctrl-C"],
])("%s", (_title, options, outcome, exitCode, sentence) => {
  const { verdict } = made(options);
  expect(verdict).toMatchObject({ outcome, exitCode });
  expect(verdict.sentence).toContain(sentence);
});

const refused: Happening = { kind: "refused", at: 1, bot: 3, reason: "room/full <script>" };
const desync: Happening = { kind: "desync", at: 0.5, bot: 3, room: "abc", tick: 77 };
const join: Happening = { kind: "join", at: 0.5, bot: 4, room: "abc", ms: 123 };

it("who was refused is told with the reason, and what to do", () => {
  const { verdict } = made({ inStep: 9, happenings: [refused] });
  expect(verdict.sentence).toContain('The server said 1 times "room/full <script>": give it fewer bots');
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
  expect(failed).toContain('tests="6" failures="1" errors="0"');
  expect(failed).toMatch(/name="not_in_step==0[^>]*><failure message="was 1"/);
  expect(junitOf(made({ cpu: 99 }))).toMatch(
    /errors="1"[\s\S]*<error message="The bots&#39; own machine was the limit/,
  );
});

it("the text at the end names the machine, the seed and the command", () => {
  const text = summaryOf(made({ happenings: [desync] }));
  expect(text).toContain("PASSED");
  expect(text).toContain("first desync: room abc, tick 77");
  expect(text).toContain("a CPU, 2 cores");
  expect(text).toContain("$ npm run bots -- --seed 7");
});
