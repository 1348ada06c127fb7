/** Two pages and a bot play arena in real browsers over a bad network; pages and server must have one hash at every tick. */
import { mkdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { hashesOf } from "../kit/after-tick.ts";
import { type BrowserName, launch } from "../kit/browsers/browser.ts";
import { type BuiltPage, buildPage } from "../kit/browsers/page-build.ts";
import { type RealServer, startServer } from "../kit/servers/server.ts";
import { until } from "../kit/until.ts";

const PLAY_SECONDS = 30;
const NETWORK = "lag=150&jitter=30";
const LEAST_COMPARED = 400;
const LONGEST_STALL_MS = 250;

let page: BuiltPage;
let server: RealServer;
beforeAll(async () => {
  page = await buildPage();
  server = await startServer({ games, page: page.folder });
});
afterAll(async () => {
  await server?.stop();
  await page?.remove();
});

/** What a page says about its match. */
interface PageFacts {
  readonly hashes: [number, number][];
  readonly rollbacks: number;
  readonly mismatches: number;
  readonly longestStallMs: number;
  readonly roundTripMs: number;
}

async function open(browser: Browser, search: string): Promise<{ tab: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const tab = await context.newPage();
  const errors: string[] = [];
  tab.on("pageerror", (error) => errors.push(String(error)));
  await tab.goto(`http://127.0.0.1:${server.port}/?game=arena&auto=1&${NETWORK}&${search}`);
  await tab.waitForFunction(() => window.phalanx?.ready === true, undefined, { timeout: 20_000 });
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
      longestStallMs: stats.longestStallMs,
      roundTripMs,
    };
  });

it.for([
  ["chromium", "chromium"],
  ["chromium", "firefox"],
] satisfies [BrowserName, BrowserName][])("%s and %s", { timeout: 120_000 }, async ([first, second], { skip }) => {
  const one = await launch(first);
  const two = second === first ? one : await launch(second);
  if (one === undefined || two === undefined) {
    await Promise.all([one?.close(), two?.close()]);
    return skip(`${one === undefined ? first : second} is not installed on this machine`);
  }
  try {
    const left = await open(one, "name=Ada&bots=3");
    const roomId = await left.tab.evaluate(() => window.phalanx.session!.room.roomId);
    const { match } = server.room(roomId);
    const hashes = hashesOf(match);
    const right = await open(two, `name=Lin&room=${roomId}`);
    const start = match.world.tick;
    const ticks = PLAY_SECONDS * match.game.tickRate;
    await until("30 s were played", () => match.world.tick >= start + ticks, (PLAY_SECONDS + 20) * 1000);

    for (const { tab, errors } of [left, right]) {
      const facts = await factsOf(tab);
      const common = facts.hashes.filter(([tick]) => hashes.has(tick));
      expect(common.length, "hashes compared").toBeGreaterThanOrEqual(LEAST_COMPARED);
      for (const [tick, hash] of common) expect(hash, `hash at tick ${tick}`).toBe(hashes.get(tick));
      expect(facts.rollbacks).toBeGreaterThan(10);
      expect(facts.mismatches).toBe(0);
      expect(facts.roundTripMs).toBeGreaterThanOrEqual(150);
      expect(facts.longestStallMs).toBeLessThanOrEqual(LONGEST_STALL_MS);
      expect(errors).toEqual([]);
    }
    expect(match.seats.held("player")).toBe(2);
    expect(match.seats.held("bot")).toBeGreaterThanOrEqual(1);
    mkdirSync("artifacts", { recursive: true });
    await left.tab.screenshot({ path: `artifacts/arena-${first}-${second}.png` });
  } finally {
    await one.close();
    if (two !== one) await two.close();
  }
});
