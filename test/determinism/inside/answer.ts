/** The answer to a job: text in, text out, and all that an engine's shell or page has to call. */
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { Golden } from "../../engine/math/golden-results.ts";
import type { Handlers, Kind, Reply } from "./jobs.ts";
import { hashBlocks, tellBlock } from "./math-blocks.ts";
import { record, replay } from "./recording.ts";
import { reportStep } from "./report-step.ts";
import { diffSnapshots, traceTick } from "./trace-tick.ts";

export type Answer = (job: string) => string;

/** The function that answers for this shelf of games and these functions. */
export function answerFor(games: readonly AnyGame[], functions: readonly Golden[]): Answer {
  const game = (name: string): AnyGame => games.find((game) => game.name === name)!;
  const golden = (name: string): Golden => functions.find((golden) => golden.name === name)!;
  const handlers: Handlers = {
    shelf: () => ({
      games: games.map(({ name, seats }) => ({ name, minSeats: seats.min })),
      functions: functions.map(({ name }) => name),
    }),
    record: (plan) => record(game(plan.game), plan),
    replay: (match) => replay(game(match.game), match),
    trace: (question) => traceTick(game(question.match.game), question),
    diff: (question) => diffSnapshots(game(question.game), question),
    report: (step) => reportStep(game(step.match.game), step),
    math: ({ name, blocks }) => hashBlocks(golden(name), blocks),
    block: ({ name, block }) => tellBlock(golden(name), block),
  };
  return (job) => {
    const { kind, question } = JSON.parse(job) as { kind: Kind; question: never };
    let reply: Reply<Kind>;
    try {
      reply = { answer: handlers[kind](question) };
    } catch (error) {
      reply = { thrown: (error as Error).message };
    }
    return JSON.stringify(reply);
  };
}
