/** The games that stand in the documents, word for word, loaded as if they were on the shelf. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { Sample } from "./samples.ts";

export class SampleGames {
  /** Not among the shelf's games: tests that run beside this one look at those. */
  readonly folder = mkdtempSync(join(tmpdir(), "phalanx-docs-"));

  async load({ document, name, code }: Sample): Promise<AnyGame> {
    const file = join(this.folder, `${document.replace(/\W/g, "-")}-${name}.ts`);
    writeFileSync(file, code.replace('"../engine/index.ts"', JSON.stringify(resolve("shared/engine/index.ts"))));
    const module = (await import(pathToFileURL(file).href)) as Record<string, AnyGame>;
    return module[name]!;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
