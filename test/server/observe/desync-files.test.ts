/** Desync reports on disk: each is written, the oldest give way whoever wrote them, and a disk that refuses harms nobody. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { log } from "../../../server/base/log.ts";
import { DesyncFiles } from "../../../server/observe/desync-files.ts";
import type { DesyncReport } from "../../../shared/referee/desync/desync-report.ts";
import { opened } from "../../kit/memory/memory-recording.ts";
import { until } from "../../kit/until.ts";

const MOST_FILES = 200;
const report: DesyncReport = {
  ...{ game: "walk", tickRate: 20, protocol: 1, tick: 7, culprit: "memory", verdict: "Bad memory." },
  ...{ client: { id: "a", seat: undefined }, engines: { server: "S", client: "C" } },
  logic: { server: undefined, client: undefined },
  hashes: { server: "00000001", serverAgain: "00000001", client: "00000002", clientAgain: "00000001" },
  differences: [],
  rerun: {
    ...{ snapshot: Uint8Array.of(6), firstTick: 6, frames: 1 },
    ...{ bodies: Uint8Array.of(0, 0), clientWorld: Uint8Array.of(7, 7) },
  },
};
const write = (files: DesyncFiles): void => files.write("room", report);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "phalanx-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("the folder holds the newest two hundred, those of an earlier process counted, and nothing else in it is touched", async () => {
  writeFileSync(join(folder, "notes.txt"), "mine");
  for (let i = 0; i < MOST_FILES; i++) {
    const file = join(folder, `old-room-1-${i}.phx`);
    writeFileSync(file, "{}");
    utimesSync(file, 1000 + i, 1000 + i);
  }
  const files = new DesyncFiles(folder);
  for (let i = 0; i < 3; i++) write(files);
  const names = (): string[] => readdirSync(folder);
  await until(
    "all are written and the oldest gone",
    () => names().length === MOST_FILES + 1 && names().includes("walk-room-7-3.phx"),
  );
  expect(names()).toContain("notes.txt");
  expect([0, 1, 2, 3].map((i) => names().includes(`old-room-1-${i}.phx`))).toEqual([false, false, false, true]);
});

it("a reader of the folder never finds a report half-written", async () => {
  const files = new DesyncFiles(folder);
  const differences = Array.from({ length: 50_000 }, (_, i) => ({ path: `players[${i}].x`, a: i, b: i + 1 }));
  const big = { ...report, differences };
  for (let i = 0; i < 5; i++) files.write("room", big);
  const reports = (): string[] => readdirSync(folder).filter((name) => !name.startsWith("."));
  const read = new Set<string>();
  while (read.size < 5) {
    for (const name of reports().filter((name) => !read.has(name))) {
      const { isWhole, head, report: told } = opened(readFileSync(join(folder, name)));
      expect([isWhole, head.room, told?.differences]).toEqual([true, "room", differences]);
      expect(told?.clientWorld).toEqual(report.rerun.clientWorld);
      read.add(name);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(readdirSync(folder), "nothing unfinished is left").toHaveLength(5);
});

it("what could not be written to its end leaves nothing behind", async () => {
  const files = new DesyncFiles(folder);
  // A folder has the name of the first report: it is written, and cannot be put in its place.
  mkdirSync(join(folder, "walk-room-7-1.phx", "in the way"), { recursive: true });
  write(files);
  write(files);
  await until("the second one is there", () => readdirSync(folder).includes("walk-room-7-2.phx"));
  expect(readdirSync(folder).sort()).toEqual(["walk-room-7-1.phx", "walk-room-7-2.phx"]);
});

it("a folder that cannot be written harms nobody, and later reports are written when it can", async () => {
  const place = join(folder, "taken");
  writeFileSync(place, "a file where the folder should be");
  const files = new DesyncFiles(place);
  write(files);
  await new Promise((resolve) => setTimeout(resolve, 100));
  rmSync(place);
  write(files);
  await until("the second one is there", () => readdirSync(folder).length === 1 && readdirSync(place).length === 1);
});

describe("the check at the start", () => {
  const warnings: string[] = [];
  beforeEach(() => {
    warnings.length = 0;
    vi.spyOn(log, "warn").mockImplementation((...said: unknown[]) => void warnings.push(String(said[1])));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("says nothing about a folder that can be written, and leaves nothing there", async () => {
    const place = join(folder, "a", "b");
    await new DesyncFiles(place).check();
    await new DesyncFiles(folder).check();
    await new DesyncFiles(undefined).check();
    expect(warnings).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ["a file", () => join(folder, "file")],
    ["a folder below a file", () => join(folder, "file", "reports")],
    ["a folder that can neither be there nor be made", () => "/proc/x"],
    ["one further below it", () => "/proc/x/y/z"],
  ])("says in one sentence that %s cannot be written, and a report harms nobody", async (_what, place) => {
    writeFileSync(join(folder, "file"), "");
    const files = new DesyncFiles(place());
    await files.check();
    expect(warnings).toEqual(["REPORTS cannot be written, so desync reports are in the log only; name another folder"]);
    const isLogged = vi.spyOn(log, "error").mockImplementation(() => {});
    write(files);
    await until("it is tried and given up", () => isLogged.mock.calls.length === 1);
  });
});
