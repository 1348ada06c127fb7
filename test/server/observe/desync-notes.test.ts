/** The notes on desyncs for the monitor: the last one of each client, of the last hundred clients. */
import { expect, it } from "vitest";
import { DesyncNotes } from "../../../server/observe/desync-notes.ts";
import type { DesyncReport } from "../../../shared/referee/desync/desync-report.ts";

const MOST = 100;

const report = (id: string, tick: number, path?: string): DesyncReport =>
  ({
    client: { id },
    tick,
    culprit: "client",
    differences: path === undefined ? [] : [{ path }],
  }) as unknown as DesyncReport;

it("is its last one, with the first field that differed", () => {
  const notes = new DesyncNotes();
  expect(notes.of("a")).toBeUndefined();
  notes.take(report("a", 7, "players.0.x"), 1000);
  expect(notes.of("a")).toEqual({ tick: 7, culprit: "client", path: "players.0.x", at: 1000 });
  notes.take(report("a", 9), 2000);
  expect(notes.of("a")).toEqual({ tick: 9, culprit: "client", path: "", at: 2000 });
});

it("those that diverged longest ago are forgotten first", () => {
  const notes = new DesyncNotes();
  for (let i = 0; i < MOST; i++) notes.take(report(`${i}`, i), i);
  notes.take(report("0", MOST), MOST);
  expect([0, 1, 2].map((id) => notes.of(`${id}`)?.tick)).toEqual([MOST, 1, 2]);
  notes.take(report("new", 0), 0);
  expect([0, 1, 2].map((id) => notes.of(`${id}`)?.tick)).toEqual([MOST, undefined, 2]);
});
