/** R7 over real sockets: a flipped bit is found, named down to the field and mended; other rules are told from bad memory. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../../shared/engine/game/random.ts";
import { games } from "../../../../shared/games/index.ts";
import type { RecordedReport } from "../../../../shared/recording/recorded-report.ts";
import { hashesOf } from "../../../kit/after-tick.ts";
import { flipBit } from "../../../kit/memory/flip-bit.ts";
import { opened } from "../../../kit/memory/memory-recording.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

/** Two minutes: `FLIPS=120`. */
const FLIPS = Number(process.env.FLIPS ?? (process.env.CI ? 30 : 8));
const FLIP_INTERVAL_MS = 1000;

const arena = games[0] as AnyGame;
const reports = mkdtempSync(join(tmpdir(), "phalanx-reports-"));
let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games, reports });
});
afterAll(async () => {
  await server.stop();
  rmSync(reports, { recursive: true });
});

const reportOf = (name: string): RecordedReport => opened(readFileSync(join(reports, name))).report!;
const written = (): RecordedReport[] =>
  readdirSync(reports)
    .filter((name) => !name.startsWith("."))
    .sort((a, b) => Number(/(\d+)\.phx/.exec(a)![1]) - Number(/(\d+)\.phx/.exec(b)![1]))
    .map(reportOf);

it(
  `one bit of one client's world flipped every second, ${FLIPS} times: each found, named, and healed`,
  async () => {
    const victim = await joinPlayer(arena, { url: server.url, newRoom: true, bots: 4, name: "Victim" }, 1);
    const { roomId } = victim.session.room;
    const witness = await joinPlayer(arena, { url: server.url, roomId, name: "Witness" }, 2);
    const { match } = server.room(roomId);
    const hashes = hashesOf(match);
    const { client } = victim.session;
    await until("both play", () => [victim, witness].every(({ session }) => session.client.confirmedTick > 40));
    const random = new WorldRandom(7);
    const paths: string[] = [];
    const healMs: number[] = [];
    for (let flip = 1; flip <= FLIPS; flip++) {
      const started = performance.now();
      paths.push(flipBit(client.confirmed, random));
      await until(`flip ${flip} of ${paths.at(-1)} is healed`, () => client.stats.heals === flip);
      healMs.push(performance.now() - started);
      expect(client.confirmed.hash(), "right after").toBe(hashes.get(client.confirmedTick));
      await new Promise((resolve) =>
        setTimeout(resolve, Math.max(0, FLIP_INTERVAL_MS - (performance.now() - started))),
      );
    }
    await until("every report is written", () => written().length === FLIPS);
    const told = written();
    for (const [i, path] of paths.entries()) {
      expect(told[i]!.culprit, `of the flip of ${path}`).toBe("memory");
      expect(
        told[i]!.differences.map((one) => one.path),
        `of the flip of ${path}`,
      ).toContain(path);
      expect(told[i]!.client.seat).toBe(victim.session.seat);
    }
    healMs.sort((a, b) => a - b);
    process.stdout.write(
      `healed ${FLIPS} flips: median ${Math.round(healMs[healMs.length >> 1]!)} ms, worst ${Math.round(healMs.at(-1)!)} ms\n`,
    );
    expect(match.sessions.healing.counts).toEqual({ byDifference: FLIPS, whole: 0 });
    expect(client.stats.snapshots).toBe(1);
    expect(witness.session.client.stats).toMatchObject({ hashMismatches: 0, snapshots: 1, heals: 0 });
    for (const [tick, hash] of witness.hashes) if (hashes.has(tick)) expect(hash).toBe(hashes.get(tick));
    await Promise.all([victim.stop(), witness.stop()]);
  },
  FLIPS * FLIP_INTERVAL_MS + 60_000,
);

it("a report runs again with one command", async () => {
  const name = readdirSync(reports).find((name) => !name.startsWith("."))!;
  const { stdout } = await promisify(execFile)("npm", ["run", "--silent", "desync", "--", join(reports, name)]);
  expect(stdout).toMatch(/culprit: memory/);
  expect(stdout).toMatch(/hash now, on this machine {2}[0-9a-f]{8} {3}the same/);
  expect(stdout).toContain(reportOf(name).differences[0]!.path);
}, 30_000);

it("a client with a changed constant is told from bad memory, moved to the stream plane, and then closed", async () => {
  const changed: AnyGame = {
    ...arena,
    step(state, context) {
      arena.step(state, context);
      const anybody = [...(state as { players: Map<number, { x: number }> }).players.values()][0];
      if (anybody !== undefined && context.tick % 7 === 0) anybody.x += 1;
    },
  };
  const before = written().length;
  const cheat = await joinPlayer(changed, { url: server.url, newRoom: true, bots: 4 }, 3);
  const honest = await joinPlayer(arena, { url: server.url, roomId: cheat.session.room.roomId }, 4);
  let end: string | undefined;
  cheat.session.on("end", ({ reason }) => {
    end = reason;
  });
  await until("it is moved to the stream plane", () => cheat.session.plane === "stream");
  // They are written beside the match, and may come after the move.
  await until("three reports are written", () => written().length >= before + 3);
  const mine = written().slice(before);
  for (const { culprit, verdict } of mine) {
    expect(culprit).toBe("rules");
    expect(verdict).toMatch(/another build of the game/);
  }
  await until(
    "it plays on there",
    () => (cheat.session.picture(performance.now())?.tick ?? 0) > honest.session.client.confirmedTick - 20,
  );
  // The ban is over early, for the test; the runtime asks for lockstep again by itself.
  const { sessions } = server.room(cheat.session.room.roomId).match;
  for (const { divergence } of sessions.presence.here)
    divergence.bannedUntilTick = Math.min(divergence.bannedUntilTick, 1);
  await until("it is closed by name", () => end !== undefined, 30_000);
  expect(end).toMatch(/^client\/diverging/);
  expect(honest.session.client.stats).toMatchObject({ hashMismatches: 0, snapshots: 1 });
  await Promise.all([cheat.stop(), honest.stop()]);
}, 60_000);
