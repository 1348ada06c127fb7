/**
 * The builder of the page: builds aside, and puts the result in place when it is complete; only when the sources have
 * changed.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuiltPage, readPage } from "./built-page.ts";
import { pageStamp, stampOf, writeStamp } from "./page-stamp.ts";

const BUILDER = fileURLToPath(new URL("./build-process.ts", import.meta.url));
/** A build takes seconds: what is older was left by one that was killed. */
const LEFT_MS = 600_000;

/** The page could not be built; the builder has said why. */
export class BuildError extends Error {}

/** Runs a build in a process of its own: a server has no use for a builder's memory. @throws BuildError */
async function runBuild(folder: string): Promise<void> {
  const child = fork(BUILDER, [folder], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const [code, signal] = await once(child, "exit");
  if (code !== 0) throw new BuildError(`The page could not be built (${signal ?? `code ${code}`}).`);
}

/** What builds that were killed have left beside `dist`. */
function sweep(dist: string, prefix: string): void {
  for (const name of readdirSync(dirname(dist))) {
    const path = join(dirname(dist), name);
    if (name.startsWith(prefix) && Date.now() - statSync(path).mtimeMs > LEFT_MS)
      rmSync(path, { recursive: true, force: true });
  }
}

/** A new folder beside `dist`, or where everybody may write when that place is read-only: then with the reason. */
function makeAside(dist: string): { readonly aside: string; readonly why?: string } {
  const prefix = `.${basename(dist)}-`;
  try {
    const aside = mkdtempSync(join(dirname(dist), prefix));
    // Its mode is for its creator alone, and the server may run as another user.
    chmodSync(aside, 0o755);
    sweep(dist, prefix);
    return { aside };
  } catch (error) {
    return { aside: mkdtempSync(join(tmpdir(), `phalanx${prefix}`)), why: (error as Error).message };
  }
}

/** Puts a whole build where the last one was; a reader meanwhile finds one of them, or none, but never a part. */
function swap(aside: string, dist: string): void {
  const old = `${aside}-old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(aside, dist);
  rmSync(old, { recursive: true, force: true });
}

export interface Brought {
  readonly page: BuiltPage;
  /** Why it could not be kept for the next start; undefined when it was. */
  readonly notKept?: string;
}

/**
 * Builds the page for these sources.
 *
 * @param dist where it is kept. @throws BuildError
 */
export async function buildPage(dist: string): Promise<Brought> {
  const stamp = pageStamp();
  const { aside, why } = makeAside(dist);
  try {
    await runBuild(aside);
    writeStamp(aside, stamp);
    const page = readPage(aside);
    if (page === undefined) throw new BuildError("The page could not be built: the builder made no index.html.");
    if (why !== undefined) return { page, notKept: why };
    swap(aside, dist);
    return { page };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** The page that is built, if it is of these sources; undefined when it has to be built. */
export function currentPage(dist: string): BuiltPage | undefined {
  return stampOf(dist) === pageStamp() ? readPage(dist) : undefined;
}
