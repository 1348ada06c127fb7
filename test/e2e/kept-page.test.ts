/** A page that Chromium keeps when it is left (back/forward cache): away at once, answered for by nobody, and back in its seat. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { launch } from "../kit/browsers/browser.ts";
import {
  beforeHoldEnds,
  Elsewhere,
  emptyRoom,
  go,
  holderOf,
  isElsewhere,
  isHeldFor,
  type Place,
  placeOf,
} from "../kit/browsers/window-place.ts";
import { pause } from "../kit/pause.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";
import { until } from "../kit/until.ts";

/** A kept page whose connection was open would answer the server's ping meanwhile, or come back to its seat. */
const KEPT_MS = process.env.CI ? 3000 : 1500;
const ROUNDS = process.env.CI ? 5 : 1;

const served = new ServedPage((page) => startServer({ games, page }));
let elsewhere: Elsewhere;
/** Of its own: those of the run keep no page that is left. */
let browser: Browser | undefined;
beforeAll(async () => {
  elsewhere = await new Elsewhere().listen();
  browser = await launch("chromium", { keepsPages: true });
});
afterAll(async () => {
  await browser?.close();
  elsewhere?.close();
});
afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
});

interface Kept {
  readonly tab: Page;
  /** Why Chromium did not keep the page, in its words, each time it did not. */
  readonly notKept: readonly string[];
}

async function open(skip: (why: string) => never): Promise<Kept> {
  const context = await (browser ?? skip("chromium is not installed on this machine")).newContext();
  const tab = await context.newPage();
  await tab.addInitScript(() => {
    addEventListener("pageshow", ({ persisted }) => {
      document.documentElement.dataset.kept = String(persisted);
    });
  });
  const notKept: string[] = [];
  const developer = await context.newCDPSession(tab);
  developer.on("Page.backForwardCacheNotUsed", ({ notRestoredExplanations }) => {
    for (const { reason } of notRestoredExplanations) notKept.push(reason);
  });
  await developer.send("Page.enable");
  await tab.goto(`http://127.0.0.1:${served.server.port}/?game=arena&room=${await emptyRoom(served.server)}`);
  return { tab, notKept };
}

/** Without this the rest would prove nothing. */
async function wasKept({ tab, notKept }: Kept): Promise<void> {
  await tab.waitForFunction(() => document.documentElement.dataset.kept !== undefined, undefined, { polling: 50 });
  expect([await tab.evaluate(() => document.documentElement.dataset.kept), notKept]).toEqual(["true", []]);
}

/** A page that was kept still believes in its connection for a moment: the referee is asked. */
const isBack = (place: Place): Promise<void> =>
  beforeHoldEnds(
    "it is back",
    served.server.room(place.room),
    () => holderOf(served.server, place).join() === `${place.session},false`,
  );

/** The seat stays held for who is away, and nothing speaks for them. */
async function staysAway(place: Place): Promise<void> {
  await beforeHoldEnds("it is shown as away", served.server.room(place.room), () => isHeldFor(served.server, place));
  const since = performance.now();
  while (performance.now() - since < KEPT_MS) {
    expect(isHeldFor(served.server, place), "while it is kept").toBe(true);
    await pause(100);
  }
}

it("goes to another site and comes back, again and again: one seat", async ({ skip }) => {
  const kept = await open(skip);
  const { tab } = kept;
  const place = await placeOf(tab);
  await tab.goto(elsewhere.url);
  for (let i = 0; i < ROUNDS; i++) {
    await staysAway(place);
    await go(tab, "back");
    expect(await placeOf(tab), `round ${i}`).toEqual(place);
    await wasKept(kept);
    await isBack(place);
    expect(served.server.room(place.room).match.seats.held("player")).toBe(1);
    await tab.locator("dialog").first().waitFor({ state: "hidden" });
    await go(tab, "forward");
    await isElsewhere(tab);
  }
});

it("back, forward and back in a row, while it is coming back", async ({ skip }) => {
  const kept = await open(skip);
  const { tab } = kept;
  const place = await placeOf(tab);
  await tab.goto(elsewhere.url);
  for (let i = 0; i < ROUNDS; i++) {
    await go(tab, "back");
    await tab.waitForFunction(() => window.phalanx !== undefined, undefined, { polling: 1 });
    await go(tab, "forward");
    await isElsewhere(tab);
  }
  await go(tab, "back");
  expect(await placeOf(tab)).toEqual(place);
  await wasKept(kept);
  await isBack(place);
  expect(served.server.room(place.room).match.seats.held("player")).toBe(1);
});

it("kept after a link of its own has led away, it has given its seat up, and takes a new one", async ({ skip }) => {
  const { tab, notKept } = await open(skip);
  const place = await placeOf(tab);
  await tab.locator("#games a", { hasText: "tag" }).click();
  const isFree = () => holderOf(served.server, place)[0] === undefined;
  await beforeHoldEnds("its seat is free", served.server.room(place.room), isFree);
  await tab.waitForURL(/game=tag/);
  await placeOf(tab);
  await go(tab, "back");
  await until("it sits in its room again", () => holderOf(served.server, place)[0] !== undefined);
  const again = await placeOf(tab);
  expect([again.room, again.session === place.session]).toEqual([place.room, false]);
  expect(notKept, "it was kept").toEqual([]);
  expect(served.server.room(place.room).match.seats.held("player")).toBe(1);
});
