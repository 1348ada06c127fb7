/** A server in a process of its own, which tells a test what only the server knows. */
import { matchMaker } from "@colyseus/core";
import { containFaults } from "../../../server/base/faults.ts";
import { arena } from "../../../shared/games/arena/arena.ts";
import { games } from "../../../shared/games/index.ts";
import { growTo } from "../grow.ts";
import { answerCalls } from "./calls.ts";
import { startServer } from "./server.ts";

/** So old that every log and ring of a room is full: from then on it needs no more memory. */
const OLD_TICKS = 70 * arena.tickRate;

export interface RoomOptions {
  readonly bots?: number;
  readonly spectatorDelay?: number;
}

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
const lateness: number[] = [];

const CALLS = {
  port: () => server.port,

  url: () => server.url,

  /** Makes a room of arena that is old already, and returns its id. */
  async open(wishes: RoomOptions): Promise<string> {
    const { roomId } = await matchMaker.createRoom(arena.name, wishes);
    const room = server.room(roomId);
    room.autoDispose = false;
    await growTo(room.match, OLD_TICKS);
    return roomId;
  },

  close: (roomId: string) => server.room(roomId).disconnect(),

  /** The tick of a room, and how many players it has whose connection is there. */
  stand(roomId: string): { tick: number; players: number; clients: number; parked: number } {
    const { match, clients } = server.room(roomId);
    const { seats } = match;
    let players = 0;
    for (let seat = 0; seat < seats.count; seat++)
      if (seats.holder(seat)?.kind === "player" && !seats.isAway(seat)) players++;
    return { tick: match.world.tick, players, clients: clients.length, parked: match.sessions.parked };
  },

  /** The referee's hash at a tick of the last minute. */
  hashAt: ({ roomId, tick }: { roomId: string; tick: number }) => server.room(roomId).match.hashes.trail.hashAt(tick),

  /** Bytes in use after everything that can be freed was. */
  memory(): number {
    for (let i = 0; i < 3; i++) globalThis.gc!();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return heapUsed + external + arrayBuffers;
  },

  cpu: () => process.cpuUsage(),

  /** Notes how late the ticks of a room are from now on. */
  watch(roomId: string): void {
    const { meter } = server.room(roomId);
    const record = meter.record.bind(meter);
    meter.record = (tickMs, latenessMs) => {
      record(tickMs, latenessMs);
      lateness.push(latenessMs);
    };
  },

  /** How it has been since it was last asked. */
  health(): Health {
    const { user, system } = process.cpuUsage();
    const { heapUsed } = process.memoryUsage();
    const { faults } = server.app.readiness;
    return { lateness: lateness.splice(0), faults, heapBytes: heapUsed, cpuMs: (user + system) / 1000 };
  },
};

export type ServerCalls = typeof CALLS;

answerCalls(CALLS);
