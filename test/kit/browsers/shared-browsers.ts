/** Browsers of a whole run: each is started when the first test file asks for it, is every file's, and ends with the run. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserServer } from "playwright-core";
import { BROWSERS, type BrowserName, launchServer } from "./browser.ts";

export class SharedBrowsers {
  readonly #started = new Map<BrowserName, Promise<BrowserServer | undefined>>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const name = BROWSERS.find((one) => request.url === `/${one}`);
      try {
        response.end(name === undefined ? "" : ((await this.#browser(name))?.wsEndpoint() ?? ""));
      } catch (error) {
        response.writeHead(500).end(String(error));
      }
    });
  }

  static async listen(): Promise<SharedBrowsers> {
    const browsers = new SharedBrowsers();
    await new Promise<void>((resolve) => browsers.#server.listen(0, "127.0.0.1", resolve));
    return browsers;
  }

  /** Where a test file asks for one by its name. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    for (const browser of this.#started.values()) await (await browser.catch(() => undefined))?.close();
  }

  #browser(name: BrowserName): Promise<BrowserServer | undefined> {
    let browser = this.#started.get(name);
    if (browser === undefined) {
      browser = launchServer(name);
      this.#started.set(name, browser);
    }
    return browser;
  }
}
