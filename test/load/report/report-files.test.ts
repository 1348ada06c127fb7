/** Reports as files: whole or not at all, one sentence for each that cannot be written, and the others all the same. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { made } from "../kit/made-report.ts";
import { checkReports, writeReports } from "./report-files.ts";

const top = mkdtempSync(join(tmpdir(), "phalanx-reports-"));
afterAll(() => rmSync(top, { recursive: true }));
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(top, "one-"));
});

const none = { json: undefined, html: undefined, junit: undefined };
const nowhere = (): never => {
  throw new Error("nothing is for standard output");
};

it("are whole, and nothing else is left", () => {
  const files = { json: join(folder, "a.json"), html: join(folder, "a.html"), junit: join(folder, "a.xml") };
  writeFileSync(files.json, "what was there before");
  expect(writeReports(files, made(), nowhere)).toEqual([]);
  expect(JSON.parse(readFileSync(files.json, "utf8")).verdict.outcome).toBe("passed");
  expect(readFileSync(files.html, "utf8")).toMatch(/<\/html>\n$/);
  expect(readFileSync(files.junit, "utf8")).toMatch(/<\/testsuites>\n$/);
  expect(readdirSync(folder).sort()).toEqual(["a.html", "a.json", "a.xml"]);
});

it("a folder that is gone by then costs its own report only, in one sentence", () => {
  const gone = join(folder, "gone");
  mkdirSync(gone);
  const files = { json: join(gone, "a.json"), html: join(folder, "a.html"), junit: undefined };
  checkReports(files);
  rmSync(gone, { recursive: true });
  const failures = writeReports(files, made(), nowhere);
  expect(failures).toEqual([expect.stringMatching(/^--json: \S+a\.json could not be written: ENOENT[^\n]*\.$/)]);
  expect(existsSync(files.html)).toBe(true);
});

it("a disk that is full leaves the old file as it was", () => {
  // Every write to it says ENOSPC.
  const link = join(folder, "full.json");
  symlinkSync("/dev/full", link);
  const failures = writeReports({ ...none, json: link }, made(), nowhere);
  expect(failures).toEqual([expect.stringContaining("ENOSPC")]);
  expect(readdirSync(folder), "the device was written to, and not replaced").toEqual(["full.json"]);
});

it("a link leads to its file, which is replaced, and not the link", () => {
  const [file, link] = [join(folder, "real.json"), join(folder, "link.json")];
  writeFileSync(file, "old");
  symlinkSync(file, link);
  expect(writeReports({ ...none, json: link }, made(), nowhere)).toEqual([]);
  expect(JSON.parse(readFileSync(file, "utf8")).seed).toBe(7);
});

it("- is standard output", () => {
  let text = "";
  const failures = writeReports({ ...none, json: "-" }, made(), (more) => {
    text += more;
  });
  expect(failures).toEqual([]);
  expect(JSON.parse(text).seed).toBe(7);
  expect(() => checkReports({ ...none, json: "-" })).not.toThrow();
});

it("what cannot be written at the end is refused before the beginning", () => {
  expect(() => checkReports({ ...none, html: folder })).toThrow(`--html: ${folder} is a folder; give a file`);
  expect(() => checkReports({ ...none, html: join(folder, "no", "a.html") })).toThrow("cannot be written");
  const loop = join(folder, "loop");
  symlinkSync(loop, loop);
  expect(() => checkReports({ ...none, junit: loop })).toThrow(/^--junit: .*ELOOP/);
});
