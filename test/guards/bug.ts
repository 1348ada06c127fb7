/** A deliberately broken game of the corpus: its file, and how it is loaded anew for every guard. */
import { readdirSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { AnyGame } from "../../shared/engine/game/game.ts";

const FOLDER = fileURLToPath(new URL("./corpus/", import.meta.url));

export interface Bug {
  readonly name: string;
  /** Relative to the project. */
  readonly path: string;
  readonly text: string;
  /** The game in a state of its own: what an earlier run left in its module is not there. @throws what `defineGame` throws. */
  load(): Promise<AnyGame>;
}

let loads = 0;

export const bugs: readonly Bug[] = readdirSync(FOLDER)
  .filter((file) => file !== "parts.ts")
  .sort()
  .map((file) => ({
    name: file.replace(".ts", ""),
    path: relative(process.cwd(), FOLDER + file),
    text: readFileSync(FOLDER + file, "utf8"),
    async load() {
      const module = (await import(`${pathToFileURL(FOLDER + file)}?load=${loads++}`)) as { game: AnyGame };
      return module.game;
    },
  }));
