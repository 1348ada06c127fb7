/** Starts the server: `npm start`. */
import "./console-log.ts";
import { app, server } from "../colyseus.config.ts";
import { listen } from "./listen.ts";
import { settings } from "./start-settings.ts";

await listen(server, app, settings);
