/** The finding on a desync: read from the report that the server has written, where it has. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { DesyncFiles } from "../../../server/observe/desync-files.ts";
import { tag } from "../../../shared/games/tag.ts";
import { desyncOf } from "../../kit/memory/desync-of.ts";
import { until } from "../../kit/until.ts";
import { findingOf } from "./desync-finding.ts";

const folder = mkdtempSync(join(tmpdir(), "phalanx-finding-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("says which file of the server to open, and what is in it", async () => {
  const report = desyncOf(tag);
  new DesyncFiles(folder).write("room", report);
  await until("it is written", () => readdirSync(folder).some((name) => name.startsWith("tag-")));
  const { tick, culprit, verdict, differences } = report;
  const file = join(folder, `tag-room-${tick}-1.phx`);
  expect(findingOf("tag", "room", folder)).toEqual({ file, tick, culprit, verdict, differences });
});

it("is none of another room, of no folder, and of a file that is no report", () => {
  writeFileSync(join(folder, "tag-other-7-1.phx"), "no recording");
  expect(["none", "other"].map((room) => findingOf("tag", room, folder))).toEqual([undefined, undefined]);
  expect(findingOf("tag", "room", join(folder, "none"))).toBeUndefined();
});
