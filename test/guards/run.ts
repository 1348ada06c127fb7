/** `npm run guards [-- --say]`: prints which guard catches which broken game; fails when one is caught by none. */
import { measure, printSentences, printTable } from "./table.ts";

const rows = await measure();
if (process.argv.includes("--say")) process.stdout.write(printSentences(rows));
process.stdout.write(printTable(rows));
const uncaught = rows.filter(({ said }) => said.size === 0).map(({ bug }) => bug.name);
if (uncaught.length > 0) {
  process.stderr.write(`caught by no guard: ${uncaught.join(", ")}\n`);
  process.exitCode = 1;
}
