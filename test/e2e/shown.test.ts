/**
 * The signs that players are shown: who is away, who asks for a pause, each thing once, and a panel that holds its
 * longest values.
 */
import { matchMaker } from "@colyseus/core";
import type { Browser, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

/** A client whose rules differ asks for lockstep again and again; the server answers each time. */
const ANSWERS = 4;
const ROWS = ["Tick", "Predicted ahead", "Round trip", "Rollback depth", "Hashes", "Down"];

const served = new ServedPage((page) => startServer({ games, page }));

async function join(browser: Browser, room: string, name: string): Promise<Page> {
  const tab = await (await browser.newContext()).newPage();
  await tab.goto(`http://127.0.0.1:${served.server.port}/?game=tag&room=${room}&name=${name}`);
  await tab.waitForFunction(() => window.phalanx?.ready === true);
  return tab;
}

describe.each(BROWSERS)("%s", (name) => {
  it("a wish for a pause, and who is away, are seen by the others", async ({ skip }) => {
    const browser = await served.browser(name, skip);
    const { roomId } = await matchMaker.createRoom("tag", { bots: 0 });
    const ada = await join(browser, roomId, "Ada");
    const lin = await join(browser, roomId, "Lin");
    const button = (tab: Page) => tab.locator("#pause");
    await ada.keyboard.press("p");
    await expect.poll(() => button(lin).innerText()).toBe("Pause 1/2");
    expect(await button(lin).getAttribute("title")).toMatch(/1 of 2 players want a pause. Agree/);
    expect(await lin.locator("#toasts").innerText()).toContain("Ada asks for a pause. Press Pause (P) to agree.");
    await lin.keyboard.press("p");
    await expect.poll(() => button(ada).innerText()).toBe("Go on");
    await ada.keyboard.press("p");
    await expect.poll(() => button(lin).innerText()).toBe("Pause 1/2");
    expect(await lin.locator("#toasts p", { hasText: "asks for a pause" }).count()).toBeLessThanOrEqual(1);

    const chip = lin.locator("#score li", { hasText: "Ada" });
    expect(await chip.innerText()).not.toContain("away");
    await ada.context().close();
    await expect.poll(() => chip.innerText()).toContain("away");
    expect(await chip.getAttribute("title")).toMatch(/^Ada \(away\)/);
    const labels = await lin.evaluate(() => [...window.phalanx.session!.roster().values()].map(({ label }) => label));
    expect(labels.sort()).toEqual(["Ada (away)", "Lin"]);
    await lin.context().close();
  });

  it("that the server steps the game for a window whose rules differ is told once", async ({ skip }) => {
    const browser = await served.browser(name, skip);
    const { roomId } = await matchMaker.createRoom("tag", { bots: 2 });
    const tab = await join(browser, roomId, "Ada");
    await tab.evaluate(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) for (const node of addedNodes) told.push(node.textContent ?? "");
      }).observe(document.getElementById("toasts")!, { childList: true });
    });
    const { sessions } = served.server.room(roomId).match;
    const [member] = sessions.presence.here as [never];
    sessions.planes.move(member, "stream", "diverging");
    for (let i = 0; i < ANSWERS; i++) {
      await tab.waitForTimeout(100);
      sessions.planes.tell(member, "stream", "diverging");
      // Its toast is gone by then, as it is after some seconds.
      if (i === 2) await tab.evaluate(() => document.getElementById("toasts")!.replaceChildren());
    }
    await tab.waitForFunction(() => window.phalanx.session!.plane === "stream");
    await tab.waitForTimeout(500);
    const told = await tab.evaluate(() => (window as unknown as { told: string[] }).told);
    expect(told.filter((text) => text.includes("kept differing"))).toHaveLength(1);
    await tab.context().close();
  });

  it.for([
    [1280, 800],
    [390, 844],
  ] as const)("the panel holds its longest values at %s x %s", async ([width, height], { skip }) => {
    const tab = await served.open("?game=arena&bots=2&auto=1", name, skip);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    await tab.setViewportSize({ width, height });
    if (!(await tab.locator("#net").isVisible())) await tab.keyboard.press("h");
    const outside = await tab.evaluate((rows) => {
      const panel = document.getElementById("net")!;
      const values = [...panel.querySelectorAll("dd")];
      // In one go: the page writes its own values a few times a second.
      for (const value of values) {
        const small = document.createElement("small");
        small.textContent = "12345 differed, 12345 healed";
        value.replaceChildren("1234567 equal", " ", small);
      }
      const { left, right } = panel.getBoundingClientRect();
      const labels = [...panel.querySelectorAll("dt")].map((label) => label.textContent);
      const bad = [...values, ...panel.querySelectorAll("dt, small, canvas, summary")].filter((each) => {
        const box = each.getBoundingClientRect();
        return box.left < left || box.right > right || box.left < 0 || box.right > innerWidth;
      });
      return {
        bad: bad.map(({ textContent }) => textContent),
        isWider: panel.scrollWidth > panel.clientWidth,
        missing: rows.filter((row) => !labels.includes(row)),
      };
    }, ROWS);
    expect(outside).toEqual({ bad: [], isWider: false, missing: [] });
    const games_ = await tab.locator("#games a").evaluateAll((links) =>
      links.map((link) => {
        const box = link.getBoundingClientRect();
        const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
        return top === link && box.right <= innerWidth;
      }),
    );
    expect(games_, "every game can be chosen").not.toContain(false);
    await tab.context().close();
  });
});
