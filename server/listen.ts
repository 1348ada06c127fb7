/** Opens the port, or says in one sentence why it cannot. */
import { createServer } from "node:net";
import type { Server } from "@colyseus/core";
import { log } from "./log.ts";

const DEFAULT_PORT = 2567;

/** `PORT` of the environment, default 2567. @throws Error when it is no port. */
export function readPort(value: string | undefined): number {
  if (value === undefined || value === "") return DEFAULT_PORT;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`PORT=${value} is not a port; give a whole number from 0 to 65535`);
  return port;
}

function explain(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === "EADDRINUSE")
    return `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`;
  if (error.code === "EACCES") return `Port ${port} needs more rights. Choose one above 1023: PORT=2567 npm start`;
  return error.message;
}

/** Opens and closes the port once: Colyseus's own promise never settles on one that is taken. */
function probe(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createServer();
    socket.once("error", reject);
    socket.listen(port, () => socket.close(() => resolve()));
  });
}

/** Listens on `PORT`; ends the process with a plain sentence when that fails. */
export async function listen(server: Server): Promise<void> {
  let port = DEFAULT_PORT;
  try {
    port = readPort(process.env.PORT);
    await probe(port);
    await server.listen(port);
  } catch (error) {
    process.stderr.write(`${explain(error as NodeJS.ErrnoException, port)}\n`);
    process.exit(1);
  }
  const address = server.transport.server?.address();
  const open = typeof address === "object" && address !== null ? address.port : port;
  log.info({ port: open }, "listening");
  process.stdout.write(`\n  Phalanx is up.  Open http://localhost:${open} in two windows and play.\n\n`);
}
