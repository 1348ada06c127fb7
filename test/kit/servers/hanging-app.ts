/** A server with a game on its shelf whose rules hang: of one process, or a worker's part. */
import { defineServer } from "@colyseus/core";
import { createApp } from "../../../server/app/app.ts";
import { settings } from "../../../server/config/start-settings.ts";
import { workerLink } from "../../../server/workers/worker-link.ts";
import { games } from "../../../shared/games/index.ts";
import { hanging } from "../games/hanging-game.ts";

export const app = createApp({ games: [...games, hanging], settings, workers: workerLink });
const { rooms, transport, express } = app;
const options = { rooms, transport, express, greet: false, gracefullyShutdown: false };
export const server = defineServer({ ...options, ...workerLink?.matchmaking });
