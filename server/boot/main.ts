/** The server with the page as it was last built: `npm run serve`. Nothing is built or written. */
import "./console-log.ts";
import { log } from "../base/log.ts";
import { settings } from "../config/start-settings.ts";
import { isStale, pageFolder } from "../page/page-stamp.ts";
import { refuseArguments } from "./no-arguments.ts";
import { processesOf } from "./processes.ts";

refuseArguments();
const run = await processesOf(settings);
if (isStale(pageFolder))
  log.warn("the page was built from other sources than these: run npm run build, then start again");
await run();
