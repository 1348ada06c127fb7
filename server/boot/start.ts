/** The start of the server (`npm start`); builds the page first when its sources have changed since the last build. */
import "./console-log.ts";
import { log } from "../base/log.ts";
import { settings } from "../config/start-settings.ts";
import { BuildError, buildPage, currentPage } from "../page/page-build.ts";
import { pageFolder } from "../page/page-stamp.ts";
import { refuseArguments } from "./no-arguments.ts";
import { judgePort } from "./port.ts";
import { processesOf } from "./processes.ts";

refuseArguments();
const run = await processesOf(settings);
await judgePort(settings);
let page = currentPage(pageFolder);
if (page === undefined) {
  log.info("building the page");
  try {
    const built = await buildPage(pageFolder);
    page = built.page;
    if (built.notKept !== undefined)
      log.info({ why: built.notKept }, "the page was built for this start only: its folder cannot be written");
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
await run(page);
