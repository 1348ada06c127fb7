/** A server of several workers with a game on its shelf whose rules hang. */
import "../../../server/boot/console-log.ts";
import { fileURLToPath } from "node:url";
import { keepWorkers } from "../../../server/boot/primary.ts";
import { settings } from "../../../server/config/start-settings.ts";

await keepWorkers(settings, undefined, fileURLToPath(new URL("./hanging-worker.ts", import.meta.url)));
