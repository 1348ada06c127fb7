/** Starts the server: `npm start`. */
import { server } from "../colyseus.config.ts";
import { listen } from "./listen.ts";

await listen(server);
