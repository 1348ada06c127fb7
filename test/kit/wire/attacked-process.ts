/** The server of the abuse suite, a process of its own: it answers its parent's questions and nothing else is special. */
import { containFaults } from "../../../server/base/faults.ts";
import { games } from "../../../shared/games/index.ts";
import { startServer } from "../servers/server.ts";

export interface Health {
  /** How late the ticks of the watched room were since it was last asked, in milliseconds. */
  readonly lateness: readonly number[];
  /** Bugs that would have ended the process. */
  readonly faults: number;
  readonly heapBytes: number;
  /** Processor time that the server has used since it was started, in milliseconds. */
  readonly cpuMs: number;
}

const server = await startServer({ games, env: process.env as Record<string, string> });
containFaults(server.app.readiness);
let lateness: number[] = [];

function memoryBytes(): number {
  for (let i = 0; i < 3; i++) globalThis.gc!();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

process.on("message", (message: { watch?: string; isMemory?: boolean }) => {
  if (message.isMemory) {
    process.send?.({ memoryBytes: memoryBytes() });
    return;
  }
  if (message.watch !== undefined) {
    const { meter } = server.room(message.watch);
    const record = meter.record.bind(meter);
    meter.record = (tickMs, latenessMs) => {
      record(tickMs, latenessMs);
      lateness.push(latenessMs);
    };
  }
  const { user, system } = process.cpuUsage();
  const health: Health = {
    lateness,
    faults: server.app.readiness.faults,
    heapBytes: process.memoryUsage().heapUsed,
    cpuMs: (user + system) / 1000,
  };
  lateness = [];
  process.send?.(health);
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port: server.port });
