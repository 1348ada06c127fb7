/** Hostile commands over real sockets: each is answered by name or ends with a named close, and nobody else notices. */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { closeName } from "../../../../shared/engine/protocol/close-codes.ts";
import { decodeDown } from "../../../../shared/engine/protocol/down.ts";
import { skirmish } from "../../../../shared/games/skirmish/skirmish.ts";
import { ledger } from "../../../kit/games/ledger-game.ts";
import { entriesOf, joinLedger } from "../../../kit/players/ledger-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const NAMES = ["post", "select", "bell", "fly", "move"];

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games: [ledger, skirmish] as AnyGame[] });
});
afterAll(() => server.stop());

interface Answer {
  readonly isApplied: boolean;
  readonly name?: string;
  readonly message?: string;
}

async function stockOf(join: Promise<Room>) {
  const room = await join;
  room.reconnection.enabled = false;
  const answers: Answer[] = [];
  let end: string | undefined;
  for (const name of NAMES) room.onMessage(name, (answer: Answer) => answers.push(answer));
  room.onLeave((code) => {
    end = closeName(code) ?? String(code);
  });
  return { room, answers, ended: () => end };
}

/** Somebody who plays in lockstep, and a stock client beside. */
async function two(options: { watch?: boolean } = {}) {
  const witness = await joinLedger(server);
  const { roomId } = witness.session.room;
  await until("in step", () => witness.session.client.isSynced);
  const stock = await stockOf(new ColyseusSDK(server.url).joinById(roomId, options));
  const handle = server.room(roomId);
  const state = () => handle.match.world.state as { bells: number; sum: number; selected: number[] };
  /** The witness goes on playing, with the referee's world, and its inputs are in their ticks. */
  const expectUndisturbed = async (): Promise<void> => {
    const { session } = witness;
    const tick = session.client.confirmedTick;
    expect(await session.give("bell")).toMatchObject({ isApplied: true });
    await until("it plays on", () => session.client.confirmedTick > tick + 5);
    expect(session.client.stats.hashMismatches).toBe(0);
    expect(session.client.stats.malformed).toBe(0);
  };
  const stop = async (): Promise<void> => {
    if (stock.ended() === undefined) await stock.room.leave();
    await witness.stop();
  };
  return { witness, stock, match: handle.match, state, expectUndisturbed, stop };
}

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = [value];
  return value;
};

describe("a stock client's command", () => {
  it.each<[string, unknown, RegExp]>([
    ["fly", { x: 1 }, /^there is no command fly; the game has post, select, bell$/],
    ["post", undefined, /^key: is missing$/],
    ["post", null, /^key: is missing$/],
    ["post", [1, 2], /^the command is not a plain object$/],
    ["post", 5, /^5 is not a command object$/],
    ["post", { key: 1, amount: Number.NaN }, /^amount: NaN is not a value/],
    ["post", { key: 1, amount: 1e308 }, /^amount: 1e\+308 does not fit t\.int32\(\)/],
    ["post", { key: -1, amount: 1 }, /^key: -1 does not fit t\.uint32\(\)/],
    ["post", { key: 2 ** 32, amount: 1 }, /^key: 4294967296 does not fit/],
    ["post", { key: 1, amount: Number.POSITIVE_INFINITY }, /^amount: Infinity is not a whole number/],
    ["post", { key: 1, amount: deep(900) }, /^amount: an object is not a number$/],
    ["post", { key: 1, amount: 1, seat: 0 }, /^"seat": is not a field of this command$/],
    [
      "post",
      JSON.parse('{ "key": 1, "amount": 1, "__proto__": { "isAdmin": true } }'),
      /is not a field of this command$/,
    ],
    ["post", { key: 1, amount: 1, constructor: { prototype: { isAdmin: true } } }, /^"constructor": is not a field/],
    ["select", { units: Array(401).fill(1), note: "" }, /^units: has 401 items, and may have 400$/],
    ["select", { units: { length: 3 }, note: "" }, /^units: an object is not an array$/],
    ["select", { units: [1, "2"], note: "" }, /^units\[1\]: "2" is not a number$/],
    ["select", { units: [], note: "x".repeat(21) }, /^note: is 21 characters long, and may have 20$/],
    ["select", { units: [], note: { toString: "x" } }, /^note: an object is not a string$/],
    ["bell", { loud: true }, /^"loud": is not a field of this command$/],
  ])("%s %j is refused in words", async (name, fields, message) => {
    const { stock, match, expectUndisturbed, stop } = await two();
    stock.room.send(name, fields);
    await until("the answer", () => stock.answers.length > 0);
    expect(stock.answers).toEqual([
      { isApplied: false, name: "command/malformed", message: expect.stringMatching(message) },
    ]);
    expect((Object.prototype as { isAdmin?: unknown }).isAdmin).toBeUndefined();
    expect(match.commands.counts.get("command/malformed")).toBe(1);
    await expectUndisturbed();
    await stop();
  });

  it("whose bytes are cut is refused in words, also where nothing comes with it", async () => {
    const { stock, state, expectUndisturbed, stop } = await two();
    const send = (...bytes: number[]): void => stock.room.connection.send(Uint8Array.of(13, 0xa4, ...bytes));
    const bell = [..."bell"].map((letter) => letter.charCodeAt(0));
    const post = [..."post"].map((letter) => letter.charCodeAt(0));
    send(...bell, 0x81, 0xa3);
    send(...bell, 0xc1);
    send(...post, 0x82, 0xa3, 0x6b);
    await until("the answers", () => stock.answers.length === 3);
    const unreadable = '"unreadable" is not a command object';
    expect(stock.answers.map(({ name, message }) => [name, message])).toEqual([
      ["command/malformed", unreadable],
      ["command/malformed", "the command is not a plain object"],
      ["command/malformed", unreadable],
    ]);
    expect(state().bells).toBe(0);
    send(...bell, 0x80);
    await until("an empty object is well", () => state().bells === 1);
    await expectUndisturbed();
    await stop();
  });

  it("with -0 and with half an emoji is the same in every world", async () => {
    const { stock, match, witness, expectUndisturbed, stop } = await two();
    const entries = entriesOf(server, witness.session.room.roomId);
    stock.room.send("post", { key: 3, amount: -0 });
    stock.room.send("select", { units: [0, 65_535, 0], note: "ab\ud83d" });
    await until("the answers", () => stock.answers.length === 2);
    await until("the entry", () => entries.length === 1);
    expect(Object.is(entries[0]!.amount, 0)).toBe(true);
    // Either is well: the SDK replaces what has no UTF-8, and who sends it all the same is refused.
    expect(stock.answers[1]!.isApplied || stock.answers[1]!.message?.includes("half an emoji")).toBe(true);
    expect(match.world.seats.isHeld(1)).toBe(true);
    await expectUndisturbed();
    await stop();
  });

  it("that no game has, again and again, ends with a named close", async () => {
    const { stock, expectUndisturbed, stop } = await two();
    for (let i = 0; i < 40; i++) stock.room.send("fly", {});
    await until("closed", () => stock.ended() !== undefined);
    expect(stock.ended()).toBe("protocol/malformed");
    expect(stock.answers.length).toBeLessThanOrEqual(21);
    await expectUndisturbed();
    await stop();
  });

  it("is refused to who only watches", async () => {
    const { stock, state, expectUndisturbed, stop } = await two({ watch: true });
    for (const name of ["bell", "post"]) stock.room.send(name, { key: 1, amount: 1 });
    await until("the answers", () => stock.answers.length === 2);
    expect(stock.answers.map(({ name }) => name)).toEqual(["command/no-seat", "command/no-seat"]);
    expect([state().bells, state().sum]).toEqual([0, 0]);
    await expectUndisturbed();
    await stop();
  });

  it("ten thousand at once: a budget's worth is applied, the next are refused, and it ends with a named close", async () => {
    const { stock, state, match, witness, expectUndisturbed, stop } = await two();
    const frames: number[] = [];
    witness.session.on("received", (type, bytes) => {
      const message = decodeDown(type, bytes);
      if (message.kind === "frames") for (let i = 0; i < message.count; i++) frames.push(message.firstTick + i);
    });
    const before = { tick: match.world.tick, bells: state().bells };
    for (let i = 0; i < 10_000; i++) stock.room.send("bell");
    await until("closed", () => stock.ended() !== undefined);
    expect(stock.ended()).toBe("protocol/flood");
    const { tick } = match.world;
    const bells = state().bells - before.bells;
    const seconds = (tick - before.tick) / ledger.tickRate;
    expect(bells).toBeGreaterThan(0);
    expect(bells).toBeLessThanOrEqual(40 + 20 * seconds + 1);
    expect(stock.answers.length, "of 480 messages at once and 240 a second").toBeLessThanOrEqual(
      480 + 240 * (seconds + 1),
    );
    expect(frames, "every tick had its frame, one by one").toEqual(frames.map((_, i) => frames[0]! + i));
    expect(match.commands.isIdle).toBe(true);
    await expectUndisturbed();
    expect(state().bells, "the witness's own, and nothing of who was closed").toBe(before.bells + bells + 1);
    await stop();
  });
});

describe("a command of a game of armies", () => {
  it("for somebody else's units moves none of them", async () => {
    const one = await stockOf(new ColyseusSDK(server.url).create("skirmish", { bots: 0 }));
    const two = await stockOf(new ColyseusSDK(server.url).joinById(one.room.roomId));
    const { match } = server.room(one.room.roomId);
    const units = () =>
      (match.world.state as unknown as { units: { kind: number; owner: number; order: number }[] }).units;
    await until("both have units", () =>
      [0, 1].every((seat) => units().some(({ kind, owner }) => kind > 0 && owner === seat)),
    );
    const theirs = units().flatMap(({ kind, owner }, id) => (kind > 0 && owner === 0 ? id : []));
    const orders = theirs.map((id) => units()[id]!.order);
    two.room.send("move", { units: theirs, x: 5, y: 5 });
    two.room.send("move", { units: [65_535, 65_534], x: -(2 ** 31), y: 2 ** 31 - 1 });
    await until("the answers", () => two.answers.length === 2);
    expect(two.answers).toEqual(
      Array(2).fill({ isApplied: false, name: "command/refused", message: "none of these units is yours" }),
    );
    expect(theirs.map((id) => units()[id]!.order)).toEqual(orders);
    await one.room.leave();
    await two.room.leave();
  });
});
