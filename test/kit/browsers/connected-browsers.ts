/** The run's browsers as one test file uses them: lent to it alone, and given back, with what it opened in them closed, by `close`. */
import { type Browser, chromium, firefox } from "playwright-core";
import { inject } from "vitest";
import type { Skip } from "../program.ts";
import type { BrowserName } from "./browser.ts";
import type { SharedBrowser } from "./shared-browsers.ts";

/** So long takes only what hangs. */
const HANGS_MS = 90_000;

interface Connected {
  readonly browser: Browser;
  readonly endpoint: string;
}

const processes = new WeakMap<Browser, number>();

/** The process in which a connected browser runs. */
export const processOf = (browser: Browser): number | undefined => processes.get(browser);

export class ConnectedBrowsers {
  readonly #connected = new Map<BrowserName, Promise<Connected | undefined>>();

  /** Skips the test, saying why, where there is none of this name; in CI there has to be one. */
  async get(name: BrowserName, skip: Skip): Promise<Browser> {
    let browser = this.#connected.get(name);
    if (browser === undefined) {
      browser = connect(name);
      this.#connected.set(name, browser);
      // The next test asks again.
      browser.catch(() => this.#connected.delete(name));
    }
    return (await browser)?.browser ?? skip(`${name} is not installed on this machine`);
  }

  /** A page that stays open draws and plays on. */
  async closePages(): Promise<void> {
    for (const connected of await Promise.all(this.#connected.values()))
      for (const context of connected?.browser.contexts() ?? []) await context.close();
  }

  async close(): Promise<void> {
    for (const connecting of this.#connected.values()) {
      const connected = await connecting.catch(() => undefined);
      if (connected === undefined) continue;
      await connected.browser.close();
      await ask(`return/${encodeURIComponent(connected.endpoint)}`);
    }
  }
}

async function ask(what: string): Promise<unknown> {
  const answer = await fetch(`${inject("browsers")}/${what}`);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

async function connect(name: BrowserName): Promise<Connected | undefined> {
  const shared = (await ask(`lend/${name}`)) as SharedBrowser | null;
  if (shared === null) return undefined;
  const browser = await (name === "chromium" ? chromium : firefox).connect(shared.endpoint);
  browser.on("context", (context) => context.setDefaultTimeout(HANGS_MS));
  processes.set(browser, shared.pid);
  return { browser, endpoint: shared.endpoint };
}
