/** The npm of a major version, as a program of its own: what passes signals on is not the same in all of them. */
import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { Skip } from "./program.ts";

const FETCH_MS = 60_000;
const run = promisify(execFile);

/** What starts it: Node and npm's own file, so that the process that is started is npm's. Skips the test where npm has none. */
export async function npmOrSkip(major: number, skip: Skip): Promise<readonly string[]> {
  try {
    const where = ["-y", "-p", `npm@${major}`, "node", "-p", "process.env.PATH"];
    const { stdout } = await run("npx", where, { timeout: FETCH_MS });
    return [process.execPath, realpathSync(join(stdout.split(delimiter)[0]!, "npm"))];
  } catch (error) {
    if (process.env.CI) throw error;
    return skip(`npm ${major} cannot be had here: ${(error as Error).message.split("\n")[0]}`);
  }
}
