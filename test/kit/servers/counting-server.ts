/** A server that says how many clients Colyseus has counted, in each room and in all, when it is sent SIGUSR2. */
import "../../../server/boot/console-log.ts";
import { matchMaker } from "@colyseus/core";
import { app, server } from "../../../colyseus.config.ts";
import { log } from "../../../server/base/log.ts";
import { listen } from "../../../server/boot/listen.ts";
import { settings } from "../../../server/config/start-settings.ts";

process.on("SIGUSR2", async () => {
  const rooms = await matchMaker.query({});
  log.info({ rooms: rooms.map(({ clients }) => clients), all: matchMaker.stats.local.ccu }, "counted");
});
await listen(server, app, settings);
