/** A real server on a free port of this machine, with Colyseus's own test client; one per test file. */
import { ColyseusTestServer } from "@colyseus/testing";
import { type BareServer, type ServerOptions, startBareServer } from "./bare-server.ts";

export interface RealServer extends BareServer {
  readonly colyseus: ColyseusTestServer;
}

export async function startServer(options: ServerOptions): Promise<RealServer> {
  const bare = await startBareServer(options);
  // The test client reads the port that was asked for, which is 0 here.
  (bare.server as unknown as { port: number }).port = bare.port;
  const colyseus = new ColyseusTestServer(bare.server);
  return { ...bare, colyseus, stop: () => colyseus.shutdown() };
}
