/** The build of the demo page as `npm start` makes it, from the sources of the run, into a folder of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build, type Plugin } from "vite";
import { inProduction } from "./page-built.ts";

export interface BuiltPage {
  readonly folder: string;
  remove(): Promise<void>;
}

/** @param shelf the path of a module whose `games` the page has instead of its own. */
export async function buildPage(shelf?: string): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), "phalanx-page-"));
  await inProduction(() =>
    build({
      configFile: "client-demo/vite.config.ts",
      logLevel: "warn",
      plugins: shelf === undefined ? [] : [instead(resolve("shared/games/index.ts"), resolve(shelf))],
      build: { outDir: folder, emptyOutDir: true },
    }),
  );
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Whoever imports the one file gets the other; only the other itself may still import it. */
function instead(file: string, other: string): Plugin {
  return {
    name: "another-shelf",
    enforce: "pre",
    async resolveId(source, importer, options) {
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      return found?.id === file && importer !== other ? other : null;
    },
  };
}
