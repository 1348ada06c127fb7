/** The bar of a recording as hands use it: what is under the pointer, keys, and playing on from what is shown. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { errorsOf } from "../kit/browsers/page-errors.ts";
import { playing, shown } from "../kit/browsers/replay-tab.ts";
import { recordMatch } from "../kit/memory/recorded.ts";
import { serveFiles } from "../kit/servers/files-server.ts";
import { ServedPage } from "../kit/servers/served-page.ts";

const SECONDS = 40;

function recordedOf(name: string) {
  const game = (games as readonly AnyGame[]).find((each) => each.name === name)!;
  const { recording, hashes } = recordMatch(game, 7, SECONDS * game.tickRate);
  return { game, file: recording.end(), hashes };
}

const [tag, arena, skirmish] = [recordedOf("tag"), recordedOf("arena"), recordedOf("skirmish")];
const files = { "/tag.phx": tag.file, "/arena.phx": arena.file, "/skirmish.phx": skirmish.file };
const served = new ServedPage((folder) => serveFiles(folder, files));

describe.each(BROWSERS)("%s", (name) => {
  const openPage = async (search: string, skip: Parameters<typeof served.browser>[1], width = 1280): Promise<Page> => {
    const browser = await served.browser(name, skip);
    const tab = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
    await tab.goto(`http://127.0.0.1:${served.server.port}/${search}`);
    return tab;
  };

  it.for([1280, 360])("shows what it was like where the pointer is, %i pixels wide", async (width, { skip }) => {
    const tab = await openPage("?replay=arena.phx", skip, width);
    const errors = errorsOf(tab);
    await playing(tab);
    await tab.keyboard.press("Space");
    expect(await tab.locator(".preview canvas").count(), "none is made before it is looked at").toBe(0);
    const bar = (await tab.getByRole("slider", { name: "Tick" }).boundingBox())!;
    const pictureAt = async (share: number): Promise<{ readonly colours: number; readonly url: string }> => {
      await tab.mouse.move(bar.x + bar.width * share, bar.y + bar.height / 2);
      await tab.locator(".preview").waitFor({ state: "visible" });
      await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      return tab.locator(".preview canvas").evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        return { colours: new Set(new Uint32Array(data.buffer)).size, url: canvas.toDataURL() };
      });
    };
    const before = await shown(tab);
    const [begin, end] = [await pictureAt(0.1), await pictureAt(0.9)];
    for (const { colours } of [begin, end]) expect(colours).toBeGreaterThan(10);
    expect(begin.url).not.toBe(end.url);
    expect(await pictureAt(0.1)).toEqual(begin);
    for (const share of [0.01, 0.99]) {
      await pictureAt(share);
      const { x, width: wide } = (await tab.locator(".preview").boundingBox())!;
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + wide).toBeLessThanOrEqual(width);
    }
    expect(await shown(tab), "looking goes nowhere").toEqual(before);
    await tab.mouse.move(bar.x + bar.width / 2, bar.y - 300);
    await tab.locator(".preview").waitFor({ state: "hidden" });
    expect(errors).toEqual([]);
  });

  it("goes five seconds by an arrow, which moves no map then", async ({ skip }) => {
    const tab = await openPage("?replay=skirmish.phx", skip);
    await playing(tab);
    await tab.keyboard.press("k");
    // The keys move the map for who has a seat.
    await tab.getByLabel("Follow").selectOption("0");
    const lens = () => tab.evaluate(() => window.phalanx.toWorld({ x: 300, y: 300 }));
    const far = 5 * skirmish.game.tickRate;
    await tab.keyboard.down("ArrowRight");
    await tab.keyboard.up("ArrowRight");
    await expect.poll(async () => (await shown(tab)).tick).toBeGreaterThan(far);
    const after = await shown(tab);
    expect(after.hash).toBe(skirmish.hashes[after.tick]);
    const seen = await lens();
    await tab.keyboard.down("ArrowRight");
    await expect.poll(async () => (await shown(tab)).tick).toBe(after.tick + far);
    await tab.keyboard.down("ArrowLeft");
    await expect.poll(async () => (await shown(tab)).tick).toBe(after.tick);
    expect(await lens(), "the map stands still while arrows are held").toEqual(seen);
    await tab.keyboard.up("ArrowRight");
    await tab.keyboard.up("ArrowLeft");
    // The map is still moved by the other keys.
    await tab.keyboard.down("d");
    await expect.poll(lens).not.toEqual(seen);
    await tab.keyboard.up("d");
  });

  it("goes on with its world against bots, in the seat that is looked over; back leads to the recording", async ({
    skip,
  }) => {
    const tab = await openPage("?replay=tag.phx", skip, 360);
    const errors = errorsOf(tab);
    await playing(tab);
    await tab.keyboard.press("Space");
    const seats = await tab.evaluate(() => [...window.phalanx.source!.roster().keys()]);
    const seat = seats.at(-1)!;
    await tab.getByLabel("Follow").selectOption(String(seat));
    const from = await shown(tab);
    await tab.getByRole("button", { name: "Play on from here" }).click();
    await tab.waitForFunction(() => window.phalanx?.source?.kind === "offline" && window.phalanx.ready);
    expect(new URL(tab.url()).search).toBe("?game=tag&offline=1");
    await expect.poll(async () => (await shown(tab)).tick).toBeGreaterThan(from.tick + 20);
    expect((await shown(tab)).tick).toBeLessThan(from.tick + 60 * tag.game.tickRate);
    const { own, roster, mismatches } = await tab.evaluate(() => {
      const { seat: own, figures, roster } = window.phalanx.source!;
      const kinds = [...roster.call(window.phalanx.source).entries()].map(([at, { kind }]) => [at, kind] as const);
      return { own, roster: kinds, mismatches: figures.stats.hashMismatches };
    });
    expect([own, mismatches]).toEqual([seat, 0]);
    expect(roster).toEqual(seats.map((each) => [each, each === seat ? "player" : "bot"]));
    expect(await tab.locator("#toasts").innerText()).toMatch(/You go on with a recorded match, in .+'s seat\./);
    expect(await tab.locator("dialog[open]").count()).toBe(0);
    // A reload begins with that world again.
    await tab.reload();
    await playing(tab);
    expect((await shown(tab)).tick).toBeGreaterThanOrEqual(from.tick);
    await tab.goBack();
    await tab.waitForFunction(() => window.phalanx?.source?.kind === "replay");
    await playing(tab);
    expect(errors).toEqual([]);
  });
});
