/** A worker of the server with a game whose rules hang. */
import { work } from "../../../server/boot/work.ts";
import { settings } from "../../../server/config/start-settings.ts";
import { app, server } from "./hanging-app.ts";

await work(server, app, settings);
