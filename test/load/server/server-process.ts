/** The server of a load test without a URL: every game of the shelf on a free port, no page; tells how it is doing. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";
import { defineServer } from "@colyseus/core";
import { createApp } from "../../../server/app/app.ts";
import { readSettings } from "../../../server/config/settings.ts";
import { games } from "../../../shared/games/index.ts";

/** What it says to the command that started it. */
export type FromServer = { readonly kind: "listening"; readonly port: number } | ({ readonly kind: "health" } & Health);

/** Of the last second. */
export interface Health {
  /** In per cent of a core. */
  readonly cpu: number;
  /** Resident memory, and the heap that is in use, garbage included; MB. */
  readonly memory: number;
  readonly heap: number;
  /** The worst delay of the event loop, in milliseconds. */
  readonly delay: number;
}

const HEALTH_MS = 1000;
/** The delay is sampled this often; it is part of every sample. */
const RESOLUTION_MS = 10;

/** Whoever listened may be gone: then nobody misses it, and `disconnect` ends this process. */
const say = (message: FromServer): void => void process.send?.(message, undefined, undefined, () => {});

// Of the settings only those that the command has a flag for: a load test is the same in every environment.
const { TOKEN_SECRET, TOKEN_AUDIENCE } = process.env;
const settings = readSettings({ TOKEN_SECRET, TOKEN_AUDIENCE, REPLAYS: "none" });
const { rooms, transport, express, readiness } = createApp({ games, settings });
await defineServer({ rooms, transport, express, greet: false }).listen(0);
readiness.open();
const address = transport.server!.address();
if (typeof address !== "object" || address === null) throw new Error("the server has no port");
say({ kind: "listening", port: address.port });

const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();
let cpu = process.cpuUsage();
let at = performance.now();
setInterval(() => {
  const { user, system } = process.cpuUsage(cpu);
  const now = performance.now();
  say({
    kind: "health",
    cpu: (user + system) / 10 / (now - at),
    memory: process.memoryUsage.rss() / 1e6,
    heap: getHeapStatistics().used_heap_size / 1e6,
    delay: Math.max(0, delays.max / 1e6 - RESOLUTION_MS),
  });
  delays.reset();
  cpu = process.cpuUsage();
  at = now;
}, HEALTH_MS);
// Whoever started this process is gone: nobody plays here any more.
process.stderr.on("error", () => {});
process.on("disconnect", () => process.exit());
