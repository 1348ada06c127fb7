/** A network that swallows everything and closes nothing: the page shows its round trip, finds it dead in eight seconds, and says so. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { type BareServer, startBareServer } from "../kit/bare-server.ts";
import { launch } from "../kit/browser.ts";
import { type BuiltPage, buildPage } from "../kit/page-build.ts";
import { TcpProxy } from "../kit/tcp-proxy.ts";

const FOUND_MS = 8000;

let page: BuiltPage;
let server: BareServer;
let browser: Browser | undefined;
beforeAll(async () => {
  page = await buildPage();
  server = await startBareServer({ games, page: page.folder });
  browser = await launch("chromium");
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await page?.remove();
});

it("in lockstep, and on the stream plane where nothing need come for a while", { timeout: 60_000 }, async ({
  skip,
}) => {
  if (browser === undefined) return skip("chromium is not installed on this machine");
  const proxy = await TcpProxy.listen({ port: server.port });
  const context = await browser.newContext();
  const tabs = await Promise.all(
    (["lockstep", "stream"] as const).map(async (plane) => {
      const tab = await context.newPage();
      await tab.goto(`http://127.0.0.1:${proxy.port}/?game=arena&auto=1&bots=2`);
      await tab.waitForFunction(() => window.phalanx?.ready === true);
      await tab.evaluate((wanted) => window.phalanx.session!.prefer(wanted), plane);
      await tab.waitForFunction((wanted) => window.phalanx.session!.plane === wanted, plane);
      await expect.poll(() => tab.locator("#net-short").innerText(), { timeout: 10_000 }).toMatch(/^\d+ ms$/);
      return tab;
    }),
  );
  const since = performance.now();
  proxy.darken(true);
  const found = await Promise.all(
    tabs.map(async (tab) => {
      await tab.locator("dialog[open]").waitFor({ timeout: FOUND_MS });
      expect(await tab.locator("dialog[open]").innerText()).toMatch(/The server went away[\s\S]*Your seat is held/);
      return Math.round(performance.now() - since);
    }),
  );
  process.stdout.write(`pages found a dark network after ${found.join(" and ")} ms\n`);
  proxy.darken(false);
  for (const tab of tabs) await tab.locator("dialog[open]").waitFor({ state: "hidden", timeout: 20_000 });
  await context.close();
  await proxy.close();
});
