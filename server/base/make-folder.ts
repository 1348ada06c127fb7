/** A folder, made with those above it. Node's own way never ends where it neither is there nor can be made, as in `/proc`. */
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * @param mode who may do what in those that are made; Windows has none.
 * @returns those that were made, the deepest first. @throws Error when it cannot be made, or is something else.
 */
export function makeFolder(folder: string, mode = 0o777): string[] {
  try {
    mkdirSync(folder, { mode });
    return [folder];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(folder).isDirectory()) return [];
    if (code !== "ENOENT" || dirname(folder) === folder) throw error;
  }
  const above = makeFolder(dirname(folder), mode);
  mkdirSync(folder, { mode });
  return [folder, ...above];
}
