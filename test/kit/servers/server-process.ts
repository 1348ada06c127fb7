/** A process that serves rooms of arena, and tells a test what only the server knows. */
import { matchMaker } from "@colyseus/core";
import { arena } from "../../../shared/games/arena/arena.ts";
import { games } from "../../../shared/games/index.ts";
import { growTo } from "../grow.ts";
import { startBareServer } from "./bare-server.ts";
import { answerCalls } from "./calls.ts";

/** So old that every log and ring of a room is full: from then on it needs no more memory. */
const OLD_TICKS = 70 * arena.tickRate;

export interface RoomOptions {
  readonly bots?: number;
  readonly spectatorDelay?: number;
}

const server = await startBareServer({ games, env: process.env as Record<string, string> });

const CALLS = {
  url: () => server.url,

  /** Makes a room that is old already, and returns its id. */
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
};

export type ServerCalls = typeof CALLS;

answerCalls(CALLS);
