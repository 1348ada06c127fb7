/** Two pages and a bot play arena in real browsers over a bad network; pages and server must have one hash at every tick. */
import { mkdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { hashesOf } from "../kit/after-tick.ts";
import type { BrowserName } from "../kit/browsers/browser.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

const NETWORK = "lag=150&jitter=30";
/** Ticks of each page that are compared with the server's, and rollbacks that have to be among them. */
const LEAST_COMPARED = process.env.CI ? 400 : 120;
const LEAST_ROLLBACKS = 10;
/** One page in each browser says all that two in one say, but for two on one clock. */
const PAIRS: readonly [BrowserName, BrowserName][] = process.env.CI
  ? [
      ["chromium", "firefox"],
      ["chromium", "chromium"],
    ]
  : [["chromium", "firefox"]];

const served = new ServedPage((page) => startServer({ games, page }));

/** What a page says about its match. */
interface PageFacts {
  readonly hashes: [number, number][];
  readonly rollbacks: number;
  readonly mismatches: number;
  readonly stalledMs: number;
  readonly playedMs: number;
  readonly roundTripMs: number;
}

async function open(browser: Browser, search: string): Promise<{ tab: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const tab = await context.newPage();
  const errors: string[] = [];
  tab.on("pageerror", (error) => errors.push(String(error)));
  await tab.goto(`http://127.0.0.1:${served.server.port}/?game=arena&auto=1&${NETWORK}&${search}`);
  await tab.waitForFunction(() => window.phalanx?.ready === true);
  await tab.evaluate(() => window.phalanx.hashes.keepAll());
  return { tab, errors };
}

const factsOf = (tab: Page): Promise<PageFacts> =>
  tab.evaluate(() => {
    const { session, hashes } = window.phalanx;
    const { stats, roundTripMs } = session!.client;
    return {
      hashes: [...hashes],
      rollbacks: stats.rollbacks,
      mismatches: stats.hashMismatches,
      stalledMs: stats.stalledMs,
      playedMs: performance.now(),
      roundTripMs,
    };
  });

it.for(PAIRS)("%s and %s", async ([first, second], { skip }) => {
  const one = await served.browser(first, skip);
  const two = await served.browser(second, skip);
  const left = await open(one, "name=Ada&bots=3&private=1");
  const roomId = await left.tab.evaluate(() => window.phalanx.session!.room.roomId);
  const { match } = served.server.room(roomId);
  const hashes = hashesOf(match);
  const right = await open(two, `name=Lin&room=${roomId}`);

  for (const { tab, errors } of [left, right]) {
    const compared = async () => {
      const facts = await factsOf(tab);
      return { facts, common: facts.hashes.filter(([tick]) => hashes.has(tick)) };
    };
    const isEnough = async () => {
      const { facts, common } = await compared();
      return common.length >= LEAST_COMPARED && facts.rollbacks > LEAST_ROLLBACKS;
    };
    await expect.poll(isEnough, { interval: 500 }).toBe(true);
    const { facts, common } = await compared();
    for (const [tick, hash] of common) expect(hash, `hash at tick ${tick}`).toBe(hashes.get(tick));
    expect(facts.mismatches).toBe(0);
    expect(facts.roundTripMs).toBeGreaterThanOrEqual(150);
    // The line alone makes nobody stand still: what there is of it is the machine's, and a window that is used up all the time is ours.
    expect(facts.stalledMs, `of ${facts.playedMs} ms`).toBeLessThan(facts.playedMs / 2);
    expect(errors).toEqual([]);
  }
  expect(match.seats.held("player")).toBe(2);
  expect(match.seats.held("bot")).toBeGreaterThanOrEqual(1);
  mkdirSync("artifacts", { recursive: true });
  await left.tab.screenshot({ path: `artifacts/arena-${first}-${second}.png` });
});
