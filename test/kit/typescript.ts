/** Flags with which tests start a TypeScript file as a process of its own. */

/** Node's flags; `typescript.mjs` says why not tsx. What `npm start` and the other commands do is tested where they are typed. */
export const TYPESCRIPT: readonly string[] = ["--import", new URL("typescript.mjs", import.meta.url).href];
