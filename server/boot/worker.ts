/** A worker: a whole server but for the port, which its primary owns. */
import "./console-log.ts";
import type { Server as HttpServer } from "node:http";
import { matchMaker } from "@colyseus/core";
import { app, server } from "../../colyseus.config.ts";
import { containFaults } from "../base/faults.ts";
import { endWith, settings } from "../config/start-settings.ts";
import { workerLink } from "../workers/worker-link.ts";
import { Shutdown } from "./shutdown.ts";
import { onSignals } from "./signals.ts";

if (workerLink === undefined) {
  process.stderr.write("A worker is started by the primary process alone: run npm start with WORKERS=2 or more.\n");
  process.exit(1);
}
containFaults(app.readiness);
const page = await workerLink.page();
if (page !== undefined) app.page = page;
const shutdown = new Shutdown(server, app, settings.SHUTDOWN_SECONDS);
onSignals((signal, isHurried) => shutdown.begin(signal, isHurried));
const orders = {
  server: app.transport.server as HttpServer,
  arrived: app.arrived,
  goDown: (isHurried: boolean) => shutdown.begin("the primary", isHurried),
};
workerLink.attach(orders, server.transport);
await matchMaker.onReady;
workerLink.began(matchMaker.processId);
await app.continuity.begin(workerLink.id).catch(endWith);
await server.listen(settings.PORT);
app.readiness.open();
void app.reports.check();
workerLink.ready();
