/** A page plays over `https` and `wss` on the server's own port, and plays on while the certificate is replaced. */
import { matchMaker } from "@colyseus/core";
import type { Browser, Page } from "playwright-core";
import { afterAll, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { shownSerial, TestCertificate } from "../kit/servers/certificate.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

const certificate = new TestCertificate();
const { cert: TLS_CERT, key: TLS_KEY } = certificate;
afterAll(() => certificate.remove());
const served = new ServedPage((page) => startServer({ games, page, env: { TLS_CERT, TLS_KEY } }));

/** Opens the demo in a context of its own that takes any certificate. */
async function open(browser: Browser, search: string): Promise<Page> {
  const tab = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await tab.goto(`https://127.0.0.1:${served.server.port}/${search}`);
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

it.for(BROWSERS)("arena over wss in %s", async (name, { skip }) => {
  const browser = await served.browser(name, skip);
  const { roomId } = await matchMaker.createRoom("arena", { bots: 2 });
  const tab = await open(browser, `?game=arena&auto=1&room=${roomId}`);
  let drops = 0;
  await tab.exposeFunction("dropped", () => drops++);
  await tab.evaluate(() => {
    window.phalanx.session!.on("online", (isOnline) => {
      if (!isOnline) (window as unknown as { dropped(): void }).dropped();
    });
  });
  const before = await stand(tab);
  expect(before).toMatchObject({ scheme: "wss", isOnline: true, players: 1 });

  const old = await shownSerial(served.server.port);
  certificate.replace();
  const { serial } = certificate;
  await expect.poll(() => shownSerial(served.server.port), { interval: 250 }).toBe(serial);
  expect(serial).not.toBe(old);

  // Whoever comes now comes by the new certificate, into the same match.
  const friend = await open(browser, `?game=arena&room=${before.room}`);
  await expect.poll(async () => (await stand(tab)).players).toBe(2);
  const after = await stand(tab);
  expect(after).toMatchObject({ room: before.room, isOnline: true, mismatches: 0 });
  expect(after.tick).toBeGreaterThan(before.tick + 20);
  expect(await stand(friend)).toMatchObject({ scheme: "wss", room: before.room, mismatches: 0 });
  expect(drops).toBe(0);
  await Promise.all([tab, friend].map((page) => page.context().close()));
});
