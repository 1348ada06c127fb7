/** A page plays over `https` and `wss` on the server's own port, and plays on while the certificate is replaced. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { launch } from "../kit/browser.ts";
import { shownSerial, TestCertificate } from "../kit/certificate.ts";
import { type BuiltPage, buildPage } from "../kit/page-build.ts";
import { type RealServer, startServer } from "../kit/server.ts";

const certificate = new TestCertificate();
let page: BuiltPage;
let server: RealServer;
beforeAll(async () => {
  page = await buildPage();
  const { cert: TLS_CERT, key: TLS_KEY } = certificate;
  server = await startServer({ games, page: page.folder, env: { TLS_CERT, TLS_KEY } });
});
afterAll(async () => {
  await server?.stop();
  await page?.remove();
  certificate.remove();
});

/** Opens the demo in a context of its own that takes any certificate. */
async function open(browser: Browser, search: string): Promise<Page> {
  const tab = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await tab.goto(`https://127.0.0.1:${server.port}/${search}`);
  await tab.waitForFunction(() => window.phalanx?.ready === true);
  return tab;
}

const stand = (tab: Page) =>
  tab.evaluate(() => {
    const session = window.phalanx.session!;
    const { room, client, isOnline } = session;
    const { url } = (room.connection.transport as unknown as { readonly ws: WebSocket }).ws;
    return {
      scheme: url.split(":")[0],
      room: room.roomId,
      tick: client.confirmedTick,
      isOnline,
      players: [...session.roster().values()].filter(({ kind }) => kind === "player").length,
      mismatches: client.stats.hashMismatches,
    };
  });

it("arena over wss", { timeout: 60_000 }, async ({ skip }) => {
  const browser = await launch("chromium");
  if (browser === undefined) return skip("chromium is not installed on this machine");
  try {
    const tab = await open(browser, "?game=arena&auto=1&bots=2");
    let drops = 0;
    await tab.exposeFunction("dropped", () => drops++);
    await tab.evaluate(() => {
      const session = window.phalanx.session!;
      const { onOnline } = session;
      session.onOnline = (isOnline) => {
        onOnline(isOnline);
        if (!isOnline) (window as unknown as { dropped(): void }).dropped();
      };
    });
    const before = await stand(tab);
    expect(before).toMatchObject({ scheme: "wss", isOnline: true, players: 1 });

    const old = await shownSerial(server.port);
    certificate.replace();
    const { serial } = certificate;
    await expect.poll(() => shownSerial(server.port), { timeout: 10_000, interval: 250 }).toBe(serial);
    expect(serial).not.toBe(old);

    // Whoever comes now comes by the new certificate, into the same match.
    const friend = await open(browser, `?game=arena&room=${before.room}`);
    await expect.poll(async () => (await stand(tab)).players).toBe(2);
    const after = await stand(tab);
    expect(after).toMatchObject({ room: before.room, isOnline: true, mismatches: 0 });
    expect(after.tick).toBeGreaterThan(before.tick + 20);
    expect(await stand(friend)).toMatchObject({ scheme: "wss", room: before.room, mismatches: 0 });
    expect(drops).toBe(0);
  } finally {
    await browser.close();
  }
});
