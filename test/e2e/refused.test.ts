/** The view of a player who is refused for a while, and of a private room: by link only; in Chromium and Firefox. */
import { expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

const served = new ServedPage((page) => startServer({ games, page }));
const BROWSERS = ["chromium", "firefox"] as const;

it.for(BROWSERS)("told to wait, the page says why, counts down and comes in by itself (%s)", async (name, { skip }) => {
  const context = await (await served.browser(name, skip)).newContext();
  const tab = await context.newPage();
  const error = "too many requests from this address; try again in 3 s";
  let refusals = 0;
  await tab.route("**/matchmake/**", async (route) => {
    refusals++;
    if (refusals > 1) await route.continue();
    else
      await route.fulfill({
        status: 429,
        contentType: "application/json",
        body: JSON.stringify({ code: 429, error }),
      });
  });
  await tab.goto(`http://127.0.0.1:${served.server.port}/?game=tag`);
  const dialog = tab.locator("dialog[open]");
  await dialog.waitFor();
  await expect
    .poll(() => dialog.innerText())
    .toMatch(/asks you to wait\s+Too many requests from this address\. Trying again in \d s/);
  await tab.waitForFunction(() => window.phalanx?.ready === true);
  await context.close();
});

it.for(BROWSERS)("a private room is joined by its link, and by nobody else (%s)", async (name, { skip }) => {
  const own = await served.open("?game=tag&private=1", name, skip);
  await own.waitForFunction(() => window.phalanx?.ready === true);
  const room = (tab: typeof own) => tab.evaluate(() => window.phalanx.session!.room.roomId);
  const id = await room(own);
  const [friend, stranger] = [
    await served.open(`?game=tag&room=${id}`, name, skip),
    await served.open("?game=tag", name, skip),
  ];
  for (const tab of [friend, stranger]) await tab.waitForFunction(() => window.phalanx?.ready === true);
  expect(await room(friend)).toBe(id);
  expect(await room(stranger)).not.toBe(id);
  for (const tab of [own, friend, stranger]) await tab.context().close();
});
