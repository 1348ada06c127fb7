/** The port: whether it can be had, or in one sentence why not. */
import { createServer } from "node:net";
import type { Settings } from "../config/settings.ts";

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

/** The address to listen on; undefined: all of them. */
export const hostOf = ({ HOST }: Settings): string | undefined => (HOST === "" ? undefined : HOST);

/** Ends the process with a plain sentence about an error of listening. */
export function orEnd(settings: Settings): (error: unknown) => never {
  return (error) => {
    process.stderr.write(`${explain(error as NodeJS.ErrnoException, settings)}\n`);
    process.exit(1);
  };
}

/** Sees whether the port can be had, before anything is built for it; ends the process with a plain sentence when not. */
export async function judgePort(settings: Settings): Promise<void> {
  await probe(settings.PORT, hostOf(settings)).catch(orEnd(settings));
}
