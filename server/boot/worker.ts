/** A worker: a whole server but for the port, which its primary owns. */
import "./console-log.ts";
import { app, server } from "../../colyseus.config.ts";
import { settings } from "../config/start-settings.ts";
import { work } from "./work.ts";

await work(server, app, settings);
