/** A folder for the bots of one test file, in the project, so that what they import is found; gone after the file. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll } from "vitest";

/** To be called at the top of a test file. @returns what writes a bot's file, and says its path as it is typed. */
export function scriptFolder(): (name: string, code: string) => string {
  const folder = mkdtempSync("test/load/.bots-");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (name, code) => {
    const file = join(folder, name);
    writeFileSync(file, code);
    return `./${file}`;
  };
}
