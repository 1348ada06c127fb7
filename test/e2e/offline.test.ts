/** A page loses its network, is hidden, sleeps, or crawls: it is in step again at once, in its seat, with no error shown. */
import { describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { PagePlayer } from "../kit/browsers/page-player.ts";
import { pause } from "../kit/pause.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";
import { until } from "../kit/until.ts";

const OFFLINE_MS = process.env.CI ? 10_000 : 2500;
const FROZEN_MS = process.env.CI ? 30_000 : 8000;
/** A page that has just asked for a plane asks for another one only 2.5 s later. */
const STREAMING_MS = process.env.CI ? 5000 : 0;
/** A glance away; a page is moved to the stream plane only after seconds, by a timer of the same page. */
const GLANCE_MS = 500;
const SLOW_MS = process.env.CI ? 10_000 : 4000;
const SLOWDOWN = 20;
/** The page's own wait for the next try, in a thousandth part of its unit: longer than any test. */
const ENDLESS = 500;

const served = new ServedPage((page) => startServer({ games, page }));

const print = (text: string): void => void process.stdout.write(`${text}\n`);

describe.each(BROWSERS)("%s", (browserName) => {
  /** Runs with a page that plays; afterwards it has its seat, nothing differed, and nothing is shown. */
  const withPage = (what: string, use: (player: PagePlayer) => Promise<void>): void =>
    it(what, async ({ skip }) => {
      const browser = await served.browser(browserName, skip);
      const player = await PagePlayer.open(browser, served.server);
      try {
        await player.inStep();
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
    const before = await player.repairs();
    // Between two tries it waits for some seconds; from now on for ever, so that only the word of the network brings it back.
    await tab.evaluate((random) => {
      Math.random = () => random;
    }, ENDLESS);
    await player.offline(true);
    player.cut();
    await until("the seat is held", () => match.seats.isAway(seat));
    expect(await tab.locator("dialog[open]").innerText()).toMatch(/The server went away/);
    await pause(OFFLINE_MS);
    expect(match.seats.isAway(seat), "it cannot come back without a network").toBe(true);
    const since = performance.now();
    await player.offline(false);
    await until("it is back in its seat", () => !match.seats.isAway(seat));
    const { ticks } = await player.inStep();
    const ms = Math.round(performance.now() - since);
    expect(await player.repairs(), "it was given the frames, and no world").toEqual(before);
    print(
      `${browserName}: offline ${OFFLINE_MS} ms: in step ${ms} ms after the network, ${ticks} ticks after its seat`,
    );
  });

  withPage("hidden with frozen timers", async (player) => {
    await player.hide(true);
    await player.brakes.freeze(true);
    const { match } = player;
    const { tick } = match.world;
    await pause(FROZEN_MS);
    expect(player.acknowledgedTick, "nothing runs in a frozen page").toBeLessThanOrEqual(tick + 1);
    const missed = match.world.tick - tick;
    await player.brakes.freeze(false);
    await player.hide(false);
    const { ticks, ms } = await player.inStep();
    // Who only stepped as fast as the match goes on would never be there.
    expect(ticks, `ticks until it was in step, of ${missed} missed`).toBeLessThan(missed);
    print(`${browserName}: frozen for ${FROZEN_MS} ms (${missed} ticks): in step after ${ticks} ticks (${ms} ms)`);
  });

  withPage("merely hidden, it streams after some seconds, and steps again when it is seen", async (player) => {
    const { planes } = player.match.sessions;
    await player.glanceAway(GLANCE_MS);
    await player.inStep();
    expect(planes.moves, "a glance away changes nothing").toBe(0);
    await player.hide(true);
    await player.isOn("stream");
    await pause(STREAMING_MS);
    await player.hide(false);
    const { ticks, ms } = await player.inStep();
    print(`${browserName}: hidden and streaming, seen again: in step after ${ticks} ticks (${ms} ms)`);
    expect(planes.moves).toBe(2);
  });

  withPage("on a processor twenty times slower for some seconds", async (player) => {
    const usual = await player.work();
    await player.brakes.throttle(SLOWDOWN);
    const slowdown = (await player.work()) / usual;
    expect(slowdown, "times slower than just before").toBeGreaterThan(1);
    await pause(SLOW_MS);
    const plane = await player.plane();
    // The order itself waits for the page.
    await player.brakes.throttle(1);
    const present = await player.isPresent();
    print(
      `${browserName}: ${slowdown.toFixed(0)} x slower for ${SLOW_MS} ms, then on the ${plane} plane: up to date after ${present.ticks} ticks (${present.ms} ms)`,
    );
    // The server steps the game for a device that is too slow; after a while it tries again by itself.
    const back = await player.isOn("lockstep");
    const { ticks, ms } = await player.inStep();
    if (plane === "stream")
      print(`${browserName}: back in lockstep ${back.ms} ms later, in step after ${ticks} ticks (${ms} ms)`);
  });
});
