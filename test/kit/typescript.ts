/** Arguments with which tests start a TypeScript file as a process of its own. */
import { fileURLToPath } from "node:url";

const here = (file: string): URL => new URL(file, import.meta.url);

/** Of Node, after its flags; `typescript.mjs` says why not tsx. What `npm start` and the other commands do is tested where they are typed. */
export const TYPESCRIPT: readonly string[] = [fileURLToPath(here("typescript.mjs"))];

/**
 * Flags of Node that leave each module a file of its own, which takes longer: for what reads the lines of stacks, or depends on a
 * module of ours being there before a package is.
 */
export const BY_FILE: readonly string[] = ["--import", here("typescript-by-file.mjs").href];
