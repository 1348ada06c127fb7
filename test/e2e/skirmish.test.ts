/** Skirmish in a page: units are chosen, sent and trained and buildings put by mouse and by touch, and the server's world has it. */
import { matchMaker } from "@colyseus/core";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { Kind } from "../../shared/games/skirmish/kinds.ts";
import { FIELD } from "../../shared/games/skirmish/map.ts";
import { Order, type State } from "../../shared/games/skirmish/schema.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { errorsOf } from "../kit/browsers/page-errors.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

const MOST_WAIT_MS = 30_000;
const SIZES = { mouse: { width: 1280, height: 860 }, touch: { width: 390, height: 844 } } as const;

interface Place {
  readonly x: number;
  readonly y: number;
}

const served = new ServedPage((page) => startServer({ games, page }));

describe.each(BROWSERS)("%s", (name) => {
  let tab: Page;
  let errors: readonly string[];
  afterEach(() => tab?.context().close());

  async function join(hand: keyof typeof SIZES, skip: (why: string) => never) {
    const browser = await served.browser(name, skip);
    tab = await (await browser.newContext({ viewport: SIZES[hand] })).newPage();
    errors = errorsOf(tab);
    const { roomId } = await matchMaker.createRoom("skirmish", { bots: 2 });
    await tab.goto(`http://127.0.0.1:${served.server.port}/?game=skirmish&room=${roomId}`);
    await tab.waitForFunction(() => window.phalanx?.focus !== undefined);
    const seat = await tab.evaluate(() => window.phalanx.source!.seat!);
    const { match } = served.server.room(roomId);
    const state = (): State => match.world.state as State;
    const own = (kind: number) => state().units.filter((unit) => unit.owner === seat && unit.kind === kind);
    const home = await tab.evaluate(() => window.phalanx.focus!);
    const [base] = own(Kind.base);
    // Toward the middle of the field there is room.
    const inward = { x: base!.x < FIELD.width / 2 ? 1 : -1, y: base!.y < FIELD.height / 2 ? 1 : -1 };
    const beside = (x: number, y: number): Place => ({ x: home.x + x * inward.x, y: home.y + y * inward.y });
    return { state, own, home, beside, seat };
  }

  const press = (label: string) => tab.getByRole("button", { name: new RegExp(`^${label}`) }).click();

  const finger = (type: string, { x, y }: Place) =>
    tab.locator("#field").evaluate(
      (field, { type, x, y }) => {
        const usual = { bubbles: true, cancelable: true, pointerType: "touch", isPrimary: true, pointerId: 7 };
        field.dispatchEvent(new PointerEvent(type, { ...usual, clientX: x, clientY: y }));
      },
      { type, x, y },
    );

  const hands = {
    mouse: {
      async box(from: Place, to: Place) {
        await tab.mouse.move(from.x, from.y);
        await tab.mouse.down();
        await tab.mouse.move(to.x, to.y, { steps: 4 });
        await tab.mouse.up();
      },
      order: ({ x, y }: Place) => tab.mouse.click(x, y, { button: "right" }),
      tap: ({ x, y }: Place) => tab.mouse.click(x, y),
    },
    touch: {
      async box(from: Place, to: Place) {
        await finger("pointerdown", from);
        await finger("pointermove", { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
        await finger("pointermove", to);
        await finger("pointerup", to);
      },
      async order(at: Place) {
        await hands.touch.tap(at);
      },
      async tap(at: Place) {
        await finger("pointerdown", at);
        await finger("pointerup", at);
      },
    },
  };

  it.for(["mouse", "touch"] as const)("is played by %s", { timeout: 120_000 }, async (which, { skip }) => {
    const hand = hands[which];
    const { state, own, home, beside, seat } = await join(which, skip as (why: string) => never);
    const wait = (isSo: () => boolean) => expect.poll(isSo, { timeout: MOST_WAIT_MS }).toBe(true);

    await press("Worker");
    await wait(() => own(Kind.worker).length === 7);

    // Everybody around the base, and off to where nobody was.
    const reach = which === "mouse" ? 300 : 150;
    await hand.box({ x: home.x - 150, y: home.y - 150 }, { x: home.x + reach, y: home.y + reach });
    await hand.order(beside(100, 140));
    await wait(() => own(Kind.worker).some(({ order }) => order === Order.move));

    await press("Barracks");
    await hand.tap(beside(150, 0));
    await wait(() => own(Kind.barracks).length === 1);
    await wait(() => own(Kind.barracks)[0]!.order === Order.rest);
    await press("Soldier");
    await wait(() => own(Kind.soldier).length === 1);
    expect(own(Kind.soldier)[0]!.owner).toBe(seat);

    // An order that the rules refuse is told in their words.
    await press("Barracks");
    await hand.tap(home);
    await expect.poll(() => tab.locator(".orders-note").textContent()).toMatch(/no room|not enough gold/);
    expect(state().players.get(seat)!.isOut).toBe(false);
    expect(errors).toEqual([]);
  });
});
