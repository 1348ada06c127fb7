/** Two thousand units on two pages in two browsers over a line of 150 ms: one hash at every tick, and how often they are drawn. */
import { mkdirSync } from "node:fs";
import { matchMaker } from "@colyseus/core";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { Kind } from "../../shared/games/skirmish/kinds.ts";
import { MOST_SEATS, type State } from "../../shared/games/skirmish/schema.ts";
import { afterTick, hashesOf } from "../kit/after-tick.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { errorsOf } from "../kit/browsers/page-errors.ts";
import { games } from "../kit/games/full-skirmish.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

const NETWORK = "lag=150&jitter=30";
/** Ticks of each page that are compared with the server's. */
const LEAST_COMPARED = process.env.CI ? 300 : 120;
/** Whoever falls is replaced within a second. */
const LEAST_UNITS = 1900;
const COUNTED_MS = 3000;
/** How soon a page has them says something about its machine only. */
const POLL = { interval: 500, timeout: 150_000 };

const served = new ServedPage((page) => startServer({ games, page }), "test/kit/games/full-skirmish.ts");

/** Draws of the page a second. A page draws whenever the browser lets it. */
const drawnPerSecond = (tab: Page): Promise<number> =>
  tab.evaluate(
    (ms) =>
      new Promise<number>((resolve) => {
        const since = performance.now();
        let draws = 0;
        const draw = (): void => {
          const passed = performance.now() - since;
          if (passed >= ms) resolve((draws * 1000) / passed);
          else requestAnimationFrame(draw);
          draws++;
        };
        requestAnimationFrame(draw);
      }),
    COUNTED_MS,
  );

it("chromium and firefox", async ({ skip }) => {
  mkdirSync("artifacts", { recursive: true });
  const { roomId } = await matchMaker.createRoom("skirmish", { bots: MOST_SEATS });
  const { match } = served.server.room(roomId);
  const hashes = hashesOf(match);
  const units = new Map<number, number>();
  afterTick(match, (tick) => {
    const state = match.world.state as State;
    units.set(tick, state.units.filter(({ kind }) => kind !== Kind.none).length);
  });
  const pages: { readonly tab: Page; readonly errors: readonly string[] }[] = [];
  for (const name of BROWSERS) {
    const browser = await served.browser(name, skip as (why: string) => never);
    const tab = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    const errors = errorsOf(tab);
    await tab.goto(`http://127.0.0.1:${served.server.port}/?game=skirmish&auto=1&${NETWORK}&room=${roomId}`);
    pages.push({ tab, errors });
  }
  for (const { tab } of pages) {
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    await tab.evaluate(() => window.phalanx.hashes.keepAll());
    // The whole field at once, as a wheel shows it.
    await tab.mouse.move(500, 400);
    for (let i = 0; i < 6; i++) await tab.mouse.wheel(0, 240);
  }
  const rates = await Promise.all(pages.map(({ tab }) => drawnPerSecond(tab)));

  for (const [i, { tab, errors }] of pages.entries()) {
    const factsOf = () =>
      tab.evaluate(() => {
        const { session, hashes } = window.phalanx;
        const { stats, roundTripMs } = session!.client;
        return { hashes: [...hashes], stats: { ...stats }, roundTripMs };
      });
    const common = (facts: Awaited<ReturnType<typeof factsOf>>) =>
      facts.hashes.filter(([tick]) => hashes.has(tick) && units.get(tick)! >= LEAST_UNITS);
    await expect.poll(async () => common(await factsOf()).length, POLL).toBeGreaterThan(LEAST_COMPARED);
    const facts = await factsOf();
    for (const [tick, hash] of common(facts)) expect(hash, `hash at tick ${tick}`).toBe(hashes.get(tick));
    expect(facts.stats.hashMismatches).toBe(0);
    expect(facts.roundTripMs).toBeGreaterThanOrEqual(150);
    expect(errors).toEqual([]);
    const { rollbacks, stalledMs } = facts.stats;
    const counts = `${common(facts).length} ticks compared, ${rollbacks} rollbacks, stood still for ${Math.round(stalledMs)} ms`;
    process.stdout.write(`${BROWSERS[i]}: ${rates[i]!.toFixed(0)} draws a second; ${counts}\n`);
    await tab.screenshot({ path: `artifacts/armies-${BROWSERS[i]}.png` });
  }
  expect(match.seats.held("player")).toBe(2);
  expect(match.seats.held("bot")).toBe(2);
});
