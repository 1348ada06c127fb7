/** One server process of `npm run bench:server`: starts what it is told, says on which port, and tells what it has used. */
import { defineRoom, defineServer } from "@colyseus/core";
import { Encoder } from "@colyseus/schema";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { createApp } from "../../../server/app.ts";
import { readSettings } from "../../../server/settings.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import { arena } from "../../../shared/games/arena/arena.ts";
import { broadcastRoom, patchRoom } from "./colyseus-rooms.ts";
import type { Contender, Load, Usage } from "./contender.ts";
import { startNetRelay, startWsRelay } from "./relays.ts";

const empty = defineGame({
  name: "empty",
  tickRate: 20,
  seats: { min: 1, max: 16 },
  input: arena.input as never,
  state: schema({ ticks: t.uint32() }, "EmptyState"),
  setup: () => ({ ticks: 0 }),
  step: (state) => void state.ticks++,
});

async function listen(
  options: Parameters<typeof defineServer>[0] & { transport: WebSocketTransport },
): Promise<number> {
  const server = defineServer({ ...options, greet: false, gracefullyShutdown: false });
  await server.listen(0);
  return (options.transport.server!.address() as { port: number }).port;
}

const ours = (game: AnyGame): Promise<number> => {
  const settings = readSettings({ REPORTS: "none" });
  const { rooms, transport, express, readiness } = createApp({ games: [{ ...game, name: "room" }], settings });
  readiness.open();
  return listen({ rooms, transport, ...(express === undefined ? {} : { express }) });
};

function stock(room: ReturnType<typeof broadcastRoom>): Promise<number> {
  Encoder.BUFFER_SIZE = 64 * 1024;
  return listen({ rooms: { room: defineRoom(room) }, transport: new WebSocketTransport() });
}

function start(contender: Contender, load: Load): Promise<number> {
  switch (contender) {
    case "net relay":
      return startNetRelay(load);
    case "ws relay":
      return startWsRelay(load);
    case "colyseus broadcast":
      return stock(broadcastRoom(load));
    case "colyseus patches":
      return stock(patchRoom(load));
    case "phalanx arena":
    case "phalanx arena, talkative":
      return ours({ ...arena, tickRate: load.tickRate });
    case "phalanx empty":
    case "phalanx empty, talkative":
      return ours({ ...empty, tickRate: load.tickRate });
  }
}

const [contender, load] = process.argv.slice(2) as [Contender, string];
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  const usage: Usage = { cpuMicros: user + system, rssBytes: process.memoryUsage.rss() };
  process.send!(usage);
});
process.on("disconnect", () => process.exit(0));
process.send!({ port: await start(contender, JSON.parse(load)) });
