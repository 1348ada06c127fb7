/** A game that is heavy for a device, in a page: less is predicted, the panel says so and why, and the world does not stand still. */
import { matchMaker } from "@colyseus/core";
import { describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { errorsOf } from "../kit/browsers/page-errors.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

declare global {
  interface Window {
    /** Milliseconds that a step of skirmish takes longer here. */
    burden: number;
  }
}

/** Light enough for a busy machine to keep up with, which would be moved to the stream plane else. */
const BURDEN_MS = 2.5;
/** The longest way there for which the line itself asks for no delay, but for what the machine adds. */
const ONE_WAY_MS = 140;
const BUDGET_MS = 12;

const served = new ServedPage((page) => startServer({ games, page }));

describe.each(BROWSERS)("%s", (name) => {
  it("a heavy game", async ({ skip }) => {
    const browser = await served.browser(name, skip);
    const tab = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    const errors = errorsOf(tab);
    // The crowd of skirmish, which is built anew in every step, has one array of single bytes to empty.
    await tab.addInitScript(() => {
      const { fill } = Uint8Array.prototype;
      window.burden = 0;
      Uint8Array.prototype.fill = function slowly(...args) {
        const until = performance.now() + window.burden;
        while (performance.now() < until);
        return fill.apply(this, args);
      };
    });
    const { roomId } = await matchMaker.createRoom("skirmish", { bots: 2 });
    await tab.goto(`http://127.0.0.1:${served.server.port}/?game=skirmish&room=${roomId}&net=delay=${ONE_WAY_MS}`);
    await tab.waitForFunction(() => window.phalanx?.focus !== undefined);
    const client = () =>
      tab.evaluate(() => {
        const { stats, inputDelay, predictedTick, confirmedTick } = window.phalanx.session!.client;
        return { ...stats, inputDelay, ahead: predictedTick - confirmedTick };
      });
    const note = tab.locator("#net > p");
    await expect.poll(client).toMatchObject({ predictionWindow: 20, isHeavy: false });
    await expect.poll(() => note.innerText()).toBe("");

    await tab.evaluate((ms) => {
      window.burden = ms;
    }, BURDEN_MS);
    await expect.poll(async () => (await client()).predictionWindow).toBeLessThanOrEqual(BUDGET_MS / BURDEN_MS);
    await expect
      .poll(() => note.innerText())
      .toMatch(/takes \d+\.\d ms .* no more than [2-4] ticks .* waits for \d ticks?\.$/);
    const heavy = await client();
    expect(heavy.inputDelay).toBeGreaterThan(0);
    expect(heavy.ahead).toBeLessThanOrEqual(heavy.predictionWindow + 1);
    expect(heavy.hashMismatches).toBe(0);
    expect(heavy.hashChecks).toBeGreaterThan(0);

    await tab.evaluate(() => {
      window.burden = 0;
    });
    await expect.poll(async () => (await client()).predictionWindow).toBeGreaterThan(heavy.predictionWindow + 1);
    expect(errors).toEqual([]);
  });
});
