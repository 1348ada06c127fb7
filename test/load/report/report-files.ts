/** The reports of a run as files: each is there as a whole or not at all, and one that cannot be written costs no other. */
import { accessSync, constants, lstatSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { FlagError } from "../options/flag-error.ts";
import { type Options, REPORT_KINDS, type ReportKind, STDOUT } from "../options/options.ts";
import { messageOf } from "../verdict/at-fault.ts";
import { htmlOf } from "./html.ts";
import { junitOf } from "./junit.ts";
import type { Report } from "./report.ts";

export const WRITERS: Readonly<Record<ReportKind, (report: Report) => string>> = {
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  html: htmlOf,
  junit: junitOf,
};

/** Undefined: nothing is there. A link leads to what it names. */
function kindOf(file: string): "file" | "folder" | "other" | undefined {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) return kindOf(realpathSync(file));
  return stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "other";
}

const isWritable = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** @throws FlagError when a report could not be written at the end. */
export function checkReports(files: Options["files"]): void {
  for (const kind of REPORT_KINDS) {
    const file = files[kind];
    if (file === undefined || file === STDOUT) continue;
    let found: ReturnType<typeof kindOf>;
    try {
      found = kindOf(file);
    } catch (error) {
      throw new FlagError(`--${kind}: ${file} cannot be written: ${messageOf(error)}.`);
    }
    if (found === "folder") throw new FlagError(`--${kind}: ${file} is a folder; give a file, such as ${file}/report.`);
    if (!isWritable(found === undefined ? dirname(file) : file))
      throw new FlagError(`--${kind}: ${file} cannot be written; give a file in a folder that is there and yours.`);
  }
}

/** Under another name first, in the same folder, so that a reader finds the old file or the new one and no piece of it. */
function writeWhole(file: string, text: string): void {
  const found = kindOf(file);
  const place = found === undefined ? file : realpathSync(file);
  // A device or a pipe has to be written to, and is not to be replaced; nor can a file be in a folder that is not ours.
  if (found === "other" || !isWritable(dirname(place))) {
    writeFileSync(place, text);
    return;
  }
  const temporary = `${place}.${process.pid}.part`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, place);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes what was asked for. Returns a sentence for each report that could not be written. */
export function writeReports(files: Options["files"], report: Report, stdout: (text: string) => void): string[] {
  const failures: string[] = [];
  for (const kind of REPORT_KINDS) {
    const file = files[kind];
    if (file === undefined) continue;
    try {
      const text = WRITERS[kind](report);
      if (file === STDOUT) stdout(text);
      else writeWhole(file, text);
    } catch (error) {
      failures.push(`--${kind}: ${file} could not be written: ${messageOf(error)}.`);
    }
  }
  return failures;
}
