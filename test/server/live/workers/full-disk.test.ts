/** A disk without room for the journal of one worker: its matches go on, and operators see whose journal it is, until there is room again. */
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, afterEach, expect, it } from "vitest";
import type { Push } from "../../../../shared/monitor/feed.ts";
import { SeveralWorkers } from "../../../kit/servers/several-workers.ts";
import { until } from "../../../kit/until.ts";

const MONITOR_PASSWORD = "twelve characters or more";
const LOGIN = { authorization: `Basic ${btoa(`operator:${MONITOR_PASSWORD}`)}` };
const FULL = 2;

const folder = mkdtempSync(join(tmpdir(), "phalanx-disk-"));
const disk = join(folder, `worker-${FULL}`);
mkdirSync(disk);
const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", disk]).status === 0;
let workers: SeveralWorkers | undefined;
afterEach(() => workers?.stop());
afterAll(() => {
  if (isMounted) spawnSync("umount", ["-l", disk]);
  rmSync(folder, { recursive: true, force: true });
});

function fill(): void {
  const filler = openSync(join(disk, "filler"), "w");
  expect(() => {
    for (;;) writeSync(filler, Buffer.alloc(1024));
  }).toThrow("ENOSPC");
  closeSync(filler);
}

it("/healthz, /metrics and the monitor's data name the worker, whichever is asked, and say when all is well", {
  timeout: 120_000,
}, async ({ skip }) => {
  if (!isMounted && process.env.CI === undefined) skip("no tmpfs can be mounted here: that takes root");
  expect(isMounted, "a tmpfs").toBe(true);
  workers = await SeveralWorkers.start(2, { JOURNAL: folder, MONITOR_PASSWORD });
  const rooms = [...(await workers.roomOfEach("arena", { bots: 8 })).values()];
  const players = await Promise.all(rooms.map((room) => new ColyseusSDK(workers!.url).joinById(room, {})));
  const tickOf = (i: number): number => (players[i]!.state as { tick?: number }).tick ?? 0;
  const sdk = new ColyseusSDK(workers.url);
  sdk.auth.token = await workers.ask<string>("GET", "/monitor/ticket", LOGIN);
  const watcher = await sdk.joinOrCreate("monitor");
  const pushes: Push[] = [];
  watcher.onMessage("push", (push: Push) => pushes.push(push));
  watcher.onMessage("room", () => {});
  /** Connections are dealt in turn: each worker is asked. */
  const failing = async (): Promise<string[][]> => {
    const all = [];
    for (let i = 0; i < 2; i++) {
      const metrics = await workers!.ask<string>("GET", "/metrics", LOGIN);
      all.push([...metrics.matchAll(/^phalanx_journal_failing\{worker="(\d)"\} 1$/gm)].map(([, worker]) => worker!));
    }
    return all;
  };
  expect(await failing()).toEqual([[], []]);
  expect(await workers.ask("GET", "/healthz")).not.toHaveProperty("journal");

  fill();
  await until("the disk is full", () => workers!.said("matches go on, but would not outlive this process").length > 0);
  expect(await failing()).toEqual([[String(FULL)], [String(FULL)]]);
  for (let i = 0; i < 2; i++)
    expect(await workers.ask("GET", "/healthz")).toMatchObject({
      journal: expect.stringMatching(/^worker 2: the journal cannot be written: ENOSPC/),
    });
  await until("the monitor has it", () => (pushes.at(-1)?.journalTroubles.length ?? 0) > 0);
  expect(pushes.at(-1)!.journalTroubles).toEqual([{ worker: FULL, words: expect.stringContaining("ENOSPC") }]);
  const ticks = players.map((_, i) => tickOf(i));
  await until("all matches go on", () => players.every((_, i) => tickOf(i) > ticks[i]! + 20));

  rmSync(join(disk, "filler"));
  await until("it is written again", () => workers!.said("the journal is written again").length > 0);
  expect(await failing()).toEqual([[], []]);
  expect(await workers.ask("GET", "/healthz")).not.toHaveProperty("journal");
  await until("the monitor has that", () => pushes.at(-1)!.journalTroubles.length === 0);
  await Promise.all([...players, watcher].map((room) => room.leave()));
});

it.each([1, 2])(
  "a folder that can neither be there nor be made keeps no server of %i from starting, and is told",
  {
    timeout: 60_000,
  },
  async (count) => {
    workers = await SeveralWorkers.start(count, { JOURNAL: "/proc/nowhere/journal" });
    const { journal } = await workers.ask<{ journal: string }>("GET", "/healthz");
    expect(journal).toMatch(/the journal's folder cannot be used: ENOENT/);
    expect(workers.said("matches go on, but would not outlive this process")).toHaveLength(count);
  },
);
