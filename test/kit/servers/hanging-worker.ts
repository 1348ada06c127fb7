/** A worker of the server with a game whose rules hang. */
import { defineServer } from "@colyseus/core";
import { createApp } from "../../../server/app/app.ts";
import { work } from "../../../server/boot/work.ts";
import { settings } from "../../../server/config/start-settings.ts";
import { workerLink } from "../../../server/workers/worker-link.ts";
import { games } from "../../../shared/games/index.ts";
import { hanging } from "../games/hanging-game.ts";

const app = createApp({ games: [...games, hanging], settings, workers: workerLink });
const { rooms, transport, express } = app;
const options = { rooms, transport, express, greet: false, gracefullyShutdown: false };
await work(defineServer({ ...options, ...workerLink?.matchmaking }), app, settings);
