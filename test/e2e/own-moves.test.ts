/**
 * The local player's moves, from a key to the picture over every network with a name, in real browsers: the local
 * figure moves in the next tick, and waits for no frame.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { PRESETS } from "../../shared/netsim/presets.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

const PREDICTED_ROUND_TRIP_MS = 300;
const PRESSES = process.env.CI ? 4 : 2;
/** Until the line is known: as many pings as say how short its trips are. */
const SETTLE_MS = 3000;
/** Draws from the first tick made with the key on: that draw, one that looked before the page drew, and one in which too little had moved. */
const MOST_DRAWS = 3;

const served = new ServedPage((page) => startServer({ games, page }));

const NAMED = [...PRESETS].map(([name, { up, down }]) => [name, up.delayMs + down.delayMs] as const);
/** On a laptop the shortest line, the longest, and one that loses packets. */
const NETWORKS = [
  ...(process.env.CI ? NAMED : [NAMED[0]!, NAMED.toSorted(([, a], [, b]) => b - a)[0]!]),
  ["delay=80,loss=2%", 160],
] as const;

interface Moved {
  /** Draws until the own figure had moved, from the first on in which a tick had begun after the key and the input delay. */
  readonly draws: number;
  readonly inputDelay: number;
  /** As the page measured it: a busy machine makes a line longer than it is said to be. */
  readonly roundTripMs: number;
  readonly ms: number;
}

/** Puts a listener for the next key into the page, which tells of the first draw in which the own figure stands elsewhere. */
const watch = (tab: Page): Promise<void> =>
  tab.evaluate(() => {
    const page = window as unknown as { moved: Promise<Moved> };
    page.moved = new Promise((resolve) => {
      const onKey = () => {
        const { client } = window.phalanx.session!;
        const { predictedTick, inputDelay, roundTripMs } = client;
        const [at, x] = [performance.now(), window.phalanx.focus!.x];
        let draws = 0;
        const look = () => {
          if (client.predictedTick > predictedTick + inputDelay) draws++;
          if (Math.abs(window.phalanx.focus!.x - x) < 0.01) requestAnimationFrame(look);
          else resolve({ draws, inputDelay, roundTripMs, ms: Math.round(performance.now() - at) });
        };
        requestAnimationFrame(look);
      };
      window.addEventListener("keydown", onKey, { once: true });
    });
  });

describe.each(BROWSERS)("%s", (name) => {
  it.for(NETWORKS)("%s", async ([network, roundTripMs], { skip }) => {
    const tab = await served.open(`?game=tag&bots=0&seed=5&net=${encodeURIComponent(network)}`, name, skip);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    await tab.waitForTimeout(SETTLE_MS);
    const all: Moved[] = [];
    for (let i = 0; i < PRESSES; i++) {
      // Away from the nearer wall: whoever stands there cannot go on.
      const isLeft = await tab.evaluate(() => window.phalanx.focus!.x < window.innerWidth / 2);
      const key = isLeft ? "ArrowRight" : "ArrowLeft";
      await watch(tab);
      await tab.keyboard.down(key);
      all.push(await tab.evaluate(() => (window as unknown as { moved: Promise<Moved> }).moved));
      await tab.keyboard.up(key);
      // Whatever of it was late has been put right by then.
      await tab.waitForTimeout(400 + roundTripMs);
    }
    process.stdout.write(`${name}, ${network}: ${all.map(({ ms }) => ms).join(", ")} ms\n`);
    for (const { draws, inputDelay, roundTripMs } of all) {
      if (roundTripMs <= PREDICTED_ROUND_TRIP_MS) expect(inputDelay).toBe(0);
      expect(draws).toBeLessThanOrEqual(MOST_DRAWS);
    }
    // Whoever stays behind would leave in the middle of the next one's match, who is "it" then and has to count.
    await tab.evaluate(() => window.phalanx.session!.leave());
    await tab.context().close();
  });
});
