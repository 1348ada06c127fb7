/** Desync reports on disk: each is written, the oldest give way whoever wrote them, and a disk that refuses harms nobody. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DesyncFiles } from "../../../server/desync-files.ts";
import type { DesyncReport } from "../../../server/match/desync-report.ts";
import { until } from "../../kit/until.ts";

const MOST_FILES = 200;
const report = { game: "walk", tick: 7, culprit: "memory", client: { id: "a" }, differences: [] };
const write = (files: DesyncFiles): void => files.write("room", report as unknown as DesyncReport);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "phalanx-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("the folder holds the newest two hundred, those of an earlier process counted, and nothing else in it is touched", async () => {
  writeFileSync(join(folder, "notes.txt"), "mine");
  for (let i = 0; i < MOST_FILES; i++) {
    const file = join(folder, `old-room-1-${i}.json`);
    writeFileSync(file, "{}");
    utimesSync(file, 1000 + i, 1000 + i);
  }
  const files = new DesyncFiles(folder);
  for (let i = 0; i < 3; i++) write(files);
  const names = (): string[] => readdirSync(folder);
  await until(
    "all are written and the oldest gone",
    () => names().length === MOST_FILES + 1 && names().includes("walk-room-7-3.json"),
  );
  expect(names()).toContain("notes.txt");
  expect([0, 1, 2, 3].map((i) => names().includes(`old-room-1-${i}.json`))).toEqual([false, false, false, true]);
});

it("whoever watches the folder never finds a report half-written", async () => {
  const files = new DesyncFiles(folder);
  const differences = Array.from({ length: 50_000 }, (_, i) => ({ path: `players[${i}].x`, server: i, client: -i }));
  const big = { ...report, differences } as unknown as DesyncReport;
  for (let i = 0; i < 5; i++) files.write("room", big);
  const reports = (): string[] => readdirSync(folder).filter((name) => !name.startsWith("."));
  const read = new Set<string>();
  while (read.size < 5) {
    for (const name of reports().filter((name) => !read.has(name))) {
      expect(JSON.parse(readFileSync(join(folder, name), "utf8")).differences).toHaveLength(50_000);
      read.add(name);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(readdirSync(folder), "nothing unfinished is left").toHaveLength(5);
});

it("what could not be written to its end leaves nothing behind", async () => {
  const files = new DesyncFiles(folder);
  // A folder has the name of the first report: it is written, and cannot be put in its place.
  mkdirSync(join(folder, "walk-room-7-1.json", "in the way"), { recursive: true });
  write(files);
  write(files);
  await until("the second one is there", () => readdirSync(folder).includes("walk-room-7-2.json"));
  expect(readdirSync(folder).sort()).toEqual(["walk-room-7-1.json", "walk-room-7-2.json"]);
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
