/** The run's browsers as one test file uses them: what it opened in them is closed with `close`, and they stay. */
import { type Browser, chromium, firefox } from "playwright-core";
import { inject } from "vitest";
import type { Skip } from "../program.ts";
import type { BrowserName } from "./browser.ts";
import type { SharedBrowser } from "./shared-browsers.ts";

/** So long takes only what hangs. */
const HANGS_MS = 90_000;

const processes = new WeakMap<Browser, number>();

/** The process in which a connected browser runs. */
export const processOf = (browser: Browser): number | undefined => processes.get(browser);

export class ConnectedBrowsers {
  readonly #connected = new Map<BrowserName, Promise<Browser | undefined>>();

  /** Skips the test, saying why, where there is none of this name; in CI there has to be one. */
  async get(name: BrowserName, skip: Skip): Promise<Browser> {
    let browser = this.#connected.get(name);
    if (browser === undefined) {
      browser = connect(name);
      this.#connected.set(name, browser);
    }
    return (await browser) ?? skip(`${name} is not installed on this machine`);
  }

  /** A page that stays open draws and plays on. */
  async closePages(): Promise<void> {
    for (const browser of await Promise.all(this.#connected.values()))
      for (const context of browser?.contexts() ?? []) await context.close();
  }

  async close(): Promise<void> {
    for (const browser of this.#connected.values()) await (await browser.catch(() => undefined))?.close();
  }
}

async function connect(name: BrowserName): Promise<Browser | undefined> {
  const answer = await fetch(`${inject("browsers")}/${name}/${process.env.VITEST_POOL_ID}`);
  if (!answer.ok) throw new Error(await answer.text());
  const shared = (await answer.json()) as SharedBrowser | null;
  if (shared === null) return undefined;
  const browser = await (name === "chromium" ? chromium : firefox).connect(shared.endpoint);
  browser.on("context", (context) => context.setDefaultTimeout(HANGS_MS));
  processes.set(browser, shared.pid);
  return browser;
}
