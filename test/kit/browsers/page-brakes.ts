/** Brakes for a page: nothing of it runs for a while, or it runs on a slower processor. */
import type { CDPSession, Page } from "playwright-core";
import { processOf } from "./connected-browsers.ts";
import { FirefoxPages } from "./firefox-pages.ts";

export interface PageBrakes {
  /** Lets none of the page's timers, tasks or messages run, or lets them run again. The socket stays, as on a phone that sleeps. */
  freeze(isFrozen: boolean): Promise<void>;
  /** @param slowdown how many times slower than usual; 1 is usual. */
  throttle(slowdown: number): Promise<void>;
}

/** What fits the browser of a page. */
export async function brakesOf(tab: Page): Promise<PageBrakes> {
  const browser = tab.context().browser()!;
  const isChromium = browser.browserType().name() === "chromium";
  return isChromium
    ? new DebuggerBrakes(await tab.context().newCDPSession(tab))
    : new FirefoxPages(processOf(browser)!);
}

/** By the debugger: Chromium ignores `Page.setWebLifecycleState` for pages that playwright keeps in focus. */
class DebuggerBrakes implements PageBrakes {
  readonly #devtools: CDPSession;

  constructor(devtools: CDPSession) {
    this.#devtools = devtools;
  }

  async freeze(isFrozen: boolean): Promise<void> {
    const devtools = this.#devtools;
    await devtools.send("Debugger.enable");
    if (!isFrozen) {
      await devtools.send("Debugger.resume");
      await devtools.send("Debugger.disable");
      return;
    }
    const isPaused = new Promise<void>((resolve) => devtools.once("Debugger.paused", () => resolve()));
    await devtools.send("Debugger.pause");
    await isPaused;
  }

  async throttle(slowdown: number): Promise<void> {
    await this.#devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  }
}
