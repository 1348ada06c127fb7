/** Engines that are browsers: the bundle runs in an empty page. */
import { type BrowserName, launch } from "../kit/browsers/browser.ts";
import type { Bundle } from "./bundle.ts";
import { type Engine, TimeLimit } from "./engine.ts";
import type { Answer } from "./inside/answer.ts";

declare global {
  /** What the bundle defines. */
  var answer: Answer;
}

export async function pageEngine(name: string, browserName: BrowserName, { code }: Bundle): Promise<Engine> {
  const browser = await launch(browserName);
  if (browser === undefined) throw new Error("no such program in PATH");
  const page = await browser.newPage();
  await page.addScriptTag({ content: code });
  return {
    name,
    version: browser.version(),
    jobsAtOnce: 1,
    async run(job, limitMs) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new TimeLimit(limitMs)), limitMs);
      });
      try {
        return await Promise.race([page.evaluate((text) => answer(text), job), late]);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => browser.close(),
  };
}
