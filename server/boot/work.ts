/** The work of a worker: opens what was left behind, takes connections from the primary, and goes down when that says so. */
import type { Server as HttpServer } from "node:http";
import { matchMaker, type Server } from "@colyseus/core";
import type { App } from "../app/app.ts";
import type { CrashedList } from "../base/crashed-rooms.ts";
import { containFaults } from "../base/faults.ts";
import { stepping } from "../base/stepping.ts";
import { socketServerOf } from "../colyseus/transport.ts";
import type { Settings } from "../config/settings.ts";
import { endWith } from "../config/start-settings.ts";
import { crashedFile } from "../journal/journal-folder.ts";
import { STEPS_FILE } from "../workers/calls.ts";
import { workerLink } from "../workers/worker-link.ts";
import { orEnd } from "./port.ts";
import { Shutdown } from "./shutdown.ts";
import { onSignals } from "./signals.ts";

/** Ends the process with a plain sentence when nobody has started it as a worker. */
export async function work(server: Server, app: App, settings: Settings): Promise<void> {
  if (workerLink === undefined) {
    process.stderr.write("A worker is started by the primary process alone: run npm start with WORKERS=2 or more.\n");
    process.exit(1);
  }
  stepping.watch({ file: STEPS_FILE, mostSeconds: settings.WATCHDOG_SECONDS, crashed: crashedFile(settings) });
  containFaults(app.readiness);
  const page = await workerLink.page();
  if (page !== undefined) app.page = page;
  const shutdown = new Shutdown(server, app, settings.SHUTDOWN_SECONDS);
  onSignals((signal, isHurried) => shutdown.begin(signal, isHurried));
  const orders = {
    server: app.transport.server as HttpServer,
    sockets: socketServerOf(app.transport),
    arrived: app.arrived,
    onNoPort: orEnd(settings),
    takeOver: (worker: number, crashed: CrashedList) => app.continuity.takeOver(worker, crashed),
    goDown: (isHurried: boolean) => shutdown.begin("the primary", isHurried),
  };
  workerLink.attach(orders, server.transport);
  // The primary knows who lives. Colyseus takes a worker that still opens its rooms for a dead one, and strikes them off the list.
  matchMaker.setHealthChecksEnabled(false);
  await matchMaker.onReady;
  workerLink.began(matchMaker.processId);
  await app.continuity.begin(workerLink.id, await workerLink.crashed()).catch(endWith);
  await server.listen(settings.PORT);
  app.readiness.open();
  void app.reports.check();
  workerLink.ready();
}
