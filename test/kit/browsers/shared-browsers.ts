/** Browsers of a whole run: each is started when a worker first asks for it, is that of all its test files, and ends with the run. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserServer } from "playwright-core";
import { BROWSERS, launchServer } from "./browser.ts";

/** What is told of one; nothing where this machine has none. */
export interface SharedBrowser {
  readonly endpoint: string;
  readonly pid: number;
}

export class SharedBrowsers {
  /** By path: name and worker. */
  readonly #started = new Map<string, Promise<BrowserServer | undefined>>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      try {
        const browser = await this.#browser(request.url!);
        const told: SharedBrowser | undefined = browser && {
          endpoint: browser.wsEndpoint(),
          pid: browser.process().pid!,
        };
        response.end(JSON.stringify(told ?? null));
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

  /** Where one is asked for: at `/<name>/<worker>`. In Firefox a page is not drawn behind that of another worker. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    for (const browser of this.#started.values()) await (await browser.catch(() => undefined))?.close();
  }

  async #browser(path: string): Promise<BrowserServer | undefined> {
    const name = BROWSERS.find((one) => path.startsWith(`/${one}/`));
    if (name === undefined) throw new Error(`${path} names no browser`);
    const browser = this.#started.get(path) ?? launchServer(name);
    this.#started.set(path, browser);
    return browser;
  }
}
