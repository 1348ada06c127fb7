/** A Colyseus server that listens on a free port of this machine, whatever its transport and rooms are. */
import { defineServer, type Server } from "@colyseus/core";
import type { WebSocketTransport } from "@colyseus/ws-transport";

type ServerOptions = Parameters<typeof defineServer>[0] & { readonly transport: WebSocketTransport };

export interface Listening {
  readonly server: Server;
  readonly port: number;
}

/** @param before what is to be done when its rooms are known, and before anybody can come. */
export async function listen(options: ServerOptions, before = async (): Promise<void> => {}): Promise<Listening> {
  const server = defineServer({ ...options, greet: false, gracefullyShutdown: false });
  await before();
  await server.listen(0);
  const address = options.transport.server?.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return { server, port: address.port };
}
