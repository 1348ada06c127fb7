/** The same armies in a page of Chromium, built as the page is, on a processor made four times slower. */
import { resolve } from "node:path";
import { launch } from "../../kit/browsers/browser.ts";
import { brakesOf } from "../../kit/browsers/page-brakes.ts";
import { buildScript, pageSettings } from "../../kit/browsers/page-built.ts";
import type { ArmyFigures } from "./armies-work.ts";

/** What Chromium's own tools call a phone of the middle. */
export const SLOWDOWN = 4;

declare global {
  /** What the script defines. */
  var armies: () => Promise<ArmyFigures[]>;
}

const SOURCE = `
  import { measureArmyWorlds } from ${JSON.stringify(resolve("test/bench/skirmish/armies-work.ts"))};
  globalThis.armies = measureArmyWorlds;
`;

/** Undefined where this machine has no Chromium. */
export async function measureArmiesInPage(): Promise<ArmyFigures[] | undefined> {
  const browser = await launch("chromium");
  if (browser === undefined) return undefined;
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: (await buildScript(SOURCE, await pageSettings())).code });
    await (await brakesOf(page)).throttle(SLOWDOWN);
    return await page.evaluate(() => armies());
  } finally {
    await browser.close();
  }
}
