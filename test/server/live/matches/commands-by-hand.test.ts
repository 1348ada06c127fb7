/** Commands said by hand over a real socket, as a changed client of ours says them: numbers, bytes and moments out of all order. */
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ByteWriter } from "../../../../shared/engine/bytes/bytes.ts";
import { commandsOf } from "../../../../shared/engine/game/command-table.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { Outbox } from "../../../../shared/engine/lockstep/outbox.ts";
import { encodeCommand } from "../../../../shared/engine/protocol/command-wire.ts";
import { Down, decodeDown } from "../../../../shared/engine/protocol/down.ts";
import { Up } from "../../../../shared/engine/protocol/up.ts";
import { ledger } from "../../../kit/games/ledger-game.ts";
import { joinLedger } from "../../../kit/players/ledger-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const game = ledger as AnyGame;
const [SELECT, BELL] = [1, 2];
const MOST_NUMBER = 2 ** 32 - 1;

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games: [game] });
});
afterAll(() => server.stop());

function bytesOf(kind: number, fields: unknown): Uint8Array {
  const out = new ByteWriter();
  encodeCommand(commandsOf(game), kind, fields, out);
  return out.view().slice();
}
const bell = bytesOf(BELL, {});

async function byHand(plane: "lockstep" | "stream" = "lockstep") {
  const { session, stop } = await joinLedger(server, { plane });
  await until("in the present", () => session.seat !== undefined);
  const { match } = server.room(session.room.roomId);
  /** What was answered last, by number. */
  const answers = new Map<number, string>();
  const frames: Uint8Array[] = [];
  session.on("received", (type, bytes) => {
    if (type === Down.frame) frames.push(bytes);
    const message = decodeDown(type, bytes);
    if (message.kind !== "answer") return;
    const { number, outcome } = message;
    answers.set(number, outcome.isApplied ? `applied in ${outcome.tick}` : outcome.code);
  });
  const line = new Outbox<unknown>(game);
  const say = (number: number, bytes: Uint8Array = bell, tick = match.world.tick): void => {
    line.command(number, tick, bytes);
    for (const { type, bytes } of line.take()) session.room.sendBytes(type, bytes);
  };
  const told = async (number: number): Promise<string> => {
    await until(`the answer to ${number}`, () => answers.has(number));
    return answers.get(number)!;
  };
  const bells = (): number => (match.world.state as { bells: number }).bells;
  return { session, match, answers, frames, say, told, bells, stop };
}

describe.each(["lockstep", "stream"] as const)("a number on the %s plane", (plane) => {
  it("that is none, or jumps ahead, is refused by name, and none is used up by it", async () => {
    const { match, say, told, bells, answers, stop } = await byHand(plane);
    for (const number of [0, MOST_NUMBER, 2 ** 31 + 1, 258]) say(number);
    for (const number of [0, MOST_NUMBER, 2 ** 31 + 1, 258]) expect(await told(number)).toBe("command/malformed");
    expect([match.commands.nextOf(0), bells()]).toEqual([1, 0]);
    say(257);
    await until("it is applied", () => bells() === 1);
    expect(match.commands.nextOf(0)).toBe(258);
    expect(answers.size - (answers.has(257) ? 1 : 0)).toBe(4);
    await stop();
  });

  it("that comes again is answered as before, and one that comes behind later ones is lost: none is applied twice", async () => {
    const { match, say, told, bells, answers, stop } = await byHand(plane);
    for (const number of [1, 2, 5, 3, 4, 2, 1, 5, 5]) say(number);
    await until("they are applied", () => bells() === 3);
    expect([await told(3), await told(4)]).toEqual(["command/lost", "command/lost"]);
    answers.clear();
    const { tick } = match.world;
    for (const number of [5, 4, 3, 2, 1]) say(number);
    for (const number of [1, 2, 5]) expect(await told(number)).toMatch(/^applied in \d+$/);
    for (const number of [3, 4]) expect(await told(number)).toBe("command/lost");
    await until("some ticks later", () => match.world.tick > tick + 5);
    expect(bells()).toBe(3);
    await stop();
  });
});

it("bytes that are cut anywhere, or a frame of the server, are refused by name, and nothing of them is applied", async () => {
  const { match, frames, say, told, stop } = await byHand();
  const bytes = bytesOf(SELECT, { units: [1, 300, 5], note: "帧" });
  let number = 1;
  for (let length = 1; length < bytes.length; length += 2) say(number++, bytes.subarray(0, length));
  await until("frames came", () => frames.length > 0);
  say(number++, frames[0]);
  for (let said = 1; said < number; said++) expect(await told(said)).toBe("command/malformed");
  expect((match.world.state as { selected: unknown[] }).selected).toEqual([]);
  say(number, bytes);
  await until("the whole one is applied", () => (match.world.state as { selected: unknown[] }).selected.length === 3);
  await stop();
});

it("a tick that is long gone, or far ahead, is moved or refused by name", async () => {
  const { match, say, told, bells, stop } = await byHand();
  say(1, bell, 0);
  say(2, bell, match.world.tick + 10_000);
  say(3, bell, MOST_NUMBER);
  expect([await told(2), await told(3)]).toEqual(["command/too-early", "command/too-early"]);
  await until("the late one is applied", () => bells() === 1);
  await stop();
});

it("in a pause a burst waits, the rest is refused at once, and what waited is applied when ticks go on", async () => {
  const room = await new ColyseusSDK(server.url).create("ledger", { pause: "host", bots: 2 });
  const answers: { isApplied: boolean; name?: string; tick?: number }[] = [];
  room.onMessage("bell", (answer) => answers.push(answer));
  const { match } = server.room(room.roomId);
  room.send("pause", true);
  await until("paused", () => match.phase === "paused");
  const { tick } = match.world;
  const before = (match.world.state as { bells: number }).bells;
  for (let i = 0; i < 100; i++) room.send("bell");
  await until("those beyond the burst are refused", () => answers.length === 60);
  expect(answers.every(({ name }) => name === "command/too-many")).toBe(true);
  expect([match.world.tick, (match.world.state as { bells: number }).bells]).toEqual([tick, before]);
  room.send("pause", false);
  await until("the others are applied", () => answers.length === 100);
  expect(answers.slice(60)).toEqual(Array(40).fill({ isApplied: true, tick }));
  await room.leave();
});

it("before its join is acknowledged a client is not heard, and after its end neither", async () => {
  const { session, match, say, answers, bells, stop } = await byHand();
  const witness = await joinLedger(server, { roomId: session.room.roomId });
  const peer = match.sessions.presence.here[0]!.peer as { isJoined: boolean };
  Object.defineProperty(peer, "isJoined", { value: false, configurable: true });
  say(1);
  session.room.send("bell");
  const malformed = () => match.sessions.answers.get("malformed") ?? 0;
  await until("both are counted", () => malformed() >= 2);
  expect([bells(), answers.size, match.commands.nextOf(0)]).toEqual([0, 0, 1]);
  for (let i = 0; i < 30; i++) session.room.sendBytes(Up.command, Uint8Array.of(1, 0, 77));
  let end: string | undefined;
  session.on("end", ({ reason }) => {
    end = reason;
  });
  await until("closed", () => end !== undefined);
  expect(end).toContain("protocol/malformed");
  session.room.sendBytes(Up.command, Uint8Array.of(2, 0, ...bell));
  expect(await session.give("bell")).toMatchObject({ isApplied: false, code: "command/away" });
  const { tick } = match.world;
  await until("ticks later", () => match.world.tick > tick + 3);
  expect(bells()).toBe(0);
  expect(await witness.session.give("bell")).toMatchObject({ isApplied: true });
  await witness.stop();
  await stop();
});
