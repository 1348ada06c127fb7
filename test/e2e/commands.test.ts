/** The command bar of the page: a game of commands alone is played with it, and what is refused is said. */
import { matchMaker } from "@colyseus/core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { errorsOf } from "../kit/browsers/page-errors.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

const served = new ServedPage((page) => startServer({ games, page }));
const POLL = { timeout: 60_000 };

interface Table {
  readonly turn: number;
  readonly hands: ReadonlyMap<number, { readonly cards: readonly number[] }>;
}

describe.each(BROWSERS)("%s", (name) => {
  it("two people play cards with buttons and a form, and hear what is refused", { timeout: 240_000 }, async ({
    skip,
  }) => {
    const browser = await served.browser(name, skip);
    const { roomId } = await matchMaker.createRoom("cards", { bots: 0 });
    const open = async (): Promise<Page> => {
      const tab = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
      await tab.goto(`http://127.0.0.1:${served.server.port}/?game=cards&room=${roomId}`);
      await tab.waitForFunction(() => window.phalanx?.ready === true);
      return tab;
    };
    const tabs = [await open(), await open()];
    const errors = tabs.map(errorsOf);
    const { match } = served.server.room(roomId);
    const table = (): Table => match.world.state as unknown as Table;
    const cardsOf = (seat: number): number => table().hands.get(seat)!.cards.length;
    await expect.poll(() => table().hands.size, POLL).toBe(2);
    const whose = table().turn;
    const [mine, other] = [tabs[whose]!, tabs[1 - whose]!];

    await other.getByRole("button", { name: "draw", exact: true }).click();
    await other.locator("#toasts", { hasText: "draw: it is not your turn." }).waitFor();

    const before = cardsOf(whose);
    const field = (name: string) => mine.locator(`.command-form input[name=${name}]`);
    await mine.getByRole("button", { name: "play", exact: true }).click();
    await mine.keyboard.type("200");
    // The foot takes no pointers: what stands above it must.
    await field("suit").click();
    await mine.keyboard.type("1");
    expect([await field("card").inputValue(), await field("suit").inputValue()]).toEqual(["200", "1"]);
    await mine.getByRole("button", { name: "Give play" }).click();
    await mine.locator("#toasts", { hasText: "play: you do not hold this card." }).waitFor();
    expect(cardsOf(whose)).toBe(before);

    await mine.getByRole("button", { name: "draw", exact: true }).click();
    await expect.poll(() => [cardsOf(whose), table().turn], POLL).toEqual([before + 1, 1 - whose]);
    const held = () =>
      mine.evaluate((seat) => {
        const { state } = window.phalanx.source!.picture(performance.now())!;
        return (state as Table).hands.get(seat)!.cards.length;
      }, whose);
    await expect.poll(held, POLL).toBe(before + 1);
    expect(errors.flat()).toEqual([]);
    for (const tab of tabs) await tab.context().close();
  });
});
