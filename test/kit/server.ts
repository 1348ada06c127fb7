/** A real server on a free port of this machine, with Colyseus's own test client; one per test file. */
import { defineServer, matchMaker, type Server } from "@colyseus/core";
import { ColyseusTestServer } from "@colyseus/testing";
import { type App, type AppOptions, createApp } from "../../server/app.ts";
import type { LockstepRoom } from "../../server/rooms/lockstep-room.ts";

export interface RealServer {
  readonly app: App;
  readonly server: Server;
  readonly colyseus: ColyseusTestServer;
  readonly port: number;
  /** For SDK clients. */
  readonly url: string;
  room(id: string): LockstepRoom;
  stop(): Promise<void>;
}

export async function startServer(options: AppOptions): Promise<RealServer> {
  const app = createApp(options);
  const { rooms, transport, express } = app;
  const server = defineServer({ rooms, transport, express, greet: false, gracefullyShutdown: false });
  await server.listen(0);
  const address = transport.server?.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  // The test client reads the port that was asked for, which is 0 here.
  (server as unknown as { port: number }).port = address.port;
  const colyseus = new ColyseusTestServer(server);
  return {
    app,
    server,
    colyseus,
    port: address.port,
    url: `ws://127.0.0.1:${address.port}`,
    room: (id) => matchMaker.getLocalRoomById(id) as unknown as LockstepRoom,
    stop: () => colyseus.shutdown(),
  };
}
