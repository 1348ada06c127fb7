/** `npm run build`: builds the page for the next `npm start`, which then builds nothing and writes nothing. */

import { BuildError, buildPage, currentPage } from "../page/page-build.ts";
import { pageFolder } from "../page/page-stamp.ts";

const USAGE = "Usage: npm run build. Builds the page into client-demo/dist, for npm start and npm run serve.";

function end(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

if (process.argv.includes("--help")) process.stdout.write(`${USAGE}\n`);
else if (currentPage(pageFolder) !== undefined)
  process.stdout.write("The page is built already, from these sources.\n");
else {
  const { notKept } = await buildPage(pageFolder).catch((error: unknown) =>
    end(error instanceof BuildError ? error.message : String(error)),
  );
  if (notKept !== undefined) end(`${pageFolder} cannot be written: ${notKept}`);
  process.stdout.write(`The page is in ${pageFolder}\n`);
}
