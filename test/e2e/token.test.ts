/** The player's token in the address: it goes to the server and out of sight; and every end of a session in the page. */
import { SignJWT } from "jose";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { problemOfEnd } from "../../client-demo/app/address/problem.ts";
import { CLOSE_CODES, type CloseName, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

const SECRET = "a secret of at least thirty-two characters";
const tokenOf = (expires: string): Promise<string> =>
  new SignJWT({ name: "Ada" })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject("ada")
    .setAudience("phalanx")
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(SECRET));

const served = new ServedPage((page) => startServer({ games, page, env: { TOKEN_SECRET: SECRET } }));

const isPlaying = (tab: Page) => tab.waitForFunction(() => window.phalanx?.ready === true);

const names = (tab: Page) => tab.evaluate(() => [...window.phalanx.session!.roster().values()].map(({ name }) => name));

async function dialogOf(tab: Page): Promise<string> {
  const dialog = tab.locator("dialog[open]");
  await dialog.waitFor();
  return dialog.innerText();
}

describe.each(BROWSERS)("%s", (browser) => {
  it("a token in the address says who plays, and is in no address or link after that", async ({ skip }) => {
    const token = await tokenOf("1h");
    const tab = await served.open(`?game=tag&bots=2&token=${token}`, browser, skip);
    await isPlaying(tab);
    expect(await names(tab)).toContain("Ada");
    const links = () => tab.evaluate(() => [location.href, ...[...document.links].map(({ href }) => href)].join(" "));
    expect(await links()).not.toContain(token.slice(0, 20));
    expect(await links()).toContain("room=");
    // The tab still has it when it is loaded again.
    await tab.reload();
    await isPlaying(tab);
    expect(await names(tab)).toContain("Ada");
    await tab.context().close();
  });

  it("a token that has expired, and none, are told of", async ({ skip }) => {
    const old = await served.open(`?game=tag&token=${await tokenOf("-1h")}`, browser, skip);
    expect(await dialogOf(old)).toMatch(/Your token is not valid\s+It has expired/);
    expect(old.url()).not.toContain("token");
    const none = await served.open("?game=tag", browser, skip);
    expect(await dialogOf(none)).toMatch(/This server wants to know who you are\s+Come by the link/);
    await Promise.all([old.context().close(), none.context().close()]);
  });

  it("every close code is shown with a title, a sentence and what happens next", async ({ skip }) => {
    const tab = await served.open(`?game=tag&bots=2&token=${await tokenOf("1h")}`, browser, skip);
    await isPlaying(tab);
    // What is retried comes last: the page goes on playing then.
    const ends = (Object.keys(CLOSE_CODES) as CloseName[])
      .map((name) => ({ code: CLOSE_CODES[name].code, reason: closeReason(name) }))
      .sort((a, b) => Number(problemOfEnd(a).isRetried ?? false) - Number(problemOfEnd(b).isRetried ?? false));
    const first = await tab.evaluateHandle(() => window.phalanx.session!);
    for (const end of ends) {
      const { title, sentence, actions, because } = problemOfEnd(end);
      // In one go: a page that tries again may be back before a second question comes.
      const shown = await first.evaluate((session, ended) => {
        (session as unknown as { emit(name: "end", end: typeof ended): void }).emit("end", ended);
        return document.querySelector<HTMLElement>("dialog[open]")!.innerText;
      }, end);
      for (const text of [title, because ?? sentence, ...actions.map(({ label }) => label)])
        expect(shown).toContain(text);
    }
    await tab.locator("dialog[open]").waitFor({ state: "detached" });
    await isPlaying(tab);
    await tab.context().close();
  });
});
