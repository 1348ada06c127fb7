/** The meter of a bot's commands: it counts what its desk was told, each under its own name, and times only what frames decided. */
import { expect, it } from "vitest";
import {
  COMMAND_REFUSALS,
  type CommandOutcome,
  type CommandRefusal,
  refusedAs,
} from "../../../shared/engine/protocol/command-outcome.ts";
import { made } from "../kit/made-report.ts";
import { summaryOf } from "../report/summary.ts";
import { COUNT_OF_REFUSAL, COUNTS } from "../verdict/metrics.ts";
import type { BotSession, Party } from "../verdict/party.ts";
import { BotMeter } from "./bot-meter.ts";
import { Recorder } from "./recorder.ts";

const REFUSALS = Object.keys(COMMAND_REFUSALS) as CommandRefusal[];

/** A meter whose session tells what the test says. */
function meterOf() {
  const told: ((outcome: CommandOutcome) => void)[] = [];
  const session = {
    client: { stats: {} },
    room: { onStateChange: () => {} },
    on: () => {},
    give: () => new Promise((resolve) => told.push(resolve)),
  } as unknown as BotSession;
  const recorder = new Recorder();
  return { meter: new BotMeter(session, {} as Party, recorder), recorder, told };
}

it("every refusal has a count of its own", () => {
  expect(Object.keys(COUNT_OF_REFUSAL)).toEqual(REFUSALS);
  expect(new Set(Object.values(COUNT_OF_REFUSAL)).size).toBe(REFUSALS.length);
  for (const name of Object.values(COUNT_OF_REFUSAL)) expect(COUNTS[name].about).toMatch(/^of them, /);
});

it("counts as given at once, and as applied or refused when that is told", async () => {
  const { meter, recorder, told } = meterOf();
  for (let i = 0; i < REFUSALS.length + 3; i++) meter.give("go", {});
  expect(recorder.take().counts).toEqual({ commands_given: REFUSALS.length + 3 });
  REFUSALS.forEach((code, i) => {
    told[i]!(refusedAs(code));
  });
  told[REFUSALS.length]!({ isApplied: true, tick: 3 });
  told[REFUSALS.length + 1]!({ isApplied: true, tick: 4 });
  await Promise.resolve();
  const { counts, distributions } = recorder.take();
  expect(counts).toEqual({
    ...Object.fromEntries(Object.values(COUNT_OF_REFUSAL).map((name) => [name, 1])),
    commands_applied: 2,
  });
  expect(distributions.command_to_frame, "two that were applied, and what the rules refused").toBeDefined();
  const report = made({ counts: { commands_given: 9, commands_applied: 5, commands_refused: 1 } });
  expect(report.counts, "in each of two seconds").toMatchObject({ commands_given: 18, commands_untold: 6 });
  expect(summaryOf(report)).toContain("commands_given 18, commands_applied 10, commands_refused 2, commands_untold 6");
});
