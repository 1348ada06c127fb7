/** `npm run guards [-- --say]`: prints which guard catches which broken game; fails when one is caught by none. */
import { measure, printSentences, printTable } from "./table.ts";

const USAGE = `Usage: npm run guards [-- --say]
  Prints which guard catches which broken game, and fails when one is caught by none.
  --say  prints what each guard says, too
`;

const given = process.argv.slice(2);
if (given.includes("--help") || given.includes("-h")) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const unknown = given.find((word) => word !== "--say");
if (unknown !== undefined) {
  process.stderr.write(`There is no ${unknown} here.\n${USAGE}`);
  process.exit(2);
}
const rows = await measure();
if (given.includes("--say")) process.stdout.write(printSentences(rows));
process.stdout.write(printTable(rows));
const uncaught = rows.filter(({ said }) => said.size === 0).map(({ bug }) => bug.name);
if (uncaught.length > 0) {
  process.stderr.write(`caught by no guard: ${uncaught.join(", ")}\n`);
  process.exitCode = 1;
}
