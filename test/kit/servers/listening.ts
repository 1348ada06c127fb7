/** A Colyseus server that listens on a free port of this machine, whatever its transport and rooms are. */
import { defineServer, type Server } from "@colyseus/core";
import type { WebSocketTransport } from "@colyseus/ws-transport";

type ServerOptions = Parameters<typeof defineServer>[0] & { readonly transport: WebSocketTransport };

export interface Listening {
  readonly server: Server;
  readonly port: number;
}

export async function listen(options: ServerOptions): Promise<Listening> {
  const server = defineServer({ ...options, greet: false, gracefullyShutdown: false });
  await server.listen(0);
  const address = options.transport.server?.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return { server, port: address.port };
}
