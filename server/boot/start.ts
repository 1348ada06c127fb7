/** The start of the server (`npm start`); builds the page first when its sources have changed since the last build. */
import "./console-log.ts";
import { app, server } from "../../colyseus.config.ts";
import { log } from "../base/log.ts";
import { settings } from "../config/start-settings.ts";
import { BuildError, buildPage, currentPage } from "../page/page-build.ts";
import { pageFolder } from "../page/page-stamp.ts";
import { listen } from "./listen.ts";
import { refuseArguments } from "./no-arguments.ts";
import { judgePort } from "./port.ts";

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
