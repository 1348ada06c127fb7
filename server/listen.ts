/** Opens the port, or says in one sentence why it cannot. */
import { createServer } from "node:net";
import type { Server } from "@colyseus/core";
import type { App } from "./app.ts";
import { containFaults } from "./front/faults.ts";
import { log } from "./log.ts";
import { output } from "./log-output.ts";
import type { Settings } from "./settings.ts";
import { shutDownOnSignals } from "./shutdown.ts";

function explain(error: NodeJS.ErrnoException, { PORT, HOST }: Settings): string {
  if (error.code === "EADDRINUSE")
    return `Port ${PORT} is taken by another program. Stop it, or choose another port: PORT=${PORT + 1} npm start`;
  if (error.code === "EACCES") return `Port ${PORT} needs more rights. Choose one above 1023: PORT=2567 npm start`;
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") return `HOST=${HOST} is no address of this machine`;
  return error.message;
}

/** Opens and closes the port once: Colyseus's own promise never settles on one that is taken. */
function probe(port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createServer();
    socket.once("error", reject);
    socket.listen(port, host, () => socket.close(() => resolve()));
  });
}

const hostOf = ({ HOST }: Settings): string | undefined => (HOST === "" ? undefined : HOST);

function orEnd(settings: Settings): (error: unknown) => never {
  return (error) => {
    process.stderr.write(`${explain(error as NodeJS.ErrnoException, settings)}\n`);
    process.exit(1);
  };
}

/** Sees whether the port can be had, before anything is built for it; ends the process with a plain sentence when not. */
export async function judgePort(settings: Settings): Promise<void> {
  await probe(settings.PORT, hostOf(settings)).catch(orEnd(settings));
}

/** Listens where the settings say; ends the process with a plain sentence when that fails. */
export async function listen(server: Server, app: App, settings: Settings): Promise<void> {
  const { PORT, TLS_CERT, SHUTDOWN_SECONDS } = settings;
  containFaults(app.readiness);
  await judgePort(settings);
  await server.listen(PORT, hostOf(settings)).catch(orEnd(settings));
  app.readiness.open();
  shutDownOnSignals(server, app, SHUTDOWN_SECONDS);
  const address = server.transport.server?.address();
  const open = typeof address === "object" && address !== null ? address.port : PORT;
  log.info({ port: open }, "listening");
  const scheme = TLS_CERT === "" ? "http" : "https";
  output.write(`\n  Phalanx is up.  Open ${scheme}://localhost:${open} in two windows and play.\n\n`);
}
