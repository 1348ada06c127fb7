/** `npm run lint:games [-- path ...]`: lints the games, or the files and folders that are named. */
import { existsSync } from "node:fs";
import { filesIn, lintPath, print } from "./lint.ts";

const USAGE = `Usage: npm run lint:games [-- PATH ...]
  Lints the games of the shelf (shared/games), or the files and folders that are named.
  Ends with 1 when there are findings.
`;

const named = process.argv.slice(2);
const isHelp = named.includes("--help") || named.includes("-h");
const paths = named.length === 0 ? ["shared/games"] : named;
const missing = paths.find((path) => !existsSync(path));

if (isHelp) process.stdout.write(USAGE);
else if (missing !== undefined) {
  process.stderr.write(`there is no file or folder ${missing}\n`);
  process.exitCode = 2;
} else {
  const findings = paths.flatMap(lintPath);
  for (const finding of findings) process.stdout.write(`${print(finding)}\n`);
  const files = paths.flatMap(filesIn).length;
  process.stdout.write(`${files} files of games, ${findings.length} findings\n`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
