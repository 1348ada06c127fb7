/** The listening socket: opens the port, or says in one sentence why it cannot. */
import inspector from "node:inspector";
import type { Server } from "@colyseus/core";
import type { App } from "../app/app.ts";
import { containFaults } from "../base/faults.ts";
import { log } from "../base/log.ts";
import { output } from "../base/log-output.ts";
import { stepping } from "../base/stepping.ts";
import type { Settings } from "../config/settings.ts";
import { endWith } from "../config/start-settings.ts";
import { crashedFile } from "../journal/journal-folder.ts";
import { hostOf, judgePort, orEnd } from "./port.ts";
import { Shutdown } from "./shutdown.ts";
import { onSignals, warnOfDeafNpm } from "./signals.ts";

/** Listens where the settings say; ends the process with a plain sentence when that fails. */
export async function listen(server: Server, app: App, settings: Settings): Promise<void> {
  const { PORT, SHUTDOWN_SECONDS } = settings;
  containFaults(app.readiness);
  // Whoever looks at a process with a debugger lets it stand still as long as they like.
  const mostSeconds = inspector.url() === undefined ? settings.WATCHDOG_SECONDS : Number.POSITIVE_INFINITY;
  stepping.watch({ mostSeconds, crashed: crashedFile(settings) });
  await judgePort(settings);
  await app.continuity.begin().catch(endWith);
  await server.listen(PORT, hostOf(settings)).catch(orEnd(settings));
  app.readiness.open();
  void app.reports.check();
  void app.recordings.check();
  const shutdown = new Shutdown(server, app, SHUTDOWN_SECONDS);
  onSignals((signal, isHurried) => shutdown.begin(signal, isHurried));
  warnOfDeafNpm();
  const address = server.transport.server?.address();
  tellUp(typeof address === "object" && address !== null ? address.port : PORT, settings);
}

/** Says where players come in. */
export function tellUp(port: number, { TLS_CERT }: Settings): void {
  log.info({ port }, "listening");
  const scheme = TLS_CERT === "" ? "http" : "https";
  output.write(`\n  Phalanx is up.  Open ${scheme}://localhost:${port} in two windows and play.\n\n`);
}
