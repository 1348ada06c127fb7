/** A fault of the rules in a command: what it costs, and that the log has the command, its seat and its fields. */
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { log } from "../../../../server/base/log.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { throwingAccepts, throwingApply } from "../../../kit/games/broken-commands.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const ROOM_CRASHED = 4100;

let server: RealServer;
let said: unknown[][] = [];
beforeAll(async () => {
  server = await startServer({ games: [throwingAccepts(), throwingApply()] as unknown as AnyGame[] });
});
afterAll(() => server.stop());
beforeEach(() => {
  said = [];
  const note = (...line: unknown[]): void => void said.push(line);
  vi.spyOn(log, "error").mockImplementation(note);
  vi.spyOn(log, "warn").mockImplementation(note);
});
afterEach(() => {
  vi.restoreAllMocks();
});

it("in apply: the room ends, and the log has the command, its seat and its fields", async () => {
  const stock = await new ColyseusSDK(server.url).create("throwing-apply");
  stock.reconnection.enabled = false;
  const ends: number[] = [];
  stock.onLeave((code) => ends.push(code));
  stock.send("hit", { id: 77, shout: "ha\n\u202e" });
  await until("it is told", () => ends.length > 0);
  expect(ends).toEqual([ROOM_CRASHED]);
  expect(said).toMatchObject([
    [
      { rule: "apply", command: 'hit of seat 0 { id: 77, shout: "ha\\n\\u{202e}" }', err: expect.any(TypeError) },
      "the rules threw; the room ends",
    ],
  ]);
});

it("in accepts: it is refused, which is told once with the command, and everybody stays", async () => {
  const stock = await new ColyseusSDK(server.url).create("throwing-accepts");
  const answers: unknown[] = [];
  stock.onMessage("hit", (answer) => answers.push(answer));
  for (const id of [77, 78, 1]) stock.send("hit", { id, shout: "" });
  await until("all are answered", () => answers.length === 3);
  expect(answers).toMatchObject([{ name: "command/refused" }, { name: "command/refused" }, { isApplied: true }]);
  expect(said).toMatchObject([
    [
      { game: "throwing-accepts", command: 'hit of seat 0 { id: 77, shout: "" }', err: expect.any(TypeError) },
      "the rules threw on a command of a player; the command is refused; mend the rules",
    ],
  ]);
  await stock.leave();
});
