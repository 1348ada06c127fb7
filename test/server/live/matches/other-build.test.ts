/** A page of another build of a game: same name, same protocol, another declaration; it is told so instead of waiting. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { SessionEnd } from "../../../../client/match/session-end.ts";
import { Session } from "../../../../client/session/session.ts";
import { defineGame, schema, t } from "../../../../shared/engine/index.ts";
import { CLOSE_CODES } from "../../../../shared/engine/protocol/close-codes.ts";
import { games } from "../../../../shared/games/index.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const Input = schema({ dx: t.int8(), dy: t.int8() }, "OldTagInput");
const State = schema({ names: t.array("string") }, "OldTagState");
const oldTag = defineGame({
  name: "tag",
  tickRate: 20,
  seats: { min: 2, max: 8 },
  input: Input,
  state: State,
  setup: () => ({ names: [] }),
  step() {},
});

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games });
});
afterAll(() => server.stop());

it("ends with the version's code and a sentence", async () => {
  const session = await Session.join(oldTag, { url: server.url, bots: 2, sample: () => ({ dx: 0, dy: 0 }) });
  const ends: SessionEnd[] = [];
  session.on("end", (end) => ends.push(end));
  const timer = setInterval(() => session.advance(performance.now()), 20);
  await until("it is told", () => ends.length > 0);
  clearInterval(timer);
  const { code, sentence } = CLOSE_CODES["protocol/version"];
  expect(ends).toEqual([{ code, reason: `protocol/version: ${sentence}` }]);
});
