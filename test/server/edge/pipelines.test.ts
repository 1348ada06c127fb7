/** Requests of one connection that wait for their answers: some at once, and as many one after the other as one likes. */
import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { Pipelines } from "../../../server/edge/pipelines.ts";

const AT_ONCE = 4;

const connection = () => ({ socket: { destroyed: false } }) as unknown as IncomingMessage;
const response = () => new EventEmitter() as unknown as ServerResponse;

it("one connection asks for as much as it likes, one after the other", () => {
  const pipelines = new Pipelines();
  const request = connection();
  for (let i = 0; i < 10 * AT_ONCE; i++) {
    const answer = response();
    expect(pipelines.isBusy(request)).toBe(false);
    expect(pipelines.enter(request, answer)).toBe(true);
    expect(pipelines.isBusy(request)).toBe(true);
    answer.emit("close");
  }
});

it("some at once, each connection its own, and none of one that is gone", () => {
  const pipelines = new Pipelines();
  const [one, two] = [connection(), connection()];
  const answers = Array.from({ length: AT_ONCE }, response);
  for (const answer of answers) expect(pipelines.enter(one, answer)).toBe(true);
  expect(pipelines.enter(one, response())).toBe(false);
  expect(pipelines.enter(two, response())).toBe(true);
  answers[0]!.emit("close");
  expect(pipelines.enter(one, response())).toBe(true);
  Object.assign(one.socket, { destroyed: true });
  answers[1]!.emit("close");
  expect(pipelines.enter(one, response())).toBe(false);
});
