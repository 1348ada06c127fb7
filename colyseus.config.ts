/** The meeting point of games and server: every game on the shelf gets a room type of its name. */
import { defineServer } from "@colyseus/core";
import { createApp } from "./server/app/app.ts";
import { orExit, settings } from "./server/config/start-settings.ts";
import { pageFolder } from "./server/page/page-stamp.ts";
import { workerLink } from "./server/workers/worker-link.ts";
import { games } from "./shared/games/index.ts";

export { games };

export const app = orExit(() => createApp({ games, page: pageFolder, settings, workers: workerLink }));
const { rooms, transport, express } = app;

// Signals and exceptions are ours: see server/boot/shutdown.ts and server/base/faults.ts.
export const server = defineServer({
  rooms,
  transport,
  express,
  greet: false,
  gracefullyShutdown: false,
  ...workerLink?.matchmaking,
});

export default server;
