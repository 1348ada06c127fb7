/** The build of the demo page as `npm start` makes it, once a run, from the sources of that run, into a folder of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { inProduction } from "./page-built.ts";

export interface BuiltPage {
  readonly folder: string;
  remove(): Promise<void>;
}

export async function buildPage(): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), "phalanx-page-"));
  await inProduction(() =>
    build({
      configFile: "client-demo/vite.config.ts",
      logLevel: "warn",
      build: { outDir: folder, emptyOutDir: true },
    }),
  );
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
