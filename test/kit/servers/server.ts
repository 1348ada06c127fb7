/** A real server on a free port of this machine: one per test file, or alone in a process that is measured. */
import { matchMaker } from "@colyseus/core";
import { type App, type AppOptions, createApp } from "../../../server/app/app.ts";
import { readSettings } from "../../../server/config/settings.ts";
import type { LockstepRoom } from "../../../server/rooms/lockstep-room.ts";
import { listen } from "./listening.ts";

export interface RealServer {
  readonly app: App;
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

export async function startServer({ reports = "none", env = {}, ...options }: ServerOptions): Promise<RealServer> {
  const none = { JOURNAL: "none", REPORTS: reports, REPLAYS: "none" };
  const settings = readSettings({ ...none, BYTES_PER_SECOND: NO_BYTE_LIMIT, ...env });
  const app = createApp({ ...options, settings });
  const { rooms, transport, express } = app;
  const { server, port } = await listen({ rooms, transport, express }, () => app.continuity.begin());
  app.readiness.open();
  return {
    app,
    port,
    url: `ws://127.0.0.1:${port}`,
    room: (id) => matchMaker.getLocalRoomById(id) as unknown as LockstepRoom,
    stop: () => server.gracefullyShutdown(false),
  };
}
