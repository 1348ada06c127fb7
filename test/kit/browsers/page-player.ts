/** A page in a real browser in which the game's bot plays, and how it stands beside the referee. */
import { matchMaker } from "@colyseus/core";
import type { Browser, Page } from "playwright-core";
import type { RealServer } from "../servers/server.ts";
import { brakesOf, type PageBrakes } from "./page-brakes.ts";
import { errorsOf } from "./page-errors.ts";

/** Confirmed ticks a page may be behind what the server had when the page was asked. */
const MOST_BEHIND = 5;
/** So long takes only what never comes. */
const HANGS_MS = 90_000;
const POLL_MS = 10;

export interface Waited {
  readonly ticks: number;
  readonly ms: number;
}

export class PagePlayer {
  readonly tab: Page;
  readonly brakes: PageBrakes;
  readonly roomId: string;
  readonly seat: number;
  /** Exceptions of the page and what it wrote to the console as an error. */
  readonly errors: readonly string[];
  readonly #server: RealServer;

  private constructor(
    server: RealServer,
    tab: Page,
    brakes: PageBrakes,
    place: [string, number],
    errors: readonly string[],
  ) {
    this.#server = server;
    this.tab = tab;
    this.brakes = brakes;
    [this.roomId, this.seat] = place;
    this.errors = errors;
  }

  /** Opens a page in a context of its own, which joins a new room of arena. */
  static async open(browser: Browser, server: RealServer): Promise<PagePlayer> {
    const tab = await (await browser.newContext()).newPage();
    const errors = errorsOf(tab);
    // Not the public room that another page may have left its seat in.
    const { roomId } = await matchMaker.createRoom("arena", { bots: 4 });
    await tab.goto(`http://127.0.0.1:${server.port}/?game=arena&auto=1&room=${roomId}`);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    await tab.evaluate(() => window.phalanx.hashes.keepAll());
    const brakes = await brakesOf(tab);
    const seat = await tab.evaluate(() => window.phalanx.session!.seat!);
    return new PagePlayer(server, tab, brakes, [roomId, seat], errors);
  }

  get match() {
    return this.#server.room(this.roomId).match;
  }

  /** The last confirmed tick that the server knows the page to have stepped. */
  get acknowledgedTick(): number {
    const [session] = this.match.sessions.presence.here;
    return session!.lag.confirmedTick;
  }

  /** Makes the page think that nobody sees it, as a tab in the background is told. */
  async hide(isHidden: boolean): Promise<void> {
    await this.tab.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, isHidden);
  }

  /** Hides it and shows it again, by the page's own clock. */
  async glanceAway(ms: number): Promise<void> {
    await this.tab.evaluate(async (ms) => {
      let isHidden = true;
      Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
      document.dispatchEvent(new Event("visibilitychange"));
      await new Promise((resolve) => setTimeout(resolve, ms));
      isHidden = false;
      document.dispatchEvent(new Event("visibilitychange"));
    }, ms);
  }

  /** Takes the browser's network away, or gives it back. An open socket stays: see `cut`. */
  offline(isOffline: boolean): Promise<void> {
    return this.tab.context().setOffline(isOffline);
  }

  /** Milliseconds of one and the same work: how slow the page's processor is. What others took from it least counts. */
  work(): Promise<number> {
    return this.tab.evaluate(() => {
      const times = Array.from({ length: 3 }, () => {
        const start = performance.now();
        let sum = 0;
        for (let i = 0; i < 5_000_000; i++) sum = (sum * 31 + i) | 0;
        return performance.now() - start + (sum === 0.5 ? 1 : 0);
      });
      return Math.min(...times);
    });
  }

  /** Snapshots and heals that the page has taken: of those who are given frames there is one, the first. */
  repairs(): Promise<{ readonly snapshots: number; readonly heals: number }> {
    return this.tab.evaluate(() => {
      const { snapshots, heals } = window.phalanx.session!.client.stats;
      return { snapshots, heals };
    });
  }

  plane(): Promise<string> {
    return this.tab.evaluate(() => window.phalanx.session!.plane);
  }

  dialogs(): Promise<number> {
    return this.tab.locator("dialog[open]").count();
  }

  /** Cuts its connection at the server, as a lost network does: browsers keep an open socket when they are "offline". */
  cut(): void {
    for (const { ref } of this.#server.room(this.roomId).clients) (ref as unknown as { terminate(): void }).terminate();
  }

  /**
   * Waits until the newest confirmed world of the page has the referee's hash, on the lockstep plane.
   *
   * @returns what it took: ticks that the server closed meanwhile, and milliseconds, to be printed.
   * @throws Error with how it stands when it never happens.
   */
  async inStep(): Promise<Waited> {
    return this.#wait(async (tick) => {
      const own = await this.tab.evaluate(() => {
        const { session, hashes } = window.phalanx;
        const { client, plane, isOnline, seat } = session!;
        const { confirmedTick: tick, isSynced, waitingFrames } = client;
        return { plane, isOnline, seat, tick, isSynced, waitingFrames, hash: hashes.get(tick) };
      });
      const isNear = own.isSynced && tick - own.tick <= MOST_BEHIND;
      const isInStep = own.plane === "lockstep" && isNear && own.hash === this.match.hashes.trail.hashAt(own.tick);
      return isInStep ? undefined : `not in step: ${JSON.stringify(own)}`;
    });
  }

  /** Waits until what the page draws, on either plane, is the server's present. @returns as `inStep` does. */
  async isPresent(): Promise<Waited> {
    return this.#wait(async (tick) => {
      const drawn = await this.tab.evaluate(() => window.phalanx.session!.picture(performance.now())?.tick ?? 0);
      return tick - drawn <= MOST_BEHIND ? undefined : `it draws ${drawn}`;
    });
  }

  /** Waits until the page plays on a plane. */
  async isOn(plane: "lockstep" | "stream"): Promise<Waited> {
    return this.#wait(async () => ((await this.plane()) === plane ? undefined : `it is not on the ${plane} plane`));
  }

  /** @param look what is wrong, if anything, by what the server has now: how long the answer takes is nothing to it. */
  async #wait(look: (tick: number) => Promise<string | undefined>): Promise<Waited> {
    const { tick: first } = this.match.world;
    const since = performance.now();
    for (;;) {
      const { tick } = this.match.world;
      const wrong = await look(tick);
      const ms = Math.round(performance.now() - since);
      if (wrong === undefined) return { ticks: this.match.world.tick - first, ms };
      if (ms > HANGS_MS) throw new Error(`${wrong}, and the server was at ${tick}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async close(): Promise<void> {
    await this.tab.context().close();
  }
}
