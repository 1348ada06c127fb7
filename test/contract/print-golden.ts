/** The printer of the Node version and of what each game comes to on it; run by other Nodes than the one the tests run on. */
import { hashBytes } from "../../shared/engine/bytes/hash.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { games } from "../../shared/games/index.ts";
import { checkGolden, readGolden, recordGolden } from "./golden-match.ts";

/** Whether its golden match comes out again, and the hash of the same match made up anew, bots included. */
export function goldenLine(game: AnyGame): string {
  const file = readGolden(game.name);
  const found = file === undefined ? "no golden match" : (checkGolden(game, file) ?? "the same");
  return `${game.name}: ${found}, ${hashBytes(recordGolden(game))}`;
}

if (process.argv[2] === "print") {
  const lines = (games as readonly AnyGame[]).map(goldenLine);
  process.stdout.write([`v${process.versions.node.split(".")[0]}`, ...lines, ""].join("\n"));
}
