/**
 * The built page as it was when the server started, kept in memory: whatever is built later, and wherever, the page
 * belongs to the rules that this server plays.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { stampOf } from "./page-stamp.ts";

/** Below this the head of a response weighs more than what is saved. */
const LEAST_GZIP_BYTES = 1024;
const TEXT = /\.(html|js|css|svg|json|map)$/;
/** A build may change places with another while it is read. */
const MOST_READS = 5;

export interface PageFile {
  /** Its path below the page, such as `assets/main-1f2e3d.js`. */
  readonly path: string;
  readonly body: Buffer;
  /** The same, smaller; undefined where it would not be. */
  readonly gzip: Buffer | undefined;
  readonly etag: string;
}

export type BuiltPage = ReadonlyMap<string, PageFile>;

function readFileOf(folder: string, path: string): PageFile {
  const body = readFileSync(join(folder, path));
  const small = TEXT.test(path) && body.length >= LEAST_GZIP_BYTES ? gzipSync(body, { level: 9 }) : undefined;
  const gzip = small !== undefined && small.length < body.length ? small : undefined;
  return { path, body, gzip, etag: createHash("sha256").update(body).digest("base64url").slice(0, 22) };
}

function readOnce(folder: string): BuiltPage {
  const paths = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"));
  return new Map(paths.map((path) => [path, readFileOf(folder, path)]));
}

/** Reads what is built in a folder; undefined when nothing is. */
export function readPage(folder: string): BuiltPage | undefined {
  for (let i = 0; i < MOST_READS; i++) {
    const before = stampOf(folder);
    try {
      const page = readOnce(folder);
      if (stampOf(folder) === before) return page.has("index.html") ? page : undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  return undefined;
}
