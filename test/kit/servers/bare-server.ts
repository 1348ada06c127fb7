/** A real server on a free port of this machine and nothing else: for processes that measure. */
import { defineServer, matchMaker, type Server } from "@colyseus/core";
import { type App, type AppOptions, createApp } from "../../../server/app/app.ts";
import { readSettings } from "../../../server/config/settings.ts";
import type { LockstepRoom } from "../../../server/rooms/lockstep-room.ts";

export interface BareServer {
  readonly app: App;
  readonly server: Server;
  readonly port: number;
  /** For SDK clients. */
  readonly url: string;
  room(id: string): LockstepRoom;
  stop(): Promise<void>;
}

export interface ServerOptions extends Omit<AppOptions, "settings"> {
  /** Folder for desync reports. */
  readonly reports?: string;
  /** Settings as the environment would give them. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The room must bear what a connection's budget would not let through. */
const NO_BYTE_LIMIT = "1000000000";

export async function startBareServer({ reports = "none", env = {}, ...options }: ServerOptions): Promise<BareServer> {
  const settings = readSettings({ REPORTS: reports, BYTES_PER_SECOND: NO_BYTE_LIMIT, ...env });
  const app = createApp({ ...options, settings });
  const { rooms, transport, express } = app;
  const server = defineServer({ rooms, transport, express, greet: false, gracefullyShutdown: false });
  await server.listen(0);
  const address = transport.server?.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  app.readiness.open();
  return {
    app,
    server,
    port: address.port,
    url: `ws://127.0.0.1:${address.port}`,
    room: (id) => matchMaker.getLocalRoomById(id) as unknown as LockstepRoom,
    stop: () => server.gracefullyShutdown(false),
  };
}
