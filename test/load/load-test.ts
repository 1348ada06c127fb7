/** One run from its first check to its reports. */
import { logicHashes } from "../../server/config/logic-hash.ts";
import { Course } from "./bots/course.ts";
import { Generator } from "./bots/generator.ts";
import { tokensFor } from "./bots/tokens.ts";
import { LiveView, type Terminal } from "./live-view.ts";
import { commandOf, describeEnvironment } from "./options/environment.ts";
import type { Options } from "./options/options.ts";
import { totalSeconds } from "./options/stages.ts";
import { loadPlay } from "./play.ts";
import { asSentence } from "./report/plural.ts";
import { reportOf } from "./report/report.ts";
import { checkReports, writeReports } from "./report/report-files.ts";
import { summaryOf } from "./report/summary.ts";
import { CannotRun } from "./server/cannot-run.ts";
import { OwnServer } from "./server/own-server.ts";
import { checkFiles, checkServer, processesFor } from "./server/preflight.ts";
import { ServerTally } from "./server/server-tally.ts";
import { lookAt, ServerWatch } from "./server/server-watch.ts";
import { blaming } from "./verdict/at-fault.ts";
import { EXIT_CODES } from "./verdict/outcome.ts";
import { Tally } from "./verdict/tally.ts";

/** Bots that do not leave within this time are ended with their process. */
const LEAVE_MS = 5000;
/** So many joins refused, and nobody in: it is not worth going on. */
const MOST_REFUSED = 5;
/** The processes hear of the beginning before it is there. */
const LEAD_MS = 200;
/** For what the server says at the end. */
const LAST_LOOK_MS = 2000;
/** All is well, but for a report that could not be written. */
const UNWRITTEN = 4;

export interface LoadTestOptions {
  readonly options: Options;
  /** As they were typed. */
  readonly args: readonly string[];
  /** For what is told while it runs and at its end. */
  readonly terminal: Terminal;
  /** For a report that is wanted on standard output. */
  readonly stdout: (text: string) => void;
  readonly complain: (sentence: string) => void;
  readonly hasColor: boolean;
  /** Aborted when the user wants it to stop; its reason is the `Interrupt`. */
  readonly interrupt: AbortSignal;
}

/** @returns the exit code. @throws FlagError or CannotRun before anything was measured. */
export async function runLoadTest(run: LoadTestOptions): Promise<number> {
  const { options } = run;
  const processes = processesFor(options);
  checkReports(options.files);
  await loadPlay(options.game, options.play, options.script);
  await tokensFor(options);
  checkFiles(options, processes);
  const report = await measure(run, processes);
  // What can be lost comes last.
  run.terminal.write(`\n${summaryOf(report)}`);
  const failures = writeReports(options.files, report, run.stdout);
  for (const sentence of failures) run.complain(sentence);
  const { exitCode } = report.verdict;
  return exitCode === EXIT_CODES.passed && failures.length > 0 ? UNWRITTEN : exitCode;
}

async function measure({ options, args, terminal, hasColor, interrupt }: LoadTestOptions, processes: number) {
  const own = options.url === undefined ? await OwnServer.start(options) : undefined;
  const url = own?.url ?? options.url!;
  const tally = new Tally();
  const serverTally = new ServerTally(options.game.name);
  const course = new Course(interrupt);
  let generator: Generator | undefined;
  const watch = new ServerWatch({ look: () => lookAt(url), frames: () => tally.count("frames") });
  const environment = describeEnvironment();
  try {
    await checkServer(url, options.game.name);
    generator = new Generator({
      workers: processes,
      plan: planOf(options, url),
      onInterval: (worker, interval) => {
        tally.add(worker, interval);
        if (tally.count("joins") === 0 && tally.count("join_failures") >= MOST_REFUSED) letNobodyIn(course, tally, url);
      },
      onDeath: (worker, how, atFault) => {
        course.deaths.push({ how: `process ${worker + 1} of ${processes} that played bots ended (${how})`, atFault });
        const what = `Every process that played bots has ended: ${course.deaths.map((death) => death.how).join("; ")}`;
        if (course.deaths.length === processes) course.abort(atFault, blaming(atFault, what));
      },
    });
    await generator.ready().catch((error: Error) => {
      throw new CannotRun(error.message);
    });
    watchServer({ watch, own, course, tally, serverTally, url });
    const seconds = totalSeconds(options.stages);
    const view = new LiveView({ terminal, hasColor, totalSeconds: seconds, tally });
    generator.go(performance.timeOrigin + performance.now() + LEAD_MS);
    await course.for(LEAD_MS + seconds * 1000);
    if (!course.isOver) await course.during(generator.settle());
    if (!course.isOver) await Promise.race([watch.last(), course.for(LAST_LOOK_MS)]);
    view.stop();
  } finally {
    watch.stop();
    await generator?.stop(LEAVE_MS);
    await own?.stop();
  }
  tally.finish();
  const command = commandOf(args, options.seed);
  const { ending } = course;
  return reportOf({ options, processes, tally, server: serverTally, ending, environment, command });
}

interface Watched {
  readonly watch: ServerWatch;
  readonly own: OwnServer | undefined;
  readonly course: Course;
  readonly tally: Tally;
  readonly serverTally: ServerTally;
  readonly url: string;
}

function watchServer({ watch, own, course, tally, serverTally, url }: Watched): void {
  const started = performance.now();
  const gone = (why: string): void => {
    const after = `after ${((performance.now() - started) / 1000).toFixed(0)} s`;
    const atFault = why === "TimeoutError" ? "line" : "server";
    const how =
      why === "TimeoutError"
        ? `Nothing has come from the server at ${url} ${after}, neither to the bots nor to this command`
        : `The server at ${url} was gone ${after} (${why})`;
    course.abort(atFault, blaming(atFault, how));
  };
  watch.onAnswer = (answer) => serverTally.take(answer, tally);
  watch.onSilence = gone;
  watch.onDown = () => {
    course.wasServerDown = true;
  };
  if (own !== undefined) {
    own.onDeath = gone;
    own.onHealth = ({ cpu, memory, heap, delay }) => {
      tally.record("server_cpu", cpu);
      tally.record("server_memory", memory);
      tally.record("server_heap", heap);
      tally.record("server_delay", delay);
    };
  }
  watch.start();
}

function letNobodyIn(course: Course, tally: Tally, url: string): void {
  const [most] = tally.troubles;
  if (most === undefined) return;
  const said = tally.troubles.map(({ reason }) => asSentence(reason)).join(" ");
  course.abort(most.atFault, blaming(most.atFault, `The server at ${url} let nobody in: ${said}`));
}

function planOf(options: Options, url: string) {
  const { game, plane, network, play, script, seed, perRoom, stages, rampSeconds, churn, kill } = options;
  const { token, tokenSecret, tokenAudience, tokenScript } = options;
  const logic = logicHashes()[game.name];
  return {
    ...{ game: game.name, url, plane, network, play, script, seed, perRoom, stages, rampSeconds, churn, kill, logic },
    ...{ token, tokenSecret, tokenAudience, tokenScript },
  };
}
