/** The listening socket: opens the port, or says in one sentence why it cannot. */
import type { Server } from "@colyseus/core";
import type { App } from "../app/app.ts";
import { containFaults } from "../base/faults.ts";
import { log } from "../base/log.ts";
import { output } from "../base/log-output.ts";
import type { Settings } from "../config/settings.ts";
import { hostOf, judgePort, orEnd } from "./port.ts";
import { shutDownOnSignals } from "./shutdown.ts";

/** Listens where the settings say; ends the process with a plain sentence when that fails. */
export async function listen(server: Server, app: App, settings: Settings): Promise<void> {
  const { PORT, TLS_CERT, SHUTDOWN_SECONDS } = settings;
  containFaults(app.readiness);
  await judgePort(settings);
  await server.listen(PORT, hostOf(settings)).catch(orEnd(settings));
  app.readiness.open();
  void app.reports.check();
  shutDownOnSignals(server, app, SHUTDOWN_SECONDS);
  const address = server.transport.server?.address();
  const open = typeof address === "object" && address !== null ? address.port : PORT;
  log.info({ port: open }, "listening");
  const scheme = TLS_CERT === "" ? "http" : "https";
  output.write(`\n  Phalanx is up.  Open ${scheme}://localhost:${open} in two windows and play.\n\n`);
}
