/** Where games and server meet: every game on the shelf gets a room type of its name. */
import { fileURLToPath } from "node:url";
import { defineServer } from "@colyseus/core";
import { createApp } from "./server/app.ts";
import { games } from "./shared/games/index.ts";

export { games };

const page = fileURLToPath(new URL("./client-demo/dist", import.meta.url));
const { desk, rooms, transport, express } = createApp({ games, page, reports: "reports" });

export const server = defineServer({ rooms, transport, express, greet: false });

export { desk };
export default server;
