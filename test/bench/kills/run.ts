/** `npm run bench:kills`: a server that is killed again and again while a crowd plays, and how soon everybody is in step again. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { games } from "../../../shared/games/index.ts";
import { SeveralWorkers } from "../../kit/servers/several-workers.ts";
import { describeMachine } from "../machine.ts";
import { Crowd } from "./crowd.ts";

const HELP = `npm run bench:kills -- [--kills N] [--players N] [--workers N] [--sync os|group|always] [--deploys N]

A server of so many workers (2), a crowd of so many players of arena (200) in rooms of eight, one in four with a stock SDK's stream, and
so many kills (100) by SIGKILL at random moments: of a worker, of two at once, of everything; then so many deploys (20): SIGTERM, and
a new server. Times are from the kill to the first tick that a player is told of after it.
`;

const ROOM = 8;
const PLAY_TICKS = 20;
const MOST_BACK_MS = 30_000;
const LEAST_PAUSE_MS = 500;

type Target = "a worker" | "two workers" | "everything" | "a deploy";

function quantile(sorted: readonly number[], share: number): string {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return value === undefined ? "-" : Number.isFinite(value) ? `${value.toFixed(0)} ms` : "never";
}

/** One that has just ended by itself is not there any more. */
function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kills: { type: "string", default: "100" },
      players: { type: "string", default: "200" },
      workers: { type: "string", default: "2" },
      sync: { type: "string", default: "os" },
      deploys: { type: "string", default: "20" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [kills, players, count, deploys] = [values.kills, values.players, values.workers, values.deploys].map(Number);
  const folder = mkdtempSync(join(tmpdir(), "phalanx-kills-"));
  const game = games.find(({ name }) => name === "arena") as AnyGame;
  const random = new WorldRandom(1);
  const env = { JOURNAL: folder, JOURNAL_SYNC: values.sync, REPLAYS: "none" };
  let server = await SeveralWorkers.start(count!, env);
  const { port } = server.server;
  const crowd = new Crowd();
  const again = async (): Promise<void> => {
    await server.server.ended;
    server = await SeveralWorkers.start(count!, { ...env, PORT: String(port) });
  };
  let starting: Promise<void> | undefined;
  const times = new Map<Target, { count: number; ms: number[] }>();
  const hit = async (target: Target, kill: () => void): Promise<void> => {
    const entry = times.get(target) ?? { count: 0, ms: [] };
    times.set(target, entry);
    entry.count++;
    const ms = await crowd.since(kill, MOST_BACK_MS);
    await starting;
    entry.ms.push(...ms);
    process.stderr.write(
      `${target}: ${ms.length} players, the last after ${quantile(
        [...ms].sort((a, b) => a - b),
        1,
      )}\n`,
    );
  };
  try {
    for (let made = 0; made < players!; made += ROOM)
      await crowd.addRoom(game, server.url, {
        players: Math.min(ROOM, players! - made),
        streams: (made / ROOM) % 4 === 0 ? 1 : 0,
      });
    await crowd.play(2 * PLAY_TICKS);
    for (let i = 0; i < kills!; i++) {
      await crowd.play(PLAY_TICKS);
      await new Promise((resolve) => setTimeout(resolve, LEAST_PAUSE_MS * random.float()));
      await server.whole();
      const pids = [...server.pids().values()];
      const primary = server.server.process.pid!;
      const draw = count! < 2 ? 1 : random.float();
      if (draw < 0.6) await hit("a worker", () => killAll([random.pick(pids)]));
      else if (draw < 0.8) await hit("two workers", () => killAll(pids.slice(0, 2)));
      else
        await hit("everything", () => {
          killAll(count! < 2 ? [primary] : [primary, ...pids]);
          starting = again();
        });
    }
    for (let i = 0; i < deploys!; i++) {
      await crowd.play(PLAY_TICKS);
      await hit("a deploy", () => {
        server.server.signal("SIGTERM");
        starting = again();
      });
    }
    await crowd.play(2 * PLAY_TICKS);
  } finally {
    const { health } = crowd;
    await crowd.leave();
    await server.server.kill();
    rmSync(folder, { recursive: true, force: true });
    const { node, cpu, cores, commit } = describeMachine();
    process.stdout.write(`Node ${node}, ${cpu}, ${cores} cores, commit ${commit ?? "unknown"}\n\n`);
    process.stdout.write("killed            times  players hit      p50      p99  longest\n");
    for (const [target, { count: often, ms }] of times) {
      const sorted = ms.sort((a, b) => a - b);
      const cells = [quantile(sorted, 0.5), quantile(sorted, 0.99), quantile(sorted, 1)].map((cell) =>
        cell.padStart(8),
      );
      process.stdout.write(
        `${target.padEnd(16)} ${String(often).padStart(6)} ${String(ms.length).padStart(12)} ${cells.join(" ")}\n`,
      );
    }
    process.stdout.write(
      `\n${health.players} players and spectators: ${health.hashMismatches} hashes differ, ${health.snapshots} were sent a world ` +
        `because frames were lost, ${health.seatsChanged} in another seat, ${health.ended} thrown out\n`,
    );
    const isWell = health.hashMismatches + health.snapshots + health.seatsChanged + health.ended === 0;
    process.exitCode = isWell ? 0 : 1;
  }
}

await main();
