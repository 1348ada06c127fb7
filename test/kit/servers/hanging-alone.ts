/** A server of one process with a game on its shelf whose rules hang. */
import "../../../server/boot/console-log.ts";
import { listen } from "../../../server/boot/listen.ts";
import { settings } from "../../../server/config/start-settings.ts";
import { app, server } from "./hanging-app.ts";

await listen(server, app, settings);
