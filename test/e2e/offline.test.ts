/** A page loses its network, or is hidden with its timers frozen: it comes back to its seat, in step, with no error shown. */
import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { launch } from "../kit/browser.ts";
import { type BuiltPage, buildPage } from "../kit/page-build.ts";
import { type RealServer, startServer } from "../kit/server.ts";
import { until } from "../kit/until.ts";

/** Cutting the socket as a lost network does needs the server's help: browsers keep open sockets when offline. */
const OFFLINE_MS = 6000;
const FROZEN_MS = 15_000;
const BACK_MS = 1000;

let page: BuiltPage;
let server: RealServer;
let browser: Browser | undefined;
beforeAll(async () => {
  page = await buildPage();
  server = await startServer({ games, page: page.folder });
  browser = await launch("chromium");
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await page?.remove();
});

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Playing {
  readonly tab: Page;
  readonly devtools: CDPSession;
  readonly roomId: string;
  readonly seat: number;
}

async function play(): Promise<Playing> {
  const tab = await (await browser!.newContext()).newPage();
  await tab.goto(`http://127.0.0.1:${server.port}/?game=arena&auto=1`);
  await tab.waitForFunction(() => window.phalanx?.ready === true);
  const devtools = await tab.context().newCDPSession(tab);
  const [roomId, seat] = await tab.evaluate(() => {
    const { room, client } = window.phalanx.session!;
    return [room.roomId, client.seat!] as const;
  });
  return { tab, devtools, roomId, seat };
}

/** How far the page's confirmed tick is behind the server's, and whether its last hashes are the server's. */
async function standing({ tab, roomId }: Playing): Promise<{ behind: number; mismatches: number; seat: number }> {
  const { match } = server.room(roomId);
  const seen = await tab.evaluate(() => {
    const { client } = window.phalanx.session!;
    return { tick: client.confirmedTick, mismatches: client.stats.hashMismatches, seat: client.seat! };
  });
  return { behind: match.world.tick - seen.tick, mismatches: seen.mismatches, seat: seen.seat };
}

it("offline for some seconds", { timeout: 60_000 }, async ({ skip }) => {
  if (browser === undefined) return skip("chromium is not installed on this machine");
  const playing = await play();
  const { tab, devtools, roomId, seat } = playing;
  const offline = (isOffline: boolean) =>
    devtools.send("Network.emulateNetworkConditions", {
      offline: isOffline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
  await devtools.send("Network.enable");
  await offline(true);
  const { match, clients } = server.room(roomId);
  (clients[0]!.ref as unknown as { terminate(): void }).terminate();
  await until("the seat is held", () => match.seats.isAway(seat));
  expect(await tab.locator("dialog[open]").innerText()).toMatch(/The server went away/);
  await pause(OFFLINE_MS);
  await offline(false);
  await until("it is back in its seat", () => !match.seats.isAway(seat), 15_000);
  await pause(BACK_MS);
  expect(await tab.locator("dialog[open]").count(), "no error is shown").toBe(0);
  const { behind, mismatches, seat: own } = await standing(playing);
  expect(behind).toBeLessThanOrEqual(5);
  expect(mismatches).toBe(0);
  expect(own).toBe(seat);
  await tab.context().close();
});

it("hidden with frozen timers", { timeout: 60_000 }, async ({ skip }) => {
  if (browser === undefined) return skip("chromium is not installed on this machine");
  const playing = await play();
  const { tab, devtools, roomId, seat } = playing;
  await devtools.send("Emulation.setFocusEmulationEnabled", { enabled: false });
  await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
  const { match } = server.room(roomId);
  await pause(FROZEN_MS);
  await devtools.send("Page.setWebLifecycleState", { state: "active" });
  await until(
    "the seat is played",
    () => !match.seats.isAway(seat) && match.seats.holder(seat)?.kind === "player",
    15_000,
  );
  await pause(2 * BACK_MS);
  const { behind, mismatches, seat: own } = await standing(playing);
  expect(behind).toBeLessThanOrEqual(5);
  expect(mismatches).toBe(0);
  expect(own).toBe(seat);
  expect(await tab.locator("dialog[open]").count(), "no error is shown").toBe(0);
  await tab.context().close();
});
