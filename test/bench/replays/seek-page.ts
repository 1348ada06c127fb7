/** The same seeks in a page of Chromium, built as the page is, on a processor made four times slower. */
import { resolve } from "node:path";
import { launch } from "../../kit/browsers/browser.ts";
import { brakesOf } from "../../kit/browsers/page-brakes.ts";
import { buildScript, pageSettings } from "../../kit/browsers/page-built.ts";
import type { SeekFigures } from "./seek-work.ts";

/** What Chromium's own tools call a phone of the middle. */
export const SLOWDOWN = 4;

declare global {
  /** What the script defines. */
  var seeks: (file: readonly number[]) => SeekFigures;
}

const SOURCE = `
  import { measureSeeks } from ${JSON.stringify(resolve("test/bench/replays/seek-work.ts"))};
  globalThis.seeks = (file) => measureSeeks(Uint8Array.from(file));
`;

/** Undefined where this machine has no Chromium. */
export async function measureSeeksInPage(file: Uint8Array): Promise<SeekFigures | undefined> {
  const browser = await launch("chromium");
  if (browser === undefined) return undefined;
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: (await buildScript(SOURCE, await pageSettings())).code });
    await (await brakesOf(page)).throttle(SLOWDOWN);
    return await page.evaluate((bytes) => seeks(bytes), [...file]);
  } finally {
    await browser.close();
  }
}
