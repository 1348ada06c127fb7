/** The run's browsers as one test file uses them: what it opened in them is closed with `close`, and they stay. */
import { type Browser, chromium, firefox } from "playwright-core";
import { inject } from "vitest";
import type { Skip } from "../program.ts";
import type { BrowserName } from "./browser.ts";

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
  const answer = await fetch(`${inject("browsers")}/${name}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text === "" ? undefined : (name === "chromium" ? chromium : firefox).connect(text);
}
