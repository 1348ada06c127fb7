/** `npm run golden -- <game>...`: records the golden match of games anew, after their rules were changed on purpose. */
import { mkdirSync, writeFileSync } from "node:fs";
import { FOLDER, GAMES, goldenFile, recordGolden } from "./golden-match.ts";

const HELP = `npm run golden -- <game>...

Records the golden match of each of these games anew, after their rules were changed on purpose; \`npm test\` plays them again, here and on
other Nodes. The files are in test/contract/golden, and are to be committed with the change.
`;

const names = process.argv.slice(2);
const unknown = names.find((name) => !GAMES.some((game) => game.name === name));
if (names.includes("--help")) process.stdout.write(HELP);
else if (names.length === 0 || unknown !== undefined) {
  const known = GAMES.map(({ name }) => name).join(", ");
  const what =
    unknown === undefined ? "Name the games whose rules were changed on purpose." : `There is no game "${unknown}".`;
  process.stderr.write(`${what} There are ${known}.\n`);
  process.exitCode = 2;
} else {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of names) {
    const file = recordGolden(GAMES.find((game) => game.name === name)!);
    writeFileSync(goldenFile(name), file);
    process.stdout.write(`${goldenFile(name)}: ${file.length} bytes; npm run replay -- info ${goldenFile(name)}\n`);
  }
}
