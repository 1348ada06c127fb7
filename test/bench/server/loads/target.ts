/** One server process of `npm run bench:server`: starts what it is told, says on which port, and tells what it has used. */
import { getHeapStatistics } from "node:v8";
import { defineRoom } from "@colyseus/core";
import { Encoder } from "@colyseus/schema";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { createApp } from "../../../../server/app/app.ts";
import { readSettings } from "../../../../server/config/settings.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { defineGame, schema, t } from "../../../../shared/engine/index.ts";
import { arena } from "../../../../shared/games/arena/arena.ts";
import { listen } from "../../../kit/servers/listening.ts";
import { startCRelay } from "./c-relay.ts";
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

/** Bodies that move through each other, all of them in every tick; players are among them. */
const Body = schema({ x: t.int32(), y: t.int32(), dx: t.int8(), dy: t.int8() }, "Body");
const crowded = (entities: number) =>
  defineGame({
    name: "crowded",
    tickRate: 20,
    seats: { min: 1, max: 64 },
    input: arena.input as never,
    state: schema({ bodies: t.array(Body) }, "CrowdedState"),
    setup: ({ random }) => ({
      bodies: Array.from({ length: entities }, () => ({ x: 0, y: 0, dx: random.int(-9, 9), dy: random.int(-9, 9) })),
    }),
    step(state) {
      for (const body of state.bodies) {
        body.x = (body.x + body.dx) | 0;
        body.y = (body.y + body.dy) | 0;
      }
    },
  });

async function ours(game: AnyGame): Promise<number> {
  // As many as are asked for: what is measured is what the core holds, and not what it is allowed to.
  const settings = readSettings({ REPORTS: "none", REPLAYS: "none", ROOMS: "100000", CONNECTIONS: "1000000" });
  const { rooms, transport, express, readiness } = createApp({ games: [{ ...game, name: "room" }], settings });
  readiness.open();
  return (await listen({ rooms, transport, express })).port;
}

async function stock(room: ReturnType<typeof broadcastRoom>): Promise<number> {
  Encoder.BUFFER_SIZE = 64 * 1024;
  return (await listen({ rooms: { room: defineRoom(room) }, transport: new WebSocketTransport() })).port;
}

let usage = (): Usage => {
  const { user, system } = process.cpuUsage();
  // There when memory is measured, not CPU.
  (globalThis as { gc?: () => void }).gc?.();
  return {
    cpuMicros: user + system,
    rssBytes: process.memoryUsage.rss(),
    heapBytes: getHeapStatistics().used_heap_size,
  };
};

async function start(contender: Contender, load: Load): Promise<number> {
  switch (contender) {
    case "c relay": {
      const relay = await startCRelay(load);
      usage = relay.usage;
      return relay.port;
    }
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
    case "phalanx entities":
      return ours({ ...crowded(load.entities), tickRate: load.tickRate });
  }
}

const [contender, load] = process.argv.slice(2) as [Contender, string];
process.on("message", (asked) => (asked === "end" ? process.exit(0) : process.send!(usage())));
process.on("disconnect", () => process.exit(0));
process.send!({ port: await start(contender, JSON.parse(load)) });
