/**
 * Browsers of a whole run: each is lent to one test file at a time, started when all others are lent, and ends with the run. One
 * that has ended by itself is lent to nobody.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserServer } from "playwright-core";
import { BROWSERS, type BrowserName, launchServer } from "./browser.ts";

/** What is told of one; nothing where this machine has none. */
export interface SharedBrowser {
  readonly endpoint: string;
  readonly pid: number;
}

interface Lent {
  readonly name: BrowserName;
  readonly browser: BrowserServer;
  isLent: boolean;
}

const isAlive = (browser: BrowserServer): boolean => {
  const { exitCode, signalCode } = browser.process();
  return exitCode === null && signalCode === null;
};

export class SharedBrowsers {
  readonly #started: Lent[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      try {
        const [, verb, what] = request.url!.split("/");
        if (verb === "return") this.#takeBack(decodeURIComponent(what!));
        response.end(JSON.stringify(verb === "lend" ? ((await this.#lend(what!)) ?? null) : null));
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

  /** Where one is asked for, at `/lend/<name>`, and given back, at `/return/<endpoint>`. In Firefox a page is not drawn behind that of another file. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    for (const { browser } of this.#started) await browser.close().catch(() => {});
  }

  async #lend(asked: string): Promise<SharedBrowser | undefined> {
    const name = BROWSERS.find((one) => one === asked);
    if (name === undefined) throw new Error(`${asked} is no browser`);
    let lent = this.#started.find((one) => one.name === name && !one.isLent && isAlive(one.browser));
    if (lent === undefined) {
      const browser = await launchServer(name);
      if (browser === undefined) return undefined;
      lent = { name, browser, isLent: true };
      this.#started.push(lent);
    }
    lent.isLent = true;
    return { endpoint: lent.browser.wsEndpoint(), pid: lent.browser.process().pid! };
  }

  #takeBack(endpoint: string): void {
    const lent = this.#started.find(({ browser }) => browser.wsEndpoint() === endpoint);
    if (lent !== undefined) lent.isLent = false;
  }
}
