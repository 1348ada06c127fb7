/** The monitor's page in a real browser, as an operator reads it. */
import type { Browser, Page } from "playwright-core";

/** So long takes only what never comes. */
const MOST_WAIT_MS = 60_000;

export class MonitorPage {
  readonly tab: Page;
  /** HTTP requests of the page so far: method and path. */
  readonly requests: readonly string[];
  readonly errors: string[];

  private constructor(tab: Page, requests: string[], errors: string[]) {
    this.tab = tab;
    this.requests = requests;
    this.errors = errors;
  }

  /** Opens it, and waits for the first figures. */
  static async open(browser: Browser, port: number, password: string): Promise<MonitorPage> {
    const context = await browser.newContext({ httpCredentials: { username: "operator", password } });
    const tab = await context.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    tab.on("request", (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
    tab.on("pageerror", (error) => errors.push(String(error)));
    tab.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    const page = new MonitorPage(tab, requests, errors);
    await tab.goto(`http://127.0.0.1:${port}/monitor`);
    await page.waitFor("figures", async () => /Live/.test(await page.text("#state")));
    return page;
  }

  /** Waits until something is on the page. @returns milliseconds. @throws Error that names it. */
  async waitFor(what: string, isThere: () => Promise<boolean>): Promise<number> {
    const since = performance.now();
    while (!(await isThere())) {
      if (performance.now() - since > MOST_WAIT_MS) throw new Error(`not on the page: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return performance.now() - since;
  }

  /** The first element's text; empty when there is none. */
  async text(selector: string): Promise<string> {
    return (await this.tab.locator(selector).allInnerTexts())[0] ?? "";
  }

  /** The cell of a room's row under a title; empty when there is none. */
  cell(room: string, title: string): Promise<string> {
    return this.#cell("#rooms", room, title);
  }

  /** The cell of somebody's row in the chosen room. */
  seatCell(id: string, title: string): Promise<string> {
    return this.#cell("#room", id, title);
  }

  figure(metric: string): Promise<string> {
    return this.text(`.tile[data-metric="${metric}"] strong`);
  }

  async choose(room: string): Promise<void> {
    await this.tab.locator(`#rooms tr[data-key="${room}"]`).click();
  }

  /** Presses a button that asks once; at once twice, because it asks for seconds only. */
  async pressTwice(selector: string): Promise<void> {
    const button = this.tab.locator(selector);
    await button.click({ trial: true });
    await button.evaluate((element: HTMLElement) => {
      element.click();
      element.click();
    });
  }

  /** Takes a picture. To do so playwright writes a style into the page, which the page forbids: in Firefox it says so. */
  async picture(path: string): Promise<void> {
    const { length } = this.errors;
    await this.tab.screenshot({ path, fullPage: true });
    this.errors.length = length;
  }

  #cell(section: string, key: string, title: string): Promise<string> {
    return this.tab.evaluate(
      ([section, key, title]) => {
        const titles = [...document.querySelectorAll(`${section} th`)].map((head) => head.textContent);
        const row = document.querySelector(`${section} tr[data-key="${key}"]`);
        return row?.children[titles.indexOf(title!)]?.textContent ?? "";
      },
      [section, key, title],
    );
  }
}
