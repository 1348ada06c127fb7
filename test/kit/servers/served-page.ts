/** The run's page on a server of a test file's own, and the run's browsers: what a test opens is gone after it. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, inject } from "vitest";
import type { BrowserName } from "../browsers/browser.ts";
import { ConnectedBrowsers } from "../browsers/connected-browsers.ts";
import { type BuiltPage, buildPage } from "../browsers/page-build.ts";
import type { Skip } from "../program.ts";

interface PageServer {
  readonly port: number;
  stop(): Promise<void>;
}

export class ServedPage<Server extends PageServer> {
  #server: Server | undefined;
  readonly #browsers = new ConnectedBrowsers();

  /**
   * To be made at the top of a test file.
   *
   * @param start a server that serves the page in this folder.
   * @param shelf the path of a module whose `games` are on the page's shelf too; left out: the page of the whole run.
   */
  constructor(start: (folder: string) => Promise<Server>, shelf?: string) {
    let page: BuiltPage | undefined;
    beforeAll(async () => {
      if (shelf !== undefined) page = await buildPage(shelf);
      this.#server = await start(page?.folder ?? inject("page"));
    });
    afterEach(() => this.#browsers.closePages());
    afterAll(async () => {
      await this.#browsers.close();
      await this.#server?.stop();
      await page?.remove();
    });
  }

  get server(): Server {
    return this.#server!;
  }

  /** The run's browser of this name. Skips the test, saying why, where there is none; in CI there has to be one. */
  browser(name: BrowserName, skip: Skip): Promise<Browser> {
    return this.#browsers.get(name, skip);
  }

  /** Opens an address, such as `?game=tag`, in a fresh context. */
  async open(search: string, name: BrowserName, skip: Skip): Promise<Page> {
    const tab = await (await (await this.browser(name, skip)).newContext()).newPage();
    await tab.goto(`http://127.0.0.1:${this.server.port}/${search}`);
    return tab;
  }
}
