/** Whole matches of skirmish against its bot, from the first worker to the victory, played on the page by mouse and by touch. */
import { mkdirSync } from "node:fs";
import { matchMaker } from "@colyseus/core";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { nearestMine } from "../../shared/games/skirmish/economy.ts";
import { isFighter, Kind } from "../../shared/games/skirmish/kinds.ts";
import { MINES } from "../../shared/games/skirmish/map.ts";
import { NO_UNIT, Order, type State } from "../../shared/games/skirmish/schema.ts";
import { middleOf } from "../../shared/games/skirmish/units.ts";
import { BROWSERS, type BrowserName } from "../kit/browsers/browser.ts";
import { errorsOf } from "../kit/browsers/page-errors.ts";
import { contextFor, type HandKind, SkirmishHand } from "../kit/browsers/skirmish-hand.ts";
import { games } from "../kit/games/quick-skirmish.ts";
import { SkirmishPlan } from "../kit/games/skirmish-plan.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

const isAll = process.env.CI !== undefined;
const PLAYED: Readonly<Record<BrowserName, readonly HandKind[]>> = isAll
  ? { chromium: ["mouse", "touch"], firefox: ["mouse", "touch"] }
  : { chromium: ["touch"], firefox: ["mouse"] };
/** On a laptop Firefox plays until it has so many fighters. */
const FIRST_FIGHTERS = 3;
const POLL = { timeout: 30_000 };

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const served = new ServedPage((page) => startServer({ games, page }), "test/kit/games/quick-skirmish.ts");

describe.each(BROWSERS)("%s", (name) => {
  let tab: Page | undefined;
  afterEach(() => tab?.context().close());

  it.for(PLAYED[name])("a match by %s", async (kind, { skip }) => {
    mkdirSync("artifacts", { recursive: true });
    const browser = await served.browser(name, skip as (why: string) => never);
    const page = await (await browser.newContext(contextFor(kind, name))).newPage();
    tab = page;
    const errors = errorsOf(page);
    const { roomId } = await matchMaker.createRoom("skirmish", { bots: 2 });
    await page.goto(`http://127.0.0.1:${served.server.port}/?game=skirmish&room=${roomId}`);
    await page.waitForFunction(() => window.phalanx?.focus !== undefined);
    if (kind === "mouse") await page.locator("#net-toggle").click();
    await page.locator("#about-close").click();
    const { world } = served.server.room(roomId).match;
    const state = world.state as State;
    const seat = await page.evaluate(() => window.phalanx.source!.seat!);
    const hand = await SkirmishHand.on(page, kind, name);
    const own = (kind: number) => state.units.filter((unit) => unit.owner === seat && unit.kind === kind);
    const fighters = () => state.units.filter((unit) => unit.owner === seat && isFighter(unit.kind));
    const [base] = own(Kind.base);

    // A box around everybody, and all of them to the mine that fewer go to by themselves.
    const home = hand.toScreen(base!);
    await hand.box({ x: home.x - 170, y: home.y - 170 }, { x: home.x + 170, y: home.y + 170 });
    await expect.poll(() => page.locator(".orders-purse").textContent(), POLL).toMatch(/[3-9] workers/);
    const mine = nearestMine(state, base!);
    const other = [...MINES.keys()].filter((i) => i !== mine && hand.isInReach(middleOf(MINES[i]!)))[0]!;
    await hand.order(middleOf(MINES[other]!));
    await expect.poll(() => own(Kind.worker).filter(({ goal }) => goal === other).length, POLL).toBeGreaterThan(2);

    // What the rules refuse is told in their words.
    await hand.press("Barracks");
    await hand.tap(home);
    await expect.poll(() => page.locator(".orders-note").textContent(), POLL).toMatch(/no room|not enough gold/);

    const plan = new SkirmishPlan(seat, (at) => hand.isInReach(at));
    const isWhole = isAll || name === "chromium";
    // The podium stands for little more than a second here.
    const victory = isWhole ? photographed(page, "Victory", `skirmish-${name}-${kind}-victory`) : undefined;
    // A hand on a busy machine may be too slow for the first match: then there is a second.
    const hasWon = () => state.players.get(seat)!.wins > 0;
    let deeds = 0;
    let isBattleShown = false;
    while (!hasWon() && (isWhole || fighters().length < FIRST_FIGHTERS)) {
      const deed = plan.next(state, world.tick);
      if (deed === undefined) await page.waitForTimeout(50);
      else {
        await hand.do(deed);
        deeds++;
      }
      const [striker] = fighters().filter(({ order, target }) => order === Order.attack && target !== NO_UNIT);
      if (striker === undefined || isBattleShown) continue;
      isBattleShown = true;
      await hand.lookAt(striker);
      await page.screenshot({ path: `artifacts/skirmish-${name}-${kind}-battle.png` });
      await hand.goHome();
    }
    const { rollbacks, hashMismatches } = await page.evaluate(() => window.phalanx.session!.client.stats);
    print(`${name}, ${kind}: at tick ${world.tick} after ${deeds} deeds, ${rollbacks} rollbacks`);
    expect(hashMismatches).toBe(0);
    expect(errors).toEqual([]);
    if (victory === undefined) return;
    await victory;
  });
});

/** As soon as the page says this in its middle. */
async function photographed(page: Page, title: string, file: string): Promise<void> {
  await page.locator("#callout strong", { hasText: title }).waitFor({ timeout: 0 });
  await page.screenshot({ path: `artifacts/${file}.png` });
}
