/** Three pages chat while they play: one reads late, one loses its network; the others see delivered, then read. */
import { mkdirSync } from "node:fs";
import { matchMaker } from "@colyseus/core";
import type { Browser, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { errorsOf } from "../kit/browsers/page-errors.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";
import { until } from "../kit/until.ts";

const served = new ServedPage((page) => startServer({ games, page, env: { CHAT_PER_MINUTE: "600" } }));

/** A page with somebody in it, found by what a person would look for. */
class Visitor {
  readonly tab: Page;
  readonly errors: readonly string[];

  private constructor(tab: Page) {
    this.tab = tab;
    this.errors = errorsOf(tab);
  }

  static async open(browser: Browser, search: string): Promise<Visitor> {
    const tab = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    const visitor = new Visitor(tab);
    await tab.goto(`http://127.0.0.1:${served.server.port}/?game=tag&bots=3&${search}`);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    return visitor;
  }

  /** By keys alone: Enter, the text, Enter. */
  async say(text: string): Promise<void> {
    await this.tab.keyboard.press("Enter");
    await this.tab.keyboard.type(text);
    await this.tab.keyboard.press("Enter");
  }

  toggle(): Promise<void> {
    return this.tab.click("#chat-toggle");
  }

  async badge(): Promise<string> {
    const badge = this.tab.locator("#chat-badge");
    return (await badge.isVisible()) ? badge.innerText() : "";
  }

  /** What is told beside the own line with this text. */
  receipt(text: string): Promise<string> {
    return this.tab
      .locator("#chat-lines li", { has: this.tab.getByText(text, { exact: true }) })
      .locator(".receipt")
      .innerText();
  }

  lines(): Promise<string[]> {
    return this.tab.locator("#chat-lines .said").allInnerTexts();
  }

  /** Takes its network away, or gives it back: "offline" cuts an open socket sometimes, so it is cut here. */
  async offline(isOffline: boolean): Promise<void> {
    await this.tab.context().setOffline(isOffline);
    if (!isOffline) return;
    const { roomId, sessionId } = await this.tab.evaluate(() => {
      const { room } = window.phalanx.session!;
      return { roomId: room.roomId, sessionId: room.sessionId };
    });
    const client = served.server.room(roomId).clients.find((one) => one.sessionId === sessionId);
    (client?.ref as unknown as { terminate(): void } | undefined)?.terminate();
  }

  async hide(isHidden: boolean): Promise<void> {
    await this.tab.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, isHidden);
  }
}

const sees = (what: () => Promise<unknown>, expected: unknown): Promise<void> => expect.poll(what).toEqual(expected);

describe.each(BROWSERS)("%s", (browserName) => {
  it("delivered, then read; unread right after the reconnection; muted", async ({ skip }) => {
    const browser = await served.browser(browserName, skip);
    // Not one that another browser's visitors have just left: their lines are still there.
    const { roomId: room } = await matchMaker.createRoom("tag", { bots: 3 });
    const ada = await Visitor.open(browser, `room=${room}&name=Ada`);
    const lin = await Visitor.open(browser, `room=${room}&name=Lin`);
    const bo = await Visitor.open(browser, `room=${room}&name=Bo`);
    const visitors = [ada, lin, bo];

    // Bo has the line, and does not look.
    await lin.toggle();
    await ada.say("hello all");
    await sees(() => ada.receipt("hello all"), "✓✓ read by Lin · delivered to Bo");
    await lin.say("hi Ada");
    await sees(() => lin.receipt("hi Ada"), "✓✓ read by Ada · delivered to Bo");
    await sees(() => bo.badge(), "2");
    expect(await lin.badge()).toBe("");
    mkdirSync("artifacts", { recursive: true });
    await ada.tab.screenshot({ path: `artifacts/chat-${browserName}.png` });
    // An open panel in a page that nobody sees is not read either.
    await bo.hide(true);
    await bo.toggle();
    await sees(() => bo.lines(), ["hello all", "hi Ada"]);
    await bo.tab.waitForTimeout(500);
    expect(await ada.receipt("hello all")).toBe("✓✓ read by Lin · delivered to Bo");
    await bo.hide(false);
    await sees(() => ada.receipt("hello all"), "✓✓ read by Lin, Bo");
    await sees(() => lin.receipt("hi Ada"), "✓✓ read by Ada, Bo");
    await sees(() => bo.badge(), "");

    // Bo is gone for a while.
    await bo.toggle();
    const seat = await bo.tab.evaluate(() => window.phalanx.session!.seat!);
    await bo.offline(true);
    await until("the seat is held", () => served.server.room(room).match.seats.isAway(seat));
    await ada.say("Bo?");
    await lin.say("the network, surely");
    await sees(() => ada.receipt("Bo?"), "✓ read by Lin");
    const back = bo.tab.evaluate(() => {
      const { session } = window.phalanx;
      const shown = document.getElementById("chat-badge")!;
      return new Promise<number>((resolve) => {
        let onlineAt = 0;
        const look = setInterval(() => {
          if (session!.isOnline) onlineAt ||= performance.now();
          if (onlineAt === 0 || shown.hidden || shown.textContent !== "2") return;
          clearInterval(look);
          resolve(performance.now() - onlineAt);
        }, 5);
      });
    });
    await bo.offline(false);
    const waited = await back;
    process.stdout.write(`${browserName}: back with 2 unread lines: shown after ${waited.toFixed(0)} ms\n`);
    await sees(() => ada.receipt("Bo?"), "✓✓ read by Lin · delivered to Bo");
    await bo.toggle();
    await sees(() => ada.receipt("Bo?"), "✓✓ read by Lin, Bo");

    // Lin has enough of Bo; Ada has not, and Bo is not told.
    await lin.tab.getByRole("button", { name: "Mute Bo" }).click();
    await sees(async () => (await lin.lines()).length, 4);
    await bo.say("<img src=x onerror=alert(1)>");
    await sees(async () => (await ada.lines()).at(-1), "<img src=x onerror=alert(1)>");
    expect(await ada.tab.locator("#chat-lines img").count()).toBe(0);
    await ada.say("that is no picture");
    await sees(async () => (await lin.lines()).at(-1), "that is no picture");
    expect(await lin.lines()).not.toContain("<img src=x onerror=alert(1)>");
    await sees(() => bo.receipt("<img src=x onerror=alert(1)>"), "✓ read by Ada");
    for (const { errors } of visitors) expect(errors).toEqual([]);
    await Promise.all(visitors.map(({ tab }) => tab.context().close()));
  });

  it("typed keys are text and no moves; on a small screen the panel leaves room for the game", async ({ skip }) => {
    const browser = await served.browser(browserName, skip);
    const { tab, errors } = await Visitor.open(browser, "name=Ada");
    const place = () =>
      tab.evaluate(() => {
        const { client, seat } = window.phalanx.session!;
        const { x, y } = (client.state as { runners: Map<number, { x: number; y: number }> }).runners.get(seat!)!;
        return [x, y];
      });
    const panel = tab.locator("#chat");
    const isNetOpen = await tab.locator("#net").isVisible();
    await tab.keyboard.press("Enter");
    expect(await tab.evaluate(() => document.activeElement?.id)).toBe("chat-text");
    const before = await place();
    for (const key of "wasdph") {
      await tab.keyboard.down(key);
      await tab.waitForTimeout(150);
      await tab.keyboard.up(key);
    }
    await tab.keyboard.type(" ");
    expect(await place(), "nobody moved").toEqual(before);
    expect(await tab.locator("#net").isVisible()).toBe(isNetOpen);
    expect(await tab.locator("#pause").getAttribute("aria-pressed")).toBe("false");
    await tab.keyboard.press("Enter");
    await sees(async () => (await tab.locator("#chat-lines .said").allInnerTexts()).at(-1), "wasdph");
    // After Enter the keys are the game's again.
    await tab.keyboard.down("d");
    await tab.keyboard.down("s");
    await sees(async () => JSON.stringify(await place()) !== JSON.stringify(before), true);
    await tab.keyboard.up("d");
    await tab.keyboard.up("s");
    await tab.keyboard.press("Enter");
    await tab.keyboard.type("not sent");
    await tab.keyboard.press("Escape");
    expect(await panel.isVisible()).toBe(false);
    expect(await tab.locator("#chat-toggle").getAttribute("aria-expanded")).toBe("false");

    for (const [width, height] of [
      [390, 780],
      [360, 640],
      [844, 390],
    ] as const) {
      await tab.setViewportSize({ width, height });
      await tab.keyboard.press("Enter");
      const { x, y, width: w, height: h } = (await panel.boundingBox())!;
      expect([x >= 0, x + w <= width, y + h <= height], `inside ${width} x ${height}`).toEqual([true, true, true]);
      const bar = (await tab.locator("#bar").boundingBox())!;
      expect(y - bar.height, `room for the game at ${width} x ${height}`).toBeGreaterThan(height / 5);
      expect(await tab.locator("#chat-send").isVisible()).toBe(true);
      // The camera follows the own figure to where it can be seen.
      await sees(() => tab.evaluate((top) => window.phalanx.focus!.y < top, y), true);
      await tab.keyboard.press("Escape");
    }
    expect(errors).toEqual([]);
    await tab.context().close();
  });
});
