/** The hook by which Node loads a TypeScript file of this project: its text without types, kept for the next process that asks. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Of an older way to take types out, nothing is used. */
const KEPT = new URL("../../node_modules/.cache/phalanx-test-typescript-1/", import.meta.url);

mkdirSync(KEPT, { recursive: true });

/** The text of a file as Node can run it. */
async function withoutTypes(path) {
  const text = readFileSync(path, "utf8");
  const file = new URL(`${createHash("sha256").update(path).update("\0").update(text).digest("hex")}.mjs`, KEPT);
  try {
    return readFileSync(file, "utf8");
  } catch {
    // nobody has asked for this text yet
  }
  const { transformWithOxc } = await import("vite");
  const { code, map } = await transformWithOxc(text, path, { target: "es2022", sourcemap: true });
  const lines = `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}`;
  const source = `${code}\n//# sourceMappingURL=${lines}\n`;
  // Several processes may do so at once: each sees nothing, or all of it.
  const own = fileURLToPath(file).replace(/\.mjs$/, `.${process.pid}`);
  writeFileSync(own, source);
  renameSync(own, file);
  return source;
}

export async function load(url, context, next) {
  // What is loaded once more has a query of its own.
  const path = new URL(url).pathname;
  if (!path.endsWith(".ts")) return next(url, context);
  return { format: "module", source: await withoutTypes(fileURLToPath(url)), shortCircuit: true };
}
