/** Starts the server with the page that is built, whatever it is: `npm run serve`. Nothing is built or written. */
import "./console-log.ts";
import { app, server } from "../colyseus.config.ts";
import { listen } from "./listen.ts";
import { log } from "./log.ts";
import { refuseArguments } from "./no-arguments.ts";
import { isStale, pageFolder } from "./page/page-stamp.ts";
import { settings } from "./start-settings.ts";

refuseArguments();
if (isStale(pageFolder))
  log.warn("the page was built from other sources than these: run npm run build, then start again");
await listen(server, app, settings);
