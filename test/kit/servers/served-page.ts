/** The built page, a server that serves it, and browsers, each started when it is first asked for: gone after a file's tests. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { type BrowserName, launch } from "../browsers/browser.ts";
import { type BuiltPage, buildPage } from "../browsers/page-build.ts";

/** Skips a test, saying why. */
export type Skip = (why: string) => never;

interface PageServer {
  readonly port: number;
  stop(): Promise<void>;
}

export class ServedPage<Server extends PageServer> {
  #page: BuiltPage | undefined;
  #server: Server | undefined;
  readonly #browsers = new Map<BrowserName, Promise<Browser | undefined>>();

  /** To be made at the top of a test file. @param start a server that serves the page in this folder. */
  constructor(start: (folder: string) => Promise<Server>) {
    beforeAll(async () => {
      this.#page = await buildPage();
      this.#server = await start(this.#page.folder);
    });
    afterAll(async () => {
      for (const browser of this.#browsers.values()) await (await browser)?.close();
      await this.#server?.stop();
      await this.#page?.remove();
    });
  }

  get server(): Server {
    return this.#server!;
  }

  /** The file's one browser of this name. Skips the test, saying why, where there is none; in CI there has to be one. */
  async browser(name: BrowserName, skip: Skip): Promise<Browser> {
    let browser = this.#browsers.get(name);
    if (browser === undefined) {
      browser = launch(name);
      this.#browsers.set(name, browser);
    }
    return (await browser) ?? skip(`${name} is not installed on this machine`);
  }

  /** Opens an address, such as `?game=tag`, in a fresh context. */
  async open(search: string, name: BrowserName, skip: Skip): Promise<Page> {
    const tab = await (await (await this.browser(name, skip)).newContext()).newPage();
    await tab.goto(`http://127.0.0.1:${this.server.port}/${search}`);
    return tab;
  }
}
