/** One run from its first check to its reports. */
import { writeFileSync } from "node:fs";
import { logicHashes } from "../../server/logic-hash.ts";
import { CannotRun } from "./cannot-run.ts";
import { commandOf, describeEnvironment } from "./environment.ts";
import { Generator } from "./generator.ts";
import { htmlOf } from "./html.ts";
import { junitOf } from "./junit.ts";
import { LiveView, type Terminal } from "./live-view.ts";
import { type Options, REPORT_KINDS, type ReportKind } from "./options.ts";
import { OwnServer } from "./own-server.ts";
import { loadPlay } from "./play.ts";
import { checkFiles, checkReports, checkServer, processesFor } from "./preflight.ts";
import { type Report, reportOf } from "./report.ts";
import { ServerTally } from "./server-tally.ts";
import { ServerWatch } from "./server-watch.ts";
import { totalSeconds } from "./stages.ts";
import { summaryOf } from "./summary.ts";
import { Tally } from "./tally.ts";

/** Bots that do not leave within this time are ended with their process. */
const LEAVE_MS = 5000;
/** So many joins refused, and nobody in: it is not worth going on. */
const MOST_REFUSED = 5;
/** The processes hear of the beginning before it is there. */
const LEAD_MS = 200;

const WRITERS: Readonly<Record<ReportKind, (report: Report) => string>> = {
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  html: htmlOf,
  junit: junitOf,
};

export interface LoadTestOptions {
  readonly options: Options;
  /** As they were typed. */
  readonly args: readonly string[];
  readonly terminal: Terminal;
  readonly hasColor: boolean;
  /** Aborted when the user wants it to stop. */
  readonly interrupt: AbortSignal;
}

/** Ends early by itself or by the user. */
class Course {
  aborted: string | undefined;
  readonly deaths: string[] = [];
  readonly #ends: Promise<void>;
  #end: () => void = () => {};

  constructor(interrupt: AbortSignal) {
    this.#ends = new Promise((resolve) => {
      this.#end = resolve;
    });
    interrupt.addEventListener("abort", () => this.#end());
    if (interrupt.aborted) this.#end();
  }

  abort(sentence: string): void {
    this.aborted ??= sentence;
    this.#end();
  }

  /** Waits for something, but no longer than the run lasts. */
  async during(wait: Promise<unknown>): Promise<void> {
    await Promise.race([wait, this.#ends]);
  }

  async for(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout>;
    await this.during(
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      }),
    );
    clearTimeout(timer!);
  }
}

const afterSeconds = (started: number): string => `after ${((performance.now() - started) / 1000).toFixed(0)} s`;

/** @returns the exit code. @throws FlagError or CannotRun before anything was measured. */
export async function runLoadTest({ options, args, terminal, hasColor, interrupt }: LoadTestOptions): Promise<number> {
  const processes = processesFor(options);
  checkReports(options.files);
  await loadPlay(options.game, options.play, options.script);
  checkFiles(options, processes);
  const own = options.url === undefined ? await OwnServer.start() : undefined;
  const url = own?.url ?? options.url!;
  const tally = new Tally();
  const serverTally = new ServerTally(options.game.name);
  const course = new Course(interrupt);
  let generator: Generator | undefined;
  const watch = new ServerWatch(url);
  const environment = describeEnvironment();
  try {
    await checkServer(url, options.game.name);
    generator = new Generator({
      workers: processes,
      plan: planOf(options, url),
      onInterval: (worker, interval) => {
        tally.add(worker, interval);
        if (tally.count("joins") === 0 && tally.count("join_failures") >= MOST_REFUSED)
          course.abort(`The server at ${url} let nobody in: ${[...tally.reasons.keys()].join("; ")}. Mend that first.`);
      },
      onDeath: (worker, how) => {
        course.deaths.push(`process ${worker + 1} of ${processes} that played bots ended (${how})`);
        if (course.deaths.length === processes) course.abort("Every process that played bots has ended.");
      },
    });
    await generator.ready().catch((error: Error) => {
      throw new CannotRun(error.message);
    });
    const started = performance.now();
    const gone = (why: string): void =>
      course.abort(
        `The server at ${url} was gone ${afterSeconds(started)} (${why}); read its log, then run this again.`,
      );
    watch.onAnswer = (answer) => serverTally.take(answer, tally);
    watch.onSilence = gone;
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
    const seconds = totalSeconds(options.stages);
    const rooms = (): number => serverTally.rooms;
    const view = new LiveView({ terminal, hasColor, totalSeconds: seconds, tally, rooms });
    generator.go(performance.timeOrigin + performance.now() + LEAD_MS);
    await course.for(LEAD_MS + seconds * 1000);
    if (!interrupt.aborted && course.aborted === undefined) await course.during(generator.settle());
    watch.stop();
    view.stop();
  } finally {
    watch.stop();
    await generator?.stop(LEAVE_MS);
    await own?.stop();
  }
  tally.finish();
  const ending = { aborted: course.aborted, isInterrupted: interrupt.aborted, deaths: course.deaths };
  const command = commandOf(args, options.seed);
  const report = reportOf({ options, processes, tally, server: serverTally, ending, environment, command });
  write(options.files, report);
  terminal.write(`\n${summaryOf(report)}`);
  return report.verdict.exitCode;
}

function planOf(options: Options, url: string) {
  const { game, plane, network, play, script, seed, perRoom, stages, rampSeconds, churn, kill } = options;
  const logic = logicHashes()[game.name];
  return {
    ...{ game: game.name, url, plane, network, play, script, seed, perRoom, stages, rampSeconds, churn, kill, logic },
  };
}

function write(files: Options["files"], report: Report): void {
  for (const kind of REPORT_KINDS) if (files[kind] !== undefined) writeFileSync(files[kind], WRITERS[kind](report));
}
