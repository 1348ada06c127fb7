/** Builds engine, games and everything that runs inside the other engines into one script without Node or DOM in it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { build, type Rolldown } from "vite";

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

const ENTRY = "virtual:determinism";

const entryOf = ({ games, functions }: Sources): string => `
  import { games } from ${JSON.stringify(resolve(games))};
  import { GOLDEN } from ${JSON.stringify(resolve(functions))};
  import { answerFor } from ${JSON.stringify(resolve("test/determinism/inside/answer.ts"))};
  globalThis.answer = answerFor(games, GOLDEN);
`;

/** @throws Error with one sentence that names the module, and the builder's own message. */
async function bundle(sources: Sources): Promise<Rolldown.OutputChunk> {
  try {
    const built = await build({
      configFile: false,
      publicDir: false,
      logLevel: "silent",
      plugins: [
        {
          name: "determinism-entry",
          resolveId: (id) => (id === ENTRY ? id : undefined),
          load: (id) => (id === ENTRY ? entryOf(sources) : undefined),
        },
      ],
      build: {
        write: false,
        minify: false,
        sourcemap: true,
        target: "es2022",
        modulePreload: false,
        rolldownOptions: { input: ENTRY, output: { format: "iife" } },
      },
    });
    return (built as Rolldown.RolldownOutput).output[0];
  } catch (cause) {
    const reason = stripVTControlCharacters((cause as Error).message);
    throw new Error(`The games of ${sources.games} cannot be built; mend what follows and run again.\n${reason}`, {
      cause,
    });
  }
}

export async function buildBundle(sources: Sources): Promise<Bundle> {
  const { code, map } = await bundle(sources);
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
