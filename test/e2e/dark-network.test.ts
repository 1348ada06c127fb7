/** A network that swallows everything and closes nothing: the page shows its round trip, finds it dead by itself, and says so. */
import { describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { TcpProxy } from "../kit/lines/tcp-proxy.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

const served = new ServedPage((page) => startServer({ games, page }));

describe.each(BROWSERS)("%s", (name) => {
  it("in lockstep, and on the stream plane where nothing need come for a while", async ({ skip }) => {
    const browser = await served.browser(name, skip);
    const proxy = await TcpProxy.listen({ port: served.server.port });
    const context = await browser.newContext();
    const tabs = await Promise.all(
      (["lockstep", "stream"] as const).map(async (plane) => {
        const tab = await context.newPage();
        await tab.goto(`http://127.0.0.1:${proxy.port}/?game=arena&auto=1&bots=2`);
        await tab.waitForFunction(() => window.phalanx?.ready === true);
        await tab.evaluate((wanted) => window.phalanx.session!.prefer(wanted), plane);
        await tab.waitForFunction((wanted) => window.phalanx.session!.plane === wanted, plane);
        await expect.poll(() => tab.locator("#net-short").innerText()).toMatch(/^\d+ ms$/);
        return tab;
      }),
    );
    const since = performance.now();
    proxy.darken(true);
    const found = await Promise.all(
      tabs.map(async (tab) => {
        await tab.locator("dialog[open]").waitFor();
        expect(await tab.locator("dialog[open]").innerText()).toMatch(/The server went away[\s\S]*Your seat is held/);
        return Math.round(performance.now() - since);
      }),
    );
    process.stdout.write(`${name}: pages found a dark network after ${found.join(" and ")} ms\n`);
    proxy.darken(false);
    for (const tab of tabs) await tab.locator("dialog[open]").waitFor({ state: "hidden" });
    await context.close();
    await proxy.close();
  });
});
