/** Commands over real sockets: applied once each, on either plane, by our client and by a stock one, whatever breaks meanwhile. */
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { decodeDown } from "../../../../shared/engine/protocol/down.ts";
import { Up } from "../../../../shared/engine/protocol/up.ts";
import { ledger, REFUSED_AMOUNT, REFUSED_WORDS } from "../../../kit/games/ledger-game.ts";
import { TcpProxy } from "../../../kit/lines/tcp-proxy.ts";
import { entriesOf, joinLedger } from "../../../kit/players/ledger-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games: [ledger as AnyGame] });
});
afterAll(() => server.stop());

describe("a command over a real socket", () => {
  it("is applied once, and its giver is told in which tick; or why not", async () => {
    const { session, stop } = await joinLedger(server);
    await until("in step", () => session.seat !== undefined && session.client.isSynced);
    const entries = entriesOf(server, session.room.roomId);
    const outcome = await session.give("post", { key: 7, amount: 3 });
    await until("the entry", () => entries.length > 0);
    expect(entries).toEqual([{ seat: 0, tick: outcome.isApplied ? outcome.tick : -1, key: 7, amount: 3 }]);
    expect(await session.give("post", { key: 8, amount: REFUSED_AMOUNT })).toEqual({
      isApplied: false,
      code: "command/refused",
      reason: REFUSED_WORDS,
    });
    expect(() => session.give("post", { key: 8 })).toThrow(/ledger\.commands\.post\.amount: is missing/);
    expect(() => session.give("nothing")).toThrow(/there is no "nothing"/);
    expect(await session.give("bell")).toMatchObject({ isApplied: true });
    await stop();
  });

  it("is applied on the stream plane, too, of our client and of a stock one", async () => {
    const { session, stop } = await joinLedger(server, { plane: "stream" });
    const stock = await new ColyseusSDK(server.url).joinById(session.room.roomId, { name: "Lin" });
    const answers: unknown[] = [];
    stock.onMessage("post", (answer) => answers.push(answer));
    stock.onMessage("bell", (answer) => answers.push(answer));
    await until("both have seats", () => session.seat !== undefined && session.roster().size === 2);
    const entries = entriesOf(server, session.room.roomId);
    expect(await session.give("post", { key: 1, amount: 1 })).toMatchObject({ isApplied: true });
    stock.send("post", { key: 2, amount: 2 });
    await until("the answer", () => answers.length === 1);
    stock.send("bell");
    stock.send("post", { key: 3, amount: REFUSED_AMOUNT });
    stock.send("post", { key: 3, amount: "much" });
    await until("all answers", () => answers.length === 4);
    expect(entries.map(({ key }) => key)).toEqual([1, 2]);
    expect(answers[0]).toEqual({ isApplied: true, tick: entries[1]!.tick });
    expect(answers).toContainEqual({ isApplied: false, name: "command/refused", message: REFUSED_WORDS });
    expect(answers).toContainEqual({
      isApplied: false,
      name: "command/malformed",
      message: 'amount: "much" is not a number',
    });
    await stock.leave();
    await stop();
  });

  it("is said at once to be impossible while the connection is away, and by who only watches", async () => {
    const proxy = await TcpProxy.listen({ port: server.port });
    const { session, stop } = await joinLedger(server, { url: proxy.url });
    await until("in step", () => session.client.isSynced);
    proxy.cutAll();
    await until("away", () => !session.isOnline);
    expect(await session.give("bell")).toMatchObject({ isApplied: false, code: "command/away" });
    await stop();
    await proxy.close();
  });
});

describe("whoever talks nonsense", () => {
  const BELL = 2;

  /** Everything that the server answers to commands said by hand. */
  async function byHand() {
    const { session, stop } = await joinLedger(server);
    await until("in step", () => session.client.isSynced);
    const { roomId } = session.room;
    const witness = await joinLedger(server, { roomId });
    await until("the witness is in step", () => witness.session.client.isSynced);
    const answers = new Map<number, string>();
    let end: string | undefined;
    session.on("end", ({ reason }) => {
      end = reason;
    });
    session.on("received", (type, bytes) => {
      const message = decodeDown(type, bytes);
      if (message.kind !== "answer") return;
      const { number, outcome } = message;
      answers.set(number, outcome.isApplied ? "applied" : outcome.code);
    });
    const say = (number: number, ...bytes: number[]) =>
      session.room.sendBytes(Up.command, Uint8Array.of(number, 0, ...bytes));
    return { answers, say, witness, stop, roomId, ended: () => end };
  }

  it("is answered by name, then closed, and the other plays on", async () => {
    const { answers, say, witness, roomId, stop, ended } = await byHand();
    const { match } = server.room(roomId);
    say(1, 77);
    say(2, 0, 1);
    say(3, BELL, 0);
    say(4, 1, 255, 255, 255, 255);
    await until("all are answered", () => answers.size === 4);
    expect([...answers.values()]).toEqual(Array(4).fill("command/malformed"));
    for (let number = 5; number < 40; number++) say(number, 77);
    await until("closed", () => ended() !== undefined);
    expect(ended()).toContain("protocol/malformed");
    const [tick, mismatches] = [match.world.tick, witness.session.client.stats.hashMismatches];
    expect(await witness.session.give("bell")).toMatchObject({ isApplied: true });
    await until("it plays on", () => witness.session.client.confirmedTick > tick);
    expect(mismatches).toBe(0);
    await witness.stop();
    await stop();
  });

  it("by giving a hundred at once has its budget's worth applied, and each of the others refused", async () => {
    const { answers, say, witness, roomId, stop } = await byHand();
    const { match } = server.room(roomId);
    const before = (match.world.state as { bells: number }).bells;
    for (let number = 1; number <= 100; number++) say(number, BELL);
    await until("the others are refused", () => answers.size >= 40);
    const tick = match.world.tick;
    await until("all are in frames", () => match.world.tick > tick + 20);
    const bells = (match.world.state as { bells: number }).bells - before;
    const refused = [...answers.values()].filter((code) => code === "command/too-many").length;
    expect(bells + refused).toBe(100);
    expect(bells).toBeGreaterThanOrEqual(40);
    // Said again, as a replay would: each is answered as it was, and none applied twice.
    for (let number = 1; number <= 100; number++) say(number, BELL);
    await until("all are answered", () => answers.size === 100);
    expect([...answers.values()].filter((code) => code === "applied").length).toBe(bells);
    expect((match.world.state as { bells: number }).bells - before).toBe(bells);
    expect(witness.session.client.stats.hashMismatches).toBe(0);
    await witness.stop();
    await stop();
  });
});
