/** Commands of players whose connections are cut again and again: none is applied twice, and none is lost without a word. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import type { CommandOutcome } from "../../../../shared/engine/protocol/command-outcome.ts";
import { ledger } from "../../../kit/games/ledger-game.ts";
import { TcpProxy } from "../../../kit/lines/tcp-proxy.ts";
import { entriesOf, joinLedger, type LedgerSession } from "../../../kit/players/ledger-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const PLAYERS = 8;
const COMMANDS = process.env.CI ? 10_000 : 400;
const CUTS = process.env.CI ? 20 : 3;
/** A seat may give twenty a second. */
const GIVE_MS = 55;

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games: [ledger as AnyGame] });
});
afterAll(() => server.stop());

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
      const joined = await joinLedger(server, {
        url: proxy.url,
        sample: () => hand,
        ...(roomId === undefined ? {} : { roomId }),
      });
      roomId = joined.session.room.roomId;
      givers.push(new Giver(joined.session, hand, i * COMMANDS));
      stops.push(joined.stop);
    }
    const entries = entriesOf(server, roomId!);
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
