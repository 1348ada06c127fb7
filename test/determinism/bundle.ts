/**
 * The bundle of engine, games and everything that runs inside the other engines: one script without Node or DOM in it.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { InlineConfig, Rolldown } from "vite";
import { buildScript, pageSettings } from "../kit/browsers/page-built.ts";

/** Modules of this project: one exports `games`, the other `GOLDEN`. */
export interface Sources {
  readonly games: string;
  readonly functions: string;
}

export const SHELF: Sources = {
  games: "shared/games/index.ts",
  functions: "test/engine/math/golden-results.ts",
};

export interface Bundle {
  /** A classic script that makes a global function `answer` (see inside/answer.ts). */
  readonly code: string;
  /** The same as a file with its source map, in a folder that is there for scripts. */
  readonly file: string;
  readonly folder: string;
  remove(): Promise<void>;
}

const entryOf = ({ games, functions }: Sources): string => `
  import { games } from ${JSON.stringify(resolve(games))};
  import { GOLDEN } from ${JSON.stringify(resolve(functions))};
  import { answerFor } from ${JSON.stringify(resolve("test/determinism/inside/answer.ts"))};
  globalThis.answer = answerFor(games, GOLDEN);
`;

/** How rules are built: as they stand, for whatever runs their files; or minified by the settings of the page. */
export type BuiltAs = "files" | "page";

const FILES: InlineConfig = {
  configFile: false,
  publicDir: false,
  logLevel: "silent",
  // A call that is said to do nothing is made all the same, as when the files are run.
  build: {
    minify: false,
    target: "es2022",
    modulePreload: false,
    rolldownOptions: { treeshake: { annotations: false } },
  },
};

/** @throws Error with one sentence that names the module, and the builder's own message. */
async function bundle(sources: Sources, builtAs: BuiltAs): Promise<Rolldown.OutputChunk> {
  const settings = builtAs === "files" ? FILES : await pageSettings();
  try {
    return await buildScript(entryOf(sources), settings);
  } catch (cause) {
    const reason = stripVTControlCharacters((cause as Error).message);
    throw new Error(`The games of ${sources.games} cannot be built; mend what follows and run again.\n${reason}`, {
      cause,
    });
  }
}

export async function buildBundle(sources: Sources, builtAs: BuiltAs): Promise<Bundle> {
  const { code, map } = await bundle(sources, builtAs);
  const folder = await mkdtemp(join(tmpdir(), "phalanx-determinism-"));
  const file = join(folder, "bundle.cjs");
  const script = code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
  const root = pathToFileURL(process.cwd()).href;
  const absolute = (source: string): string => source.replace(/^(\.\.\/)*/, `${root}/`);
  const mapped = { ...map!, sources: map!.sources.map(absolute) };
  await writeFile(`${file}.map`, JSON.stringify(mapped));
  await writeFile(file, `${script}//# sourceMappingURL=bundle.cjs.map\n`);
  return { code: script, file, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
