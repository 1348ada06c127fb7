/** The page below a path of a host, behind proxies that take the path off and such that do not: it plays, chats, comes back and invites. */
import { matchMaker } from "@colyseus/core";
import { afterAll, describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { freePort, StartedProxy } from "../kit/lines/started-proxy.ts";
import { programOrSkip } from "../kit/program.ts";
import { TestCertificate } from "../kit/servers/certificate.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

const PATH = "/play/game";
const MONITOR_PASSWORD = "twelve characters or more";
const env = { TRUST_PROXY: "127.0.0.1", BASE_PATH: `${PATH}/`, MONITOR_PASSWORD };

/** Each with the browser that goes it on a laptop; in CI both go all of them. */
const WAYS = [
  ["nginx, which takes it off", "nginx", true, "chromium"],
  ["nginx, which passes it on", "nginx", false, "firefox"],
  ["Caddy, which takes it off", "caddy", true, "firefox"],
  ["Caddy, which passes it on", "caddy", false, "chromium"],
] as const;

const certificate = new TestCertificate();
afterAll(() => certificate.remove());
const served = new ServedPage((page) => startServer({ games, page, env }));

describe.each(BROWSERS)("%s", (name) => {
  it.for(WAYS.filter(([, , , first]) => process.env.CI || first === name))(
    "behind %s",
    async ([, program, isTakenOff], { skip }) => {
      const path = programOrSkip(program, program, skip);
      const browser = await served.browser(name, skip);
      const { cert, key } = certificate;
      const port = await freePort();
      const below = { path: PATH, isTakenOff };
      const proxy = await StartedProxy[program](path, { port, backend: served.server.port, cert, key, below });
      const context = await browser.newContext({
        ignoreHTTPSErrors: true,
        httpCredentials: { username: "operator", password: MONITOR_PASSWORD },
      });
      try {
        const tab = await context.newPage();
        const strangers: string[] = [];
        tab.on("request", (request) => {
          const { protocol, pathname } = new URL(request.url());
          if (protocol === "https:" && !pathname.startsWith(`${PATH}/`)) strangers.push(pathname);
        });
        const { roomId: room } = await matchMaker.createRoom("tag", { bots: 2 });
        await tab.goto(`https://127.0.0.1:${port}${PATH}/?game=tag&room=${room}`);
        await tab.waitForFunction(() => window.phalanx?.ready === true);

        await tab.keyboard.press("Enter");
        await tab.keyboard.type("hello");
        await tab.keyboard.press("Enter");
        await expect.poll(() => tab.locator("#chat-lines .said").allInnerTexts()).toEqual(["hello"]);

        const link = await tab.evaluate(() => (document.getElementById("second") as HTMLAnchorElement).href);
        expect(link).toBe(`https://127.0.0.1:${port}${PATH}/?game=tag&room=${room}`);
        const friend = await context.newPage();
        await friend.goto(link);
        await friend.waitForFunction(() => window.phalanx?.ready === true);
        expect(await friend.evaluate(() => window.phalanx.session!.room.roomId)).toBe(room);

        // It is away for a moment only, which a look from outside may miss.
        await tab.evaluate(() => {
          const { room } = window.phalanx.session!;
          return new Promise<void>((resolve) => {
            room.onReconnect(() => resolve());
            room.reconnection.minUptime = 0;
            room.connection.close(4010);
          });
        });
        await tab.waitForFunction(() => window.phalanx.session!.isOnline);

        const monitor = await context.newPage();
        await monitor.goto(`https://127.0.0.1:${port}${PATH}/monitor`);
        await expect.poll(() => monitor.locator("#state").innerText()).toContain("Live");
        expect(new URL(monitor.url()).pathname).toBe(`${PATH}/monitor/`);
        expect(strangers).toEqual([]);
      } finally {
        await context.close();
        await proxy.stop();
      }
    },
  );

  it("the path without its slash leads to the page", async ({ skip }) => {
    const tab = await served.open(`${PATH.slice(1)}?game=tag&bots=2`, name, skip);
    expect(new URL(tab.url()).pathname).toBe(`${PATH}/`);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    await tab.context().close();
  });
});
