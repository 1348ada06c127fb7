/** Commands over real sockets: applied once each, on either plane, by our client and by a stock one, whatever breaks meanwhile. */
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Session } from "../../../../client/session/session.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import type { CommandOutcome } from "../../../../shared/engine/protocol/command-outcome.ts";
import { afterTick } from "../../../kit/after-tick.ts";
import { ledger, REFUSED_AMOUNT, REFUSED_WORDS } from "../../../kit/games/ledger-game.ts";
import { TcpProxy } from "../../../kit/lines/tcp-proxy.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const PLAYERS = 8;
const COMMANDS = process.env.CI ? 10_000 : 400;
const CUTS = process.env.CI ? 20 : 3;
const DRAW_MS = 10;
/** A seat may give twenty a second. */
const GIVE_MS = 55;

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games: [ledger as AnyGame] });
});
afterAll(() => server.stop());

type LedgerSession = Session<unknown, unknown>;

interface Wishes {
  readonly url?: string;
  readonly roomId?: string;
  readonly plane?: "lockstep" | "stream";
  readonly sample?: () => { dx: number };
}

async function join(options: Wishes = {}) {
  const session: LedgerSession = await Session.join<unknown, unknown>(ledger as AnyGame, {
    ...{ url: server.url, name: "Ada", newRoom: options.roomId === undefined, sample: () => ({ dx: 0 }) },
    ...options,
  });
  const timer = setInterval(() => session.advance(performance.now()), DRAW_MS);
  return { session, stop: () => [clearInterval(timer), session.leave()] };
}

/** Every entry that the rules made, in order. */
function entriesOf(roomId: string): { tick: number; seat: number; key: number; amount: number }[] {
  const { match } = server.room(roomId);
  const entries: ReturnType<typeof entriesOf> = [];
  afterTick(match, () => {
    const { state, tick } = match.world;
    for (const entry of (state as { entries: typeof entries }).entries)
      if (entry.tick === tick - 1) entries.push({ ...entry });
  });
  return entries;
}

describe("a command over a real socket", () => {
  it("is applied once, and its giver is told in which tick; or why not", async () => {
    const { session, stop } = await join();
    await until("in step", () => session.seat !== undefined && session.client.isSynced);
    const entries = entriesOf(session.room.roomId);
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
    const { session, stop } = await join({ plane: "stream" });
    const stock = await new ColyseusSDK(server.url).joinById(session.room.roomId, { name: "Lin" });
    const answers: unknown[] = [];
    stock.onMessage("post", (answer) => answers.push(answer));
    stock.onMessage("bell", (answer) => answers.push(answer));
    await until("both have seats", () => session.seat !== undefined && session.roster().size === 2);
    const entries = entriesOf(session.room.roomId);
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
    const { session, stop } = await join({ url: proxy.url });
    await until("in step", () => session.client.isSynced);
    proxy.cutAll();
    await until("away", () => !session.isOnline);
    expect(await session.give("bell")).toMatchObject({ isApplied: false, code: "command/away" });
    await stop();
    await proxy.close();
  });
});

/** A player who gives commands as fast as may be, and turns now and then: what became of each, and how long that took. */
class Giver {
  readonly outcomes = new Map<number, CommandOutcome>();
  /** From giving to the frame, in milliseconds, where the line was whole. */
  readonly commandMs: number[] = [];
  readonly inputMs: number[] = [];
  readonly session: LedgerSession;
  readonly #first: number;
  #given = 0;
  #dx = 0;
  #turnedAt: number | undefined;
  readonly #hand: { dx: number };

  constructor(session: LedgerSession, hand: { dx: number }, first: number) {
    this.session = session;
    this.#hand = hand;
    this.#first = first;
  }

  get isDone(): boolean {
    return this.outcomes.size === COMMANDS / PLAYERS;
  }

  /** To be called often. */
  act(): void {
    const { session } = this;
    if (!session.isOnline || !session.client.isSynced) this.#turnedAt = undefined;
    else this.#turn();
    if (this.#given === COMMANDS / PLAYERS) return;
    const key = this.#first + this.#given++;
    const [givenAt, wasOnline] = [performance.now(), session.isOnline];
    void session.give("post", { key, amount: 1 }).then((outcome) => {
      expect(this.outcomes.has(key)).toBe(false);
      this.outcomes.set(key, outcome);
      if (outcome.isApplied && wasOnline && session.isOnline) this.commandMs.push(performance.now() - givenAt);
    });
  }

  /** Another input, once the last one is in a frame. */
  #turn(): void {
    const { client } = this.session;
    const held = client.confirmed.seats.input(client.seat!) as { dx: number };
    if (this.#turnedAt !== undefined && held.dx !== this.#dx) return;
    if (this.#turnedAt !== undefined) this.inputMs.push(performance.now() - this.#turnedAt);
    this.#dx = (this.#dx + 1) % 100;
    this.#hand.dx = this.#dx;
    this.#turnedAt = performance.now();
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

describe(`${COMMANDS} commands of ${PLAYERS} players, each of whom is cut ${CUTS} times`, () => {
  it("are applied once each, or their giver is told that they were not", { timeout: 300_000 }, async () => {
    const proxy = await TcpProxy.listen({ port: server.port });
    const givers: Giver[] = [];
    const stops: (() => unknown)[] = [];
    let roomId: string | undefined;
    for (let i = 0; i < PLAYERS; i++) {
      const hand = { dx: 0 };
      const joined = await join({ url: proxy.url, sample: () => hand, ...(roomId === undefined ? {} : { roomId }) });
      roomId = joined.session.room.roomId;
      givers.push(new Giver(joined.session, hand, i * COMMANDS));
      stops.push(joined.stop);
    }
    const entries = entriesOf(roomId!);
    await until("all are in step", () => givers.every(({ session }) => session.client.isSynced));
    let cuts = 0;
    const timer = setInterval(() => {
      for (const giver of givers) giver.act();
    }, GIVE_MS);
    const cutter = setInterval(
      () => {
        if (cuts++ < CUTS * PLAYERS) proxy.webSockets[cuts % Math.max(1, proxy.webSockets.length)]?.cut();
        for (const { session } of givers) session.reconnector.hurry();
      },
      ((COMMANDS / PLAYERS) * GIVE_MS) / (CUTS * PLAYERS + 1),
    );
    await until("all is settled", () => givers.every(({ isDone }) => isDone), 280_000);
    clearInterval(timer);
    clearInterval(cutter);
    const applied = new Map<number, number>();
    for (const { key, tick } of entries) {
      expect(applied.has(key), `${key} was applied twice`).toBe(false);
      applied.set(key, tick);
    }
    const told = new Map<string, number>();
    for (const { outcomes } of givers)
      for (const [key, outcome] of outcomes) {
        const what = outcome.isApplied ? "applied" : outcome.code;
        told.set(what, (told.get(what) ?? 0) + 1);
        expect(applied.get(key), `${key}: ${JSON.stringify(outcome)}`).toBe(
          outcome.isApplied ? outcome.tick : undefined,
        );
      }
    expect(told.get("applied"), "most of them").toBeGreaterThan(COMMANDS / 2);
    const row = (what: string, values: number[]) =>
      `${what.padEnd(9)} ${median(values).toFixed(0).padStart(5)} ms ${values.length.toString().padStart(6)} times`;
    const [commands, inputs] = [givers.flatMap((one) => one.commandMs), givers.flatMap((one) => one.inputMs)];
    process.stdout.write(
      `${cuts} cuts; ${[...told].map(([what, count]) => `${count} ${what}`).join(", ")}\nfrom giving to the frame, median:\n${row("a command", commands)}\n${row("an input", inputs)}\n`,
    );
    for (const stop of stops) stop();
    await proxy.close();
  });
});
