/** A report of a run that never was: ten bots that went well, but for what a test plants. */
import { games } from "../../../shared/games/index.ts";
import type { Happening } from "../bots/messages.ts";
import { Recorder } from "../bots/recorder.ts";
import { type Options, parseOptions } from "../options/options.ts";
import { type Report, reportOf } from "../report/report.ts";
import { ServerTally } from "../server/server-tally.ts";
import type { CountName } from "../verdict/metrics.ts";
import type { Ending } from "../verdict/outcome.ts";
import { Tally } from "../verdict/tally.ts";

export interface Made {
  readonly args?: readonly string[];
  readonly counts?: Partial<Record<CountName, number>>;
  readonly inStep?: number;
  readonly delay?: number;
  readonly cpu?: number;
  readonly scriptTime?: number;
  readonly happenings?: readonly Happening[];
  readonly ending?: Partial<Ending>;
}

/** Two seconds of ten bots that went well, but for what is said. */
export function made({
  args = [],
  counts = {},
  inStep = 10,
  delay = 1,
  cpu = 50,
  scriptTime = 1,
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
    recorder.record("script_time", scriptTime);
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
    ending: { aborted: undefined, interrupted: undefined, deaths: [], wasServerDown: false, ...ending },
    environment: {
      ...{ node: "v20", cpu: "a CPU", cores: 2, load: 1, date: "today", commit: "abc" },
      ...{ phalanx: "0.1.0", colyseus: "0.18" },
    },
    command: "npm run bots -- --seed 7",
  });
}
