/** The tab that shows a recording: which world of it. */
import type { Page } from "playwright-core";

export interface Shown {
  readonly tick: number;
  readonly hash: number;
}

/** The world that is shown. */
export const shown = (tab: Page): Promise<Shown> =>
  tab.evaluate(() => {
    const confirmed = window.phalanx.source!.confirmed!;
    return { tick: confirmed.tick, hash: confirmed.hash() };
  });

/** A recording, or a match, is drawn. */
export const playing = (tab: Page) => tab.waitForFunction(() => window.phalanx?.ready === true);
