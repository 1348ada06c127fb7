/** Modules built as the page is: with the page's own settings, minified, the way every browser gets them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type InlineConfig, loadConfigFromFile, type Rolldown } from "vite";

const PAGE_CONFIG = "client-demo/vite.config.ts";

/** What the page's configuration says of how code is built; not what is built, and not where to. */
export async function pageSettings(): Promise<InlineConfig> {
  const loaded = await loadConfigFromFile({ command: "build", mode: "production" }, PAGE_CONFIG);
  if (loaded === null) throw new Error(`${PAGE_CONFIG} is not there: from which settings is the page built?`);
  const { root: _root, base: _base, ...settings } = loaded.config;
  const { outDir: _outDir, emptyOutDir: _emptyOutDir, rolldownOptions, ...options } = settings.build ?? {};
  const { input: _input, ...rolldown } = rolldownOptions ?? {};
  return {
    ...settings,
    configFile: false,
    publicDir: false,
    logLevel: "silent",
    build: { ...options, modulePreload: false, rolldownOptions: rolldown },
  };
}

/** A builder looks into the environment for what a build is for: here it is for players, whoever runs the test. */
export async function inProduction<Result>(act: () => Promise<Result>): Promise<Result> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = "production";
  try {
    return await act();
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

const ENTRY = "virtual:entry";

/**
 * Builds a module, and all that it imports, into one classic script.
 *
 * @param source the module's text; what it imports stands in it with absolute paths. @param settings `pageSettings`, or others.
 * @throws Error of the builder.
 */
export async function buildScript(source: string, settings: InlineConfig): Promise<Rolldown.OutputChunk> {
  const entry = {
    name: "entry",
    resolveId: (id: string) => (id === ENTRY ? id : undefined),
    load: (id: string) => (id === ENTRY ? source : undefined),
  };
  const built = await inProduction(() =>
    build({
      ...settings,
      plugins: [settings.plugins, entry],
      build: {
        ...settings.build,
        write: false,
        sourcemap: true,
        rolldownOptions: { ...settings.build?.rolldownOptions, input: ENTRY, output: { format: "iife" } },
      },
    }),
  );
  return (built as Rolldown.RolldownOutput).output[0];
}

export interface PageBuilt {
  /** The built module of an entry. @throws what the module throws when it is loaded. */
  load(name: string): Promise<Record<string, unknown>>;
  remove(): Promise<void>;
}

/** @param entries paths of modules, by name. */
export async function buildAsPage(entries: Readonly<Record<string, string>>): Promise<PageBuilt> {
  const folder = await mkdtemp(join(tmpdir(), "phalanx-page-built-"));
  const settings = await pageSettings();
  const config: InlineConfig = {
    ...settings,
    build: {
      ...settings.build,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        ...settings.build?.rolldownOptions,
        input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, resolve(path)])),
        preserveEntrySignatures: "strict",
        output: { format: "es", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  };
  await inProduction(() => build(config));
  return {
    load: (name) => import(/* @vite-ignore */ pathToFileURL(join(folder, `${name}.mjs`)).href),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
