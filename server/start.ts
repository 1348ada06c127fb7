/** Starts the server, and builds the page before when its sources are others than those it was built from: `npm start`. */
import "./console-log.ts";
import { app, server } from "../colyseus.config.ts";
import { listen } from "./listen.ts";
import { log } from "./log.ts";
import { refuseArguments } from "./no-arguments.ts";
import { BuildError, buildPage, currentPage } from "./page/page-build.ts";
import { pageFolder } from "./page/page-stamp.ts";
import { judgePort } from "./port.ts";
import { settings } from "./start-settings.ts";

refuseArguments();
await judgePort(settings);
app.page = currentPage(pageFolder);
if (app.page === undefined) {
  log.info("building the page");
  try {
    const { page, notKept } = await buildPage(pageFolder);
    app.page = page;
    if (notKept !== undefined)
      log.info({ why: notKept }, "the page was built for this start only: its folder cannot be written");
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
await listen(server, app, settings);
