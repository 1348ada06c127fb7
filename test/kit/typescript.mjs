/**
 * The way in which tests start a TypeScript file as a process: `node <this> file.ts ...`. `npm start` and the other commands take tsx,
 * which asks itself about every module of every package, and so pays more for a start than all of the server does. Here the files that
 * a program is made of become one, those of packages too, which is kept until one of them changes: to find and open some 600 files is
 * most of a start.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Made in an older way, nothing is used. */
const KEPT = fileURLToPath(new URL("../../node_modules/.cache/phalanx-test-programs-6/", import.meta.url));
/** The files of a program, and the hash of all their text. */
const MADE_OF = /^\/\/ (\[.*\]) (\w+)\n/;
/** A module that is named only while the program runs. */
const NAMED_LATE = /\bimport\((?=\s*(?:\/\*.*?\*\/)?\s*[^\s"'])/g;
/** npm writes it whenever a package of ours becomes another. */
const INSTALLED = fileURLToPath(new URL("../../node_modules/.package-lock.json", import.meta.url));
const PACKAGES = /[\\/]node_modules[\\/]/;
/** What has binaries of its own, or asks where its files are. */
const LEFT_APART = /^(vite|rolldown|tsx|esbuild|playwright-core|quickjs-emscripten|typescript|vitest|colyseus)(\/|$)/;

const file = resolve(process.argv[2]);
const kept = `${KEPT}${createHash("sha256").update(file).digest("hex")}.mjs`;

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

/** Whether what is kept was made of what is there now. */
function isFresh() {
  try {
    const [, paths, hash] = MADE_OF.exec(readFileSync(kept, "utf8"));
    return hashOf(JSON.parse(paths)) === hash;
  } catch {
    return false;
  }
}

/** A module is still where it was, for itself. */
const inPlace = {
  name: "in-place",
  transform(code, id) {
    const there = code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href));
    return PACKAGES.test(id) ? there : there.replace(NAMED_LATE, "importTypeScript(");
  },
};

async function make() {
  // Vite has it, and it is as fast as to read what was kept.
  const ofVite = createRequire(createRequire(import.meta.url).resolve("vite"));
  const { rolldown } = await import(pathToFileURL(ofVite.resolve("rolldown")).href);
  // Nothing is left out: a call whose result nobody uses may be made for what it throws.
  const options = { platform: "node", treeshake: false, logLevel: "silent", plugins: [inPlace] };
  const bundle = await rolldown({ input: file, external: LEFT_APART, ...options });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false, minify: false });
  const paths = (await bundle.watchFiles).filter((path) => path.startsWith("/") && !PACKAGES.test(path));
  paths.push(INSTALLED);
  mkdirSync(KEPT, { recursive: true });
  // Several processes may do so at once: each sees nothing, or all of it.
  const own = `${kept}.${process.pid}`;
  writeFileSync(own, `// ${JSON.stringify(paths)} ${hashOf(paths)}\n${output[0].code}`);
  renameSync(own, kept);
}

globalThis.importTypeScript = (specifier) => {
  register("./typescript-hooks.mjs", import.meta.url);
  return import(specifier);
};

if (!isFresh()) await make();
process.argv.splice(1, 2, file);
// What this process forks is TypeScript too.
process.execArgv.push(fileURLToPath(import.meta.url));
await import(pathToFileURL(kept).href);
