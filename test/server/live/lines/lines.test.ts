/**
 * Large worlds over lines with a rate and small buffers (R14): whoever reads slowly plays, whoever does not read is closed, and
 * nobody else notices. On a socket of this machine alone none of this is seen: its kernel takes four megabytes at once.
 */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { CLOSE_CODES } from "../../../../shared/engine/protocol/close-codes.ts";
import { bulkGame } from "../../../kit/games/bulk-game.ts";
import { MBIT, RatedLink } from "../../../kit/lines/rated-link.ts";
import { pause } from "../../../kit/pause.ts";
import { joinPlayer, type SocketPlayer } from "../../../kit/players/socket-player.ts";
import { pythonOrSkip } from "../../../kit/program.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const isFull = process.env.CI !== undefined;
/** A megabyte as a snapshot, two as a state of Colyseus, half as much on a laptop; with slow ticks, because each looks at all of it. */
const large = bulkGame({ name: "large", records: isFull ? 65_536 : 32_768, tickRate: 5 }) as unknown as AnyGame;
const larger = bulkGame({ name: "larger", records: 262_144, tickRate: 2 }) as unknown as AnyGame;
/** Patches of some 270 KB a second. */
const busy = bulkGame({ name: "busy", records: 4096, changes: 1500 }) as unknown as AnyGame;
/** So much that no kernel takes the patches of more than some seconds: whoever does not read them is seen to. */
const flood = bulkGame({ name: "flood", records: 16_384, changes: 16_384 }) as unknown as AnyGame;
const PATIENCE_MS = 90_000;

let server: RealServer;
let link: RatedLink;
beforeAll(async () => {
  server = await startServer({ games: [large, larger, busy, flood] });
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

const RATES: readonly (readonly [AnyGame, number])[] = isFull
  ? [
      [large, 0],
      [large, 20],
      [large, 4],
      [larger, 4],
    ]
  : [
      [large, 0],
      [large, 4],
    ];

describe("a stock SDK client", () => {
  it.for(RATES.map(([game, mbit]) => ({ game, name: game.name, mbit })))(
    "follows $name at $mbit Mbit/s (0: no limit), without a warning",
    {
      timeout: 4 * PATIENCE_MS,
    },
    async ({ game, mbit }, { skip }) => {
      await open(skip, mbit * MBIT);
      const warn = vi.spyOn(console, "warn");
      const { room, left, tick } = await joinStock(game);
      await until("it has a world", () => tick() > 0, PATIENCE_MS);
      const first = tick();
      await until("it follows", () => tick() > first + 3 * game.tickRate, PATIENCE_MS);
      const { match } = server.room(room.roomId);
      await until("it is in the present", () => match.world.tick - tick() <= game.tickRate, PATIENCE_MS);
      expect([left, match.sessions.parked, warn.mock.calls]).toEqual([[], 0, []]);
      await room.leave();
    },
  );

  it("that is sent more than its line carries sees the world now and then, and is never closed", {
    timeout: 3 * PATIENCE_MS,
  }, async ({ skip }) => {
    await open(skip, MBIT);
    const { room, left, tick } = await joinStock(busy);
    const { match } = server.room(room.roomId);
    await until("it was paused and resumed", () => match.sessions.parked > 0, PATIENCE_MS);
    const { tick: paused } = match.world;
    await until("it is shown a later world", () => tick() > paused, PATIENCE_MS);
    expect(left).toEqual([]);
    link.change(0);
    await until("it is in the present", () => match.world.tick - tick() < busy.tickRate, PATIENCE_MS);
    await room.leave();
  });

  it("that stops reading is closed by name, its seat is held, and a player beside it notices nothing", {
    timeout: 3 * PATIENCE_MS,
  }, async ({ skip }) => {
    await open(skip, 0);
    const deaf = await joinStock(flood);
    const { match, clients } = server.room(deaf.room.roomId);
    const player = await joinPlayer(flood, { url: server.url, roomId: deaf.room.roomId }, 1);
    await until("both are here", () => deaf.tick() > 5 && player.session.client.confirmedTick > 5, PATIENCE_MS);
    const seat = match.seats.seatOf(deaf.room.sessionId)!;
    const here = clients.getById(deaf.room.sessionId)!;
    const closed = vi.spyOn(here, "leave");
    const { ws } = deaf.room.connection.transport as unknown as { readonly ws: { pause(): void; terminate(): void } };
    deaf.room.reconnection.enabled = false;
    ws.pause();
    await until("its seat is held", () => match.seats.isAway(seat), PATIENCE_MS);
    const { stats } = player.session.client;
    expect([closed.mock.calls.map(([code]) => code), stats.hashMismatches]).toEqual([
      [CLOSE_CODES["client/too-slow"].code],
      0,
    ]);
    const { tick } = match.world;
    await until("the other one plays on", () => player.session.client.confirmedTick > tick + 10, PATIENCE_MS);
    ws.terminate();
    await player.stop();
  });
});

describe("a lockstep client", () => {
  /** Whether it has stepped nearly everything, with the referee's hash. */
  const isInStep = ({ session, hashes }: SocketPlayer) => {
    const { match } = server.room(session.room.roomId);
    const { confirmedTick, isSynced } = session.client;
    const isNear = isSynced && match.world.tick - confirmedTick <= match.game.tickRate;
    return isNear && hashes.get(confirmedTick) === match.hashes.trail.hashAt(confirmedTick);
  };

  it("that is hidden in a large world keeps its seat, on a fast line and a slow one", {
    timeout: 2 * PATIENCE_MS,
  }, async ({ skip }) => {
    await open(skip, 50 * MBIT);
    const player = await joinPlayer(large, { url: link.url, newRoom: true }, 1);
    const { session } = player;
    const ends: unknown[] = [];
    session.on("end", (end) => ends.push(end));
    const { match } = server.room(session.room.roomId);
    await until("it is in step", () => isInStep(player), PATIENCE_MS);
    const { seat } = session;
    for (const mbit of [50, 8]) {
      link.change(mbit * MBIT);
      session.isHidden = true;
      await pause(9000);
      session.isHidden = false;
      await until(
        `it is in step again at ${mbit} Mbit/s`,
        () => session.plane === "lockstep" && isInStep(player),
        PATIENCE_MS,
      );
      expect([session.seat, match.seats.isAway(seat!), ends]).toEqual([seat, false, []]);
    }
    await player.stop();
  });

  it("is one of five that come late to a large world on one slow line: all are in step, and none is taken for slow", {
    timeout: 2 * PATIENCE_MS,
  }, async ({ skip }) => {
    await open(skip, 4 * MBIT);
    const resident = await joinPlayer(large, { url: link.url, newRoom: true }, 1);
    await until("the first is in step", () => isInStep(resident), PATIENCE_MS);
    const { roomId } = resident.session.room;
    const { match } = server.room(roomId);
    const drops: boolean[] = [];
    resident.session.on("online", (isOnline) => drops.push(isOnline));
    let heardAt = performance.now();
    let worstGapMs = 0;
    resident.session.on("received", () => {
      worstGapMs = Math.max(worstGapMs, performance.now() - heardAt);
      heardAt = performance.now();
    });
    const joined = Array.from({ length: 5 }, (_, i) => joinPlayer(large, { url: link.url, roomId }, i + 2));
    const players = [resident, ...(await Promise.all(joined))];
    await until("all are in step", () => players.every(isInStep), PATIENCE_MS);
    await pause(5000);
    process.stdout.write(
      `five late joiners of ${isFull ? "1 MB" : "half a MB"} at 4 Mbit/s: the resident's worst gap ${worstGapMs.toFixed(0)} ms\n`,
    );
    expect([match.sessions.planes.moves, match.sessions.parked]).toEqual([0, 0]);
    expect(players.map(({ session }) => session.plane)).toEqual(Array(6).fill("lockstep"));
    expect(drops, "no gap was taken for a dead line").toEqual([]);
    await Promise.all(players.map((player) => player.stop()));
  });

  it("plays on after eighteen seconds of a line of 50 kbit/s, in the same seat", {
    timeout: PATIENCE_MS,
  }, async ({ skip }) => {
    await open(skip, 0);
    const player = await joinPlayer(busy, { url: link.url, newRoom: true }, 1);
    await until("it is in step", () => isInStep(player), PATIENCE_MS);
    const { seat } = player.session;
    link.change(50_000);
    await pause(18_000);
    link.change(0);
    await until("it is in step again", () => isInStep(player));
    expect([player.session.seat, player.session.client.stats.hashMismatches]).toEqual([seat, 0]);
    await player.stop();
  });
});
