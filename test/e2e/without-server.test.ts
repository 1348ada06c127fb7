/** The page with `?offline=1`: the referee, the player and the bots in one tab, no WebSocket, and no server behind the files. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { errorsOf } from "../kit/browsers/page-errors.ts";
import { serveFiles } from "../kit/servers/files-server.ts";
import { ServedPage } from "../kit/servers/served-page.ts";

const served = new ServedPage(serveFiles);

/** Counts the WebSockets and the requests that the page makes. */
async function watched(tab: Page): Promise<{ readonly sockets: () => Promise<number>; readonly asked: string[] }> {
  const asked: string[] = [];
  tab.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await tab.addInitScript(() => {
    const made = { count: 0 };
    Object.assign(window, { socketsMade: made });
    const Stock = window.WebSocket;
    window.WebSocket = class extends Stock {
      constructor(...options: ConstructorParameters<typeof Stock>) {
        super(...options);
        made.count++;
      }
    };
  });
  const sockets = () => tab.evaluate(() => (window as unknown as { socketsMade: { count: number } }).socketsMade.count);
  return { sockets, asked };
}

const confirmedTick = (tab: Page): Promise<number> =>
  tab.evaluate(() => window.phalanx.source!.picture(performance.now())!.confirmedTick);

describe.each(BROWSERS)("%s", (name) => {
  it.for(["tag", "arena"])("plays %s against bots", async (game, { skip }) => {
    const browser = await served.browser(name, skip);
    const tab = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    const errors = errorsOf(tab);
    const { sockets, asked } = await watched(tab);
    await tab.goto(`http://127.0.0.1:${served.server.port}/?game=${game}&offline=1`);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    await tab.evaluate(() => window.phalanx.hashes.keepAll());
    const [seat, kinds] = await tab.evaluate(() => {
      const { source } = window.phalanx;
      return [source!.seat, [...source!.roster().values()].map(({ kind }) => kind).sort()] as const;
    });
    expect(seat).toBeTypeOf("number");
    expect(kinds).toEqual(["bot", "bot", "bot", "player"]);

    const before = await confirmedTick(tab);
    await expect.poll(() => confirmedTick(tab)).toBeGreaterThan(before + 40);
    expect(await tab.evaluate(() => window.phalanx.hashes.size), "hashes of the confirmed world").toBeGreaterThan(10);
    const { isDiverged, hashChecks, hashMismatches } = await tab.evaluate(() => window.phalanx.source!.figures.stats);
    expect(hashChecks).toBeGreaterThan(4);
    expect([isDiverged, hashMismatches]).toEqual([false, 0]);

    expect(await tab.locator("#net-short").innerText()).toBe("offline");
    expect(await tab.locator("#net dl div", { hasText: "Round trip" }).locator("dd").innerText()).toBe("– offline");
    expect(await tab.locator("#invite").isVisible()).toBe(false);
    expect(await tab.locator("#chat-toggle").isVisible()).toBe(false);
    expect(await tab.locator("dialog[open]").count()).toBe(0);
    expect([await sockets(), asked.filter((path) => path.includes("matchmake"))]).toEqual([0, []]);
    expect(errors).toEqual([]);
    await tab.context().close();
  });

  it("draws the own move, stands still in a pause, and goes on when the files are gone", async ({ skip }) => {
    const browser = await served.browser(name, skip);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${served.server.port}/?game=tag&offline=1&bots=2`);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    await context.setOffline(true);
    const place = () => tab.evaluate(() => window.phalanx.focus!);
    const start = await place();
    const isLeft = start.x < 640;
    await tab.keyboard.down(isLeft ? "ArrowRight" : "ArrowLeft");
    await expect.poll(async () => Math.abs((await place()).x - start.x)).toBeGreaterThan(40);
    await tab.keyboard.up(isLeft ? "ArrowRight" : "ArrowLeft");

    await tab.keyboard.press("p");
    await tab.locator("#callout", { hasText: "Paused" }).waitFor();
    const paused = await confirmedTick(tab);
    await tab.waitForTimeout(500);
    expect(await confirmedTick(tab)).toBe(paused);
    await tab.keyboard.press("p");
    await expect.poll(() => confirmedTick(tab)).toBeGreaterThan(paused + 10);
    await context.close();
  });

  it("fetches the referee, and what shows recordings, only where each is needed", async ({ skip }) => {
    const browser = await served.browser(name, skip);
    const scripts = async (search: string, isThere: (tab: Page) => Promise<unknown>): Promise<string[]> => {
      const tab = await (await browser.newContext()).newPage();
      const { asked } = await watched(tab);
      await tab.goto(`http://127.0.0.1:${served.server.port}/${search}`);
      await isThere(tab);
      await tab.context().close();
      return asked.filter((path) => path.endsWith(".js")).sort();
    };
    const offline = await scripts("?game=tag&offline=1", (tab) => tab.waitForFunction(() => window.phalanx?.ready));
    const replay = await scripts("?replay", (tab) => tab.locator("#replay").waitFor());
    // Without `offline=1` it says that no server answers, and by then it has all that it fetches.
    const online = await scripts("?game=tag", (tab) => tab.locator("dialog[open]").waitFor());
    for (const [one, other] of [
      [offline, replay],
      [replay, offline],
    ] as const) {
      expect(one).toEqual(expect.arrayContaining(online));
      // What both need is a file of its own.
      expect(one.filter((path) => !online.includes(path) && !other.includes(path))).toHaveLength(1);
    }
  });
});
