/** The network panel in a real browser: the sliders are felt at once, and a cut is a lost connection that comes back by itself. */
import { mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browser.ts";
import { ServedPage } from "../kit/served-page.ts";
import { startServer } from "../kit/server.ts";
import { until } from "../kit/until.ts";

const served = new ServedPage((page) => startServer({ games, page }));

describe.each(BROWSERS)("%s", (name) => {
  it("sliders and the cut", { timeout: 60_000 }, async ({ skip }) => {
    const browser = await served.browser(name, skip);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${served.server.port}/?game=arena&auto=1&net=delay=20,jitter=10&seed=3`);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    const roundTrip = () => tab.evaluate(() => window.phalanx.session!.client.roundTripMs);
    const slider = (label: string) => tab.locator("#net label", { hasText: label });
    expect(await slider("Delay").locator("output").innerText()).toBe("20 ms");
    expect(await slider("Jitter").locator("output").innerText()).toBe("10 ms");
    expect(await slider("Rate").locator("output").innerText()).toBe("no limit");

    await slider("Delay").locator("input").fill("15");
    expect(await slider("Delay").locator("output").innerText()).toBe("150 ms");
    await expect.poll(roundTrip, { timeout: 15_000 }).toBeGreaterThanOrEqual(300);
    mkdirSync("artifacts", { recursive: true });
    await tab.screenshot({ path: `artifacts/network-panel-${name}.png` });

    const [roomId, seat] = await tab.evaluate(() => {
      const { room, client } = window.phalanx.session!;
      return [room.roomId, client.seat!] as const;
    });
    const { match } = served.server.room(roomId);
    await tab.getByRole("button", { name: "Cut for 3 s" }).click();
    const cutAt = performance.now();
    await until("the seat is held", () => match.seats.isAway(seat));
    expect(await tab.locator("dialog[open]").innerText()).toMatch(/The server went away/);
    await until("it is back in its seat", () => !match.seats.isAway(seat), 20_000);
    expect(performance.now() - cutAt).toBeGreaterThan(2500);
    await expect.poll(() => tab.locator("dialog[open]").count()).toBe(0);
    await expect
      .poll(async () => match.world.tick - (await tab.evaluate(() => window.phalanx.session!.client.confirmedTick)))
      .toBeLessThan(15);
    const facts = await tab.evaluate(() => {
      const { client } = window.phalanx.session!;
      return { seat: client.seat, mismatches: client.stats.hashMismatches, snapshots: client.stats.snapshots };
    });
    expect(facts).toEqual({ seat, mismatches: 0, snapshots: 1 });
    await context.close();
  });
});
