/**
 * Large worlds over lines with a rate and small buffers (R14): whoever reads slowly plays, whoever does not read is closed, and
 * nobody else notices. On a socket of this machine alone none of this is seen: its kernel takes four megabytes at once.
 */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { bulkGame } from "../kit/bulk-game.ts";
import { pythonOrSkip } from "../kit/program.ts";
import { MBIT, RatedLink } from "../kit/rated-link.ts";
import { type RealServer, startServer } from "../kit/server.ts";
import { joinPlayer } from "../kit/socket-player.ts";
import { until } from "../kit/until.ts";

/** A megabyte as a snapshot, two as a state of Colyseus; with slow ticks, because each looks at all of it. */
const large = bulkGame({ name: "large", records: 65_536, tickRate: 5 }) as unknown as AnyGame;
const larger = bulkGame({ name: "larger", records: 262_144, tickRate: 2 }) as unknown as AnyGame;
/** Patches of some 100 KB a second. */
const busy = bulkGame({ name: "busy", records: 4096, changes: 500 }) as unknown as AnyGame;
const PATIENCE_MS = 90_000;

let server: RealServer;
let link: RatedLink;
beforeAll(async () => {
  server = await startServer({ games: [large, larger, busy] });
}, 60_000);
afterAll(() => server.stop());
afterEach(() => link?.close());

type Skip = (why: string) => never;

async function open(skip: Skip, bitsPerSecond: number): Promise<void> {
  const python = pythonOrSkip("asyncio", "python3", skip);
  link = await RatedLink.open({ python, port: server.port, bitsPerSecond });
}

interface Stock {
  readonly room: Room;
  readonly left: number[];
  tick(): number;
}

async function joinStock(game: AnyGame, url = link.url): Promise<Stock> {
  const room = await new ColyseusSDK(url).joinOrCreate(game.name, {});
  const left: number[] = [];
  room.onDrop((code) => void left.push(code));
  room.onLeave((code) => void left.push(code));
  return { room, left, tick: () => (room.state as { tick?: number } | undefined)?.tick ?? 0 };
}

describe("a stock SDK client", () => {
  it.each([
    [large, 0],
    [large, 100],
    [large, 20],
    [large, 4],
    [larger, 20],
  ])(
    "follows $name at %d Mbit/s (0: no limit), and the server prints no warning about it",
    {
      timeout: 2 * PATIENCE_MS,
    },
    async (game, rate, { skip }: { skip: Skip } = { skip: vi.fn() as never }) => {
      await open(skip, rate * MBIT);
      const warn = vi.spyOn(console, "warn");
      const { room, left, tick } = await joinStock(game);
      await until("it has a world", () => tick() > 0, PATIENCE_MS);
      const first = tick();
      await until("it follows", () => tick() > first + 5 * game.tickRate, PATIENCE_MS);
      const { match } = server.room(room.roomId);
      await until("it is in the present", () => match.world.tick - tick() <= game.tickRate, PATIENCE_MS);
      expect([left, match.reception.parked, warn.mock.calls]).toEqual([[], 0, []]);
      await room.leave();
    },
  );
});
