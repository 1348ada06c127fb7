/** The page with `?replay`: a recorded match is played, sought, stepped and verified in it, from static files alone. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { games } from "../../shared/games/index.ts";
import { recordingOf } from "../../shared/recording/of-report.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { errorsOf } from "../kit/browsers/page-errors.ts";
import { playing, shown } from "../kit/browsers/replay-tab.ts";
import { desyncOf } from "../kit/memory/desync-of.ts";
import { MemoryRecording } from "../kit/memory/memory-recording.ts";
import { recordMatch } from "../kit/memory/recorded.ts";
import { serveFiles } from "../kit/servers/files-server.ts";
import { ServedPage } from "../kit/servers/served-page.ts";

const SECONDS = 40;
/** No hash of any rules: the recording of the arena says that it is of these. */
const OTHER_BUILD = "00000000";
const recorded = Object.fromEntries(
  (games as readonly AnyGame[]).map((game) => {
    const { name } = game;
    const memory = new MemoryRecording(game, name === "arena" ? OTHER_BUILD : undefined);
    const { recording, hashes } = recordMatch(game, 7, SECONDS * game.tickRate, memory);
    return [name, { game, file: recording.end(), hashes }] as const;
  }),
);
const tag = recorded.tag!;
const ticks = SECONDS * tag.game.tickRate;
const damaged = tag.file.slice();
// In its second block: the first half minute is good.
damaged[damaged.length - 200]! ^= 1;

const desync = desyncOf(tag.game);
const files = {
  "/tag.phx": tag.file,

  "/damaged.phx": damaged,
  "/desync.phx": recordingOf(desync, { now: 0 }),
};
const served = new ServedPage((folder) => serveFiles(folder, files));

/** Drops a file on the field, as a person does. */
async function drop(tab: Page, name: string, file: Uint8Array): Promise<void> {
  const transfer = await tab.evaluateHandle(
    ([title, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], title));
      return data;
    },
    [name, [...file]] as const,
  );
  await tab.locator("#field").dispatchEvent("drop", { dataTransfer: transfer });
}

describe.each(BROWSERS)("%s", (name) => {
  const openPage = async (search: string, skip: Parameters<typeof served.browser>[1], width = 1280): Promise<Page> => {
    const browser = await served.browser(name, skip);
    const tab = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
    await tab.goto(`http://127.0.0.1:${served.server.port}/${search}`);
    return tab;
  };

  it("plays a recording, goes to the middle of it and a tick back: each world is the one that was played", async ({
    skip,
  }) => {
    const tab = await openPage("?replay=tag.phx", skip);
    const errors = errorsOf(tab);
    await playing(tab);
    const before = await shown(tab);
    await expect.poll(async () => (await shown(tab)).tick).toBeGreaterThan(before.tick + 10);
    await tab.getByRole("button", { name: "Pause", exact: true }).click();
    const paused = await shown(tab);
    expect(paused.hash).toBe(tag.hashes[paused.tick]);

    const bar = (await tab.getByRole("slider", { name: "Tick" }).boundingBox())!;
    await tab.mouse.move(bar.x + bar.width / 5, bar.y + bar.height / 2);
    await tab.mouse.down();
    await tab.mouse.move(bar.x + bar.width / 2, bar.y + bar.height / 2, { steps: 5 });
    await tab.mouse.up();
    await expect.poll(async () => Math.abs((await shown(tab)).tick - ticks / 2)).toBeLessThan(ticks / 10);
    const middle = await shown(tab);
    expect(middle.hash).toBe(tag.hashes[middle.tick]);

    await tab.getByRole("button", { name: "One tick back" }).click();
    expect(await shown(tab)).toEqual({ tick: middle.tick - 1, hash: tag.hashes[middle.tick - 1] });
    await tab.keyboard.press(".");
    await tab.keyboard.press(".");
    await tab.keyboard.press(",");
    await tab.keyboard.press(".");
    expect(await shown(tab)).toEqual({ tick: middle.tick + 1, hash: tag.hashes[middle.tick + 1] });
    await tab.keyboard.press("Space");
    await expect.poll(async () => (await shown(tab)).tick).toBeGreaterThan(middle.tick + 5);
    const places = await tab.locator(".marks .join, .marks .leave").count();
    expect(places, "marks of who came and went").toBeGreaterThan(1);
    expect(await tab.locator("dialog[open]").count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it("looks over a seat, plays faster and verifies, at the width of a phone", async ({ skip }) => {
    const tab = await openPage("?replay=tag.phx", skip, 360);
    await playing(tab);
    const [seat] = await tab.evaluate(() => [...window.phalanx.source!.roster().keys()]);
    await tab.getByLabel("Follow").selectOption(String(seat));
    expect(await tab.evaluate(() => window.phalanx.source!.seat)).toBe(seat);
    await tab.getByLabel("Speed").selectOption("16");
    await expect.poll(async () => (await shown(tab)).tick, { timeout: 20_000 }).toBe(ticks);
    expect((await shown(tab)).hash).toBe(tag.hashes[ticks]);
    await tab.getByRole("button", { name: "Verify" }).click();
    const said = tab.locator("#replay [role=status]");
    await expect.poll(() => said.innerText(), { timeout: 20_000 }).toMatch(`Verified: ${ticks} ticks came out`);
    const { right, width } = await tab.locator("#replay").evaluate((element) => ({
      right: Math.max(...[...element.querySelectorAll("*")].map((one) => one.getBoundingClientRect().right)),
      width: window.innerWidth,
    }));
    expect(right).toBeLessThanOrEqual(width);
  });

  it("says what is wrong with a file, and plays what is good of it, of any game of the shelf", async ({ skip }) => {
    const tab = await openPage("?replay", skip);
    const replay = tab.locator("#replay");
    await expect.poll(() => replay.innerText()).toContain("Choose a recording (.phx)");
    await drop(tab, "holiday.jpg", new TextEncoder().encode("no recording at all"));
    await expect.poll(() => replay.innerText()).toContain("This is no recording: it does not begin with PHX1.");
    await drop(tab, "damaged.phx", damaged);
    await playing(tab);
    await expect.poll(() => replay.innerText()).toMatch(/Up to tick \d+ it can be played: /);
    await tab.keyboard.press("Space");
    const good = await shown(tab);
    expect(good.hash).toBe(tag.hashes[good.tick]);

    for (const { game, file, hashes } of [...Object.values(recorded), recorded.arena!]) {
      await tab
        .getByLabel("Recording", { exact: true })
        .and(tab.locator("input"))
        .setInputFiles({
          name: `${game.name}.phx`,
          mimeType: "application/octet-stream",
          buffer: Buffer.from(file),
        });
      await expect.poll(async () => hashes.indexOf((await shown(tab)).hash), { message: game.name }).toBeGreaterThan(0);
      await tab.getByRole("button", { name: "Pause", exact: true }).click();
      const { tick, hash } = await shown(tab);
      expect(hash, game.name).toBe(hashes[tick]);
    }
    const said = await replay.innerText();
    expect(said).toContain("It was recorded with another build of the rules, and is played with those of today.");
    expect(said).not.toContain("it can be played");
  });

  it("of a desync stands still where the worlds differed first, and says what did", async ({ skip }) => {
    const tab = await openPage("?replay=desync.phx", skip);
    await playing(tab);
    const { tick, hashes: told, client, differences } = desync;
    await expect
      .poll(() => tab.locator("#replay").innerText())
      .toContain(
        `At tick ${tick} the world of the client at seat ${client.seat} was another one: ${differences[0]!.path} (`,
      );
    const { tick: at, hash } = await shown(tab);
    expect([at, hash.toString(16).padStart(8, "0")]).toEqual([tick, told.server]);
    await tab.getByRole("button", { name: "One tick back" }).click();
    expect((await shown(tab)).tick).toBe(tick - 1);
    await tab.getByRole("button", { name: "Verify" }).click();
    await expect.poll(() => tab.locator("#replay [role=status]").innerText()).toMatch("Verified: ");
  });

  it("of an address with nothing behind it says so", async ({ skip }) => {
    const tab = await openPage("?replay=none.phx", skip);
    await expect
      .poll(() => tab.locator("#replay").innerText())
      .toContain("The recording could not be had: the server answered 404.");
  });
});
