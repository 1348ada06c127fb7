/** The recording of a match is offered in the page to who has left it, or whose room has ended; nothing is where nothing is recorded. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { roomOf } from "../../server/recordings/recording-name.ts";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { errorsOf } from "../kit/browsers/page-errors.ts";
import { pause } from "../kit/pause.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

const folder = mkdtempSync(join(tmpdir(), "phalanx-offer-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const served = new ServedPage((page) => startServer({ games, page, env: { REPLAYS: folder } }));

declare global {
  interface Window {
    /** What the page gave the browser to save. */
    saved: Blob[];
  }
}

const fileOf = (room: string): Buffer | undefined => {
  const name = readdirSync(folder).find((each) => roomOf(each) === room);
  return name === undefined ? undefined : readFileSync(join(folder, name));
};

const savedBytes = (tab: Page): Promise<number[] | undefined> =>
  tab.evaluate(async () => {
    const [blob] = window.saved;
    return blob && [...new Uint8Array(await blob.arrayBuffer())];
  });

const roomOfTab = (tab: Page): Promise<string> => tab.evaluate(() => window.phalanx.session!.room.roomId);

describe.each(BROWSERS)("%s", (name) => {
  const openPage = async (skip: Parameters<typeof served.browser>[1]): Promise<Page> => {
    const browser = await served.browser(name, skip);
    const tab = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
    await tab.addInitScript(() => {
      window.saved = [];
      const stock = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (made: Blob) => {
        window.saved.push(made);
        return stock(made);
      };
    });
    await tab.goto(`http://127.0.0.1:${served.server.port}/?game=tag&private=1`);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    return tab;
  };
  const offered = (tab: Page) => tab.locator(".offer");

  it("who follows a link to another game is offered the recording of the one before, and gets the whole file", async ({
    skip,
  }) => {
    const tab = await openPage(skip);
    const errors = errorsOf(tab);
    const room = await roomOfTab(tab);
    expect(await offered(tab).count()).toBe(0);
    await tab.locator("#games a", { hasText: "arena" }).click();
    await tab.waitForFunction(() => window.phalanx?.ready === true && location.search.includes("arena"));
    await expect.poll(() => offered(tab).innerText(), { timeout: 20_000 }).toContain("was recorded");
    const { right, width } = await offered(tab).evaluate((element) => ({
      right: Math.max(...[...element.querySelectorAll("*")].map((one) => one.getBoundingClientRect().right)),
      width: window.innerWidth,
    }));
    expect(right).toBeLessThanOrEqual(width);
    await offered(tab).getByRole("button", { name: "Download it" }).click();
    await expect.poll(() => savedBytes(tab)).toEqual([...fileOf(room)!]);
    await offered(tab).getByRole("button", { name: "Close" }).click();
    expect(await offered(tab).count()).toBe(0);
    // It was seen: a reload does not offer it again.
    await tab.reload();
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    await pause(1500);
    expect(await offered(tab).count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it("whose room has ended is offered its recording beside what happened", async ({ skip }) => {
    const tab = await openPage(skip);
    const room = await roomOfTab(tab);
    served.server.room(room).end("room/crashed");
    await tab.locator("dialog[open] .offer").getByRole("button", { name: "Download it" }).click({ timeout: 20_000 });
    await expect.poll(() => savedBytes(tab)).toEqual([...fileOf(room)!]);
  });
});
