/** A page loses its network, is hidden, sleeps, or crawls: it is in step again at once, in its seat, with no error shown. */
import { describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { PagePlayer } from "../kit/browsers/page-player.ts";
import { pause } from "../kit/pause.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";
import { until } from "../kit/until.ts";

const OFFLINE_MS = process.env.CI ? 10_000 : 5000;
const FROZEN_MS = process.env.CI ? 30_000 : 12_000;
const HIDDEN_MS = 8000;
const SLOW_MS = process.env.CI ? 10_000 : 5000;
const SLOWDOWN = 20;
const BACK_MS = 1000;
/** A device that was too slow for lockstep tries again 15 s after it was moved to the stream plane. */
const RETRY_MS = 20_000;

const served = new ServedPage((page) => startServer({ games, page }));

const print = (text: string): void => void process.stdout.write(`${text}\n`);

describe.each(BROWSERS)("%s", (browserName) => {
  /** Runs with a page that plays; afterwards it has its seat, nothing differed, and nothing is shown. */
  const withPage = (what: string, use: (player: PagePlayer) => Promise<void>): void =>
    it(what, { timeout: 120_000 }, async ({ skip }) => {
      const browser = await served.browser(browserName, skip);
      const player = await PagePlayer.open(browser, served.server);
      try {
        await player.inStep(10_000);
        await use(player);
        const { match, seat, tab } = player;
        expect(match.seats.holder(seat)?.kind).toBe("player");
        expect(match.seats.isAway(seat)).toBe(false);
        const [own, mismatches] = await tab.evaluate(() => {
          const { session } = window.phalanx;
          return [session!.seat, session!.client.stats.hashMismatches] as const;
        });
        expect(own).toBe(seat);
        expect(mismatches).toBe(0);
        expect(await player.dialogs(), "no error is shown").toBe(0);
        expect(player.errors).toEqual([]);
      } finally {
        await player.close();
      }
    });

  withPage("offline for some seconds", async (player) => {
    const { tab, match, seat } = player;
    await player.offline(true);
    player.cut();
    await until("the seat is held", () => match.seats.isAway(seat));
    expect(await tab.locator("dialog[open]").innerText()).toMatch(/The server went away/);
    await pause(OFFLINE_MS);
    expect(match.seats.isAway(seat), "it cannot come back without a network").toBe(true);
    await player.offline(false);
    const since = performance.now();
    await until("it is back in its seat", () => !match.seats.isAway(seat));
    const waited = performance.now() - since;
    const inStep = await player.inStep(BACK_MS, since);
    print(
      `${browserName}: offline ${OFFLINE_MS} ms: connected after ${waited.toFixed(0)} ms, in step after ${inStep.toFixed(0)} ms`,
    );
  });

  withPage("hidden with frozen timers", async (player) => {
    await player.hide(true);
    await player.brakes.freeze(true);
    const { match } = player;
    const { tick } = match.world;
    await pause(FROZEN_MS);
    expect(player.acknowledgedTick, "nothing runs in a frozen page").toBeLessThanOrEqual(tick + 1);
    const since = performance.now();
    await player.brakes.freeze(false);
    await player.hide(false);
    const waited = await player.inStep(BACK_MS, since);
    print(
      `${browserName}: frozen for ${FROZEN_MS} ms (${match.world.tick - tick} ticks): in step after ${waited.toFixed(0)} ms`,
    );
  });

  withPage("merely hidden, it streams after some seconds, and steps again when it is seen", async (player) => {
    await player.hide(true);
    await pause(1000);
    expect(await player.plane(), "a glance away changes nothing").toBe("lockstep");
    await pause(HIDDEN_MS);
    expect(await player.plane()).toBe("stream");
    const since = performance.now();
    await player.hide(false);
    const waited = await player.inStep(BACK_MS, since);
    print(`${browserName}: hidden ${HIDDEN_MS} ms and streaming: in step after ${waited.toFixed(0)} ms`);
    expect(player.match.sessions.planes.moves).toBe(2);
  });

  withPage("on a processor twenty times slower for some seconds", async (player) => {
    const usual = await player.work();
    await player.brakes.throttle(SLOWDOWN);
    const slowdown = (await player.work()) / usual;
    expect(slowdown, "how much slower it is").toBeGreaterThan(SLOWDOWN / 4);
    await pause(SLOW_MS);
    const plane = await player.plane();
    // The order itself waits for the page.
    await player.brakes.throttle(1);
    const since = performance.now();
    const waited = await player.isPresent(BACK_MS, since);
    print(
      `${browserName}: ${slowdown.toFixed(0)} x slower for ${SLOW_MS} ms, then on the ${plane} plane: up to date after ${waited.toFixed(0)} ms`,
    );
    if (plane === "lockstep") {
      await player.inStep(BACK_MS, since);
      return;
    }
    // The server steps the game for a device that is too slow; after a while it tries again by itself.
    while ((await player.plane()) !== "lockstep" && performance.now() - since < RETRY_MS) await pause(20);
    const back = performance.now();
    const caughtUp = await player.inStep(BACK_MS, back);
    print(
      `${browserName}: back in lockstep ${(back - since).toFixed(0)} ms later, in step after ${caughtUp.toFixed(0)} ms`,
    );
  });
});
