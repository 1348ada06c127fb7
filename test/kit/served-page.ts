/** The built page, a server that serves it, and Chromium: there for all tests of a file, and gone after them. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launch } from "./browser.ts";
import { type BuiltPage, buildPage } from "./page-build.ts";

/** Skips a test, saying why. */
export type Skip = (why: string) => never;

interface PageServer {
  readonly port: number;
  stop(): Promise<void>;
}

export class ServedPage<Server extends PageServer> {
  #page: BuiltPage | undefined;
  #server: Server | undefined;
  #browser: Browser | undefined;

  /** To be made at the top of a test file. @param start a server that serves the page in this folder. */
  constructor(start: (folder: string) => Promise<Server>) {
    beforeAll(async () => {
      this.#page = await buildPage();
      this.#server = await start(this.#page.folder);
      this.#browser = await launch("chromium");
    });
    afterAll(async () => {
      await this.#browser?.close();
      await this.#server?.stop();
      await this.#page?.remove();
    });
  }

  get server(): Server {
    return this.#server!;
  }

  /** Skips the test, saying why, where there is no browser; in CI there has to be one. */
  browser(skip: Skip): Browser {
    return this.#browser ?? skip("chromium is not installed on this machine");
  }

  /** Opens an address, such as `?game=tag`, in a fresh context. */
  async open(search: string, skip: Skip): Promise<Page> {
    const tab = await (await this.browser(skip).newContext()).newPage();
    await tab.goto(`http://127.0.0.1:${this.server.port}/${search}`);
    return tab;
  }
}
