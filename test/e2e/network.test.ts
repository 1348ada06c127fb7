/** The network panel in a real browser: the sliders are felt at once, and a cut is a lost connection that comes back by itself. */
import { mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";
import { until } from "../kit/until.ts";

/** With a delay of 150 ms each way no round trip is shorter, and without it every machine makes one that is. */
const DELAYED_ROUND_TRIP_MS = 300;

const served = new ServedPage((page) => startServer({ games, page }));

describe.each(BROWSERS)("%s", (name) => {
  it("sliders and the cut", async ({ skip }) => {
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
    await expect.poll(roundTrip).toBeGreaterThanOrEqual(DELAYED_ROUND_TRIP_MS);
    mkdirSync("artifacts", { recursive: true });
    await tab.screenshot({ path: `artifacts/network-panel-${name}.png` });

    const [roomId, seat] = await tab.evaluate(() => {
      const { room, client } = window.phalanx.session!;
      return [room.roomId, client.seat!] as const;
    });
    const { match } = served.server.room(roomId);
    const cutAt = performance.now();
    await tab.getByRole("button", { name: "Cut for 3 s" }).click();
    await until("the seat is held", () => match.seats.isAway(seat));
    expect(await tab.locator("dialog[open]").innerText()).toMatch(/The server went away/);
    await until("it is back in its seat", () => !match.seats.isAway(seat));
    // However busy the machine is, it is away no shorter.
    expect(performance.now() - cutAt).toBeGreaterThan(3000);
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

  it("the round trip that is shown follows the sliders, and no rollback was deeper than the deepest", async ({
    skip,
  }) => {
    const context = await (await served.browser(name, skip)).newContext({ viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${served.server.port}/?game=tag&auto=1&bots=3&seed=3`);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    const shown = async (): Promise<number> => Number.parseInt(await tab.locator("#net-short").innerText(), 10);
    const delay = tab.locator("#net label", { hasText: "Delay" }).locator("input");
    await expect.poll(shown).toBeLessThan(DELAYED_ROUND_TRIP_MS);
    await delay.fill("15");
    await expect.poll(shown).toBeGreaterThanOrEqual(DELAYED_ROUND_TRIP_MS);
    await expect.poll(() => tab.evaluate(() => window.phalanx.session!.client.stats.rollbacks)).toBeGreaterThan(3);
    await delay.fill("0");
    await expect.poll(shown).toBeLessThan(DELAYED_ROUND_TRIP_MS);
    const depth = tab.locator("#net dl div", { hasText: "Rollback depth" }).locator("dd");
    for (let i = 0; i < 10; i++) {
      const [, last, max] = /^(\d+) last, max (\d+)$/.exec(await depth.innerText()) ?? [];
      expect(Number(max)).toBeGreaterThanOrEqual(Number(last));
      expect(Number(last)).toBeGreaterThan(0);
      await tab.waitForTimeout(200);
    }
    await context.close();
  });

  it("an input delay that is chosen is in force at once and after a reload, and the address goes before it", async ({
    skip,
  }) => {
    const context = await (await served.browser(name, skip)).newContext({ viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    const open = async (search: string) => {
      await tab.goto(`http://127.0.0.1:${served.server.port}/?game=tag&bots=2${search}`);
      await tab.waitForFunction(() => window.phalanx?.ready === true);
    };
    const inForce = () => tab.evaluate(() => window.phalanx.session!.client.inputDelay);
    const choice = tab.locator("#net label", { hasText: "Input delay" }).locator("select");
    await open("");
    expect([await inForce(), await choice.inputValue()]).toEqual([0, "auto"]);
    await choice.selectOption("3");
    expect(await inForce()).toBe(3);
    await open("");
    expect([await inForce(), await choice.inputValue()]).toEqual([3, "3"]);
    await open("&inputDelay=1");
    expect([await inForce(), await choice.inputValue()]).toEqual([1, "1"]);
    await open("");
    await choice.selectOption("auto");
    expect(await inForce()).toBe(0);
    await context.close();
  });
});
