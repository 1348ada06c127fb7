/** A wrong sample is told as what it is, on both planes and in the words of whoever wrote it: never as the rules' fault. */
import type { Room } from "@colyseus/sdk";
import { describe, expect, it } from "vitest";
import { CLIENT_FAILED, endOfFault, RULES_FAILED, SAMPLE_FAILED } from "../../../client/match/session-end.ts";
import { StreamPlayer } from "../../../client/stream/stream-player.ts";
import type { StreamedState } from "../../../client/stream/stream-world.ts";
import { problemOfEnd } from "../../../client-demo/app/address/problem.ts";
import { RulesError } from "../../../shared/engine/game/rules-error.ts";
import { SampleError } from "../../../shared/engine/lockstep/sample-error.ts";
import { walk, walkTable } from "../../kit/walk.ts";

const WRONG: readonly (readonly [string, () => never, string])[] = [
  [
    "a field that does not fit",
    () => ({ dx: 300 }) as never,
    "sample() gave what is no input of walk: walk.input.dx: 300",
  ],
  [
    "a field of another name",
    () => ({ speed: 1 }) as never,
    "sample() gave what is no input of walk: walk.input.speed: is not declared",
  ],
  ["nothing", () => undefined as never, "sample() gave what is no input of walk: walk.input: "],
  [
    "an error",
    () => {
      throw new Error("no such key");
    },
    "sample() of walk threw: no such key",
  ],
];

const thrownBy = (act: () => void): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe.each(WRONG)("sample() that gives %s", (_what, sample, sentence) => {
  it("ends a session in lockstep with its own name, and the table goes on", () => {
    const table = walkTable({ script: sample, network: {} });
    table.add();
    const error = thrownBy(() => table.runTo(40));
    expectSampleFault(error, sentence);
  });

  it("ends a session on the stream plane so too", () => {
    const state: StreamedState = { tick: 1, world: { at: new Map([[0, 0]]), ticks: 1 } };
    const room = { state, send: () => {} } as unknown as Room;
    const player = new StreamPlayer(walk, room, sample);
    expectSampleFault(
      thrownBy(() => player.advance(0, 0)),
      sentence,
    );
  });
});

function expectSampleFault(error: unknown, sentence: string): void {
  expect(error).toBeInstanceOf(SampleError);
  const end = endOfFault(error, "walk", 7);
  expect(end.code).toBe(SAMPLE_FAILED);
  expect(end.reason.startsWith(sentence), end.reason).toBe(true);
  expect(end.reason).not.toContain("rules");
  const problem = problemOfEnd(end);
  expect(problem.isRetried).toBeUndefined();
}

it("rules that fail are told as the rules', those of the bot that plays for a player included", () => {
  const cause = new Error("oh");
  const rules = new RulesError("walk", "step", cause);
  const end = { code: RULES_FAILED, reason: "the rules of walk failed here at tick 7: oh" };
  expect(endOfFault(rules, "walk", 7)).toEqual({ ...end, cause: rules });
  const applied = new RulesError("walk", "apply", cause, "go of seat 2 { x: 5 }");
  expect(endOfFault(applied, "walk", 7).reason).toBe(
    "the rules of walk failed here at tick 7 in the command go of seat 2 { x: 5 }: oh",
  );
  const table = walkTable({
    script: () => {
      throw new RulesError("walk", "bot", cause);
    },
    network: {},
  });
  table.add();
  expect(
    endOfFault(
      thrownBy(() => table.runTo(40)),
      "walk",
      7,
    ),
  ).toMatchObject(end);
});

it("what this client itself throws is nobody's fault but ours", () => {
  const table = walkTable({ script: () => ({ dx: 0 }), network: {} });
  const { client } = table.add();
  table.runTo(10);
  const planted = new TypeError("planted in the runtime");
  // Copying the world is ours, on a guessed tick as well as on a confirmed one.
  client.confirmed.copyFrom = client.confirmed.seats.take = () => {
    throw planted;
  };
  const error = thrownBy(() => table.runTo(400));
  expect(error).toBe(planted);
  const end = endOfFault(error, "walk", 7);
  expect(end).toMatchObject({ code: CLIENT_FAILED, cause: planted });
  expect(end.reason).toBe(
    "a fault of this client at tick 7, which is no fault of the game's rules: planted in the runtime",
  );
  const problem = problemOfEnd(end);
  expect(problem).toMatchObject({ title: "This window failed" });
  expect(problem.isRetried).toBeUndefined();
});
