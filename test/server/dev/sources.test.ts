/** The sources of `npm run dev`: whatever changes a file of theirs is seen, and nothing else is. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Sources } from "../../../server/dev/sources.ts";

const GAME = "shared/games/tag.ts";

let root: string;
let sources: Sources;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "phalanx-sources-"));
  for (const path of ["server/a.ts", "guards/b.mjs", GAME, "colyseus.config.ts", "package.json"]) write(path, path);
  sources = new Sources(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

const saves: Record<string, () => void> = {
  "in place": () => write(GAME, "others"),
  "in place, as long as before": () => write(GAME, GAME.toUpperCase()),
  "by rename": () => {
    write(`${GAME}.new`, "others");
    renameSync(join(root, `${GAME}.new`), join(root, GAME));
  },
  "as a new file": () => write("shared/engine/math/other.ts", "export const other = 1;"),
  "under another name": () => renameSync(join(root, GAME), join(root, dirname(GAME), "catch.ts")),
  "by being gone": () => rmSync(join(root, GAME)),
  "beside the folders": () => write("package.json", "{}"),
};

it.each(Object.keys(saves))("a change %s is seen once", (how) => {
  const before = sources.look();
  expect(sources.look()).toBe(before);
  saves[how]!();
  const after = sources.look();
  expect(after).not.toBe(before);
  expect(sources.look()).toBe(after);
});

it("what is not the server's, hidden or words is no change, and the same text again is none either", () => {
  const before = sources.look();
  for (const path of ["client-demo/main.ts", "shared/.hidden/a.ts", "shared/README.md", "server/table.json"])
    write(path, "others");
  write(GAME, GAME);
  expect(sources.look()).toBe(before);
});
